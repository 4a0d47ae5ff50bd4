import type { MemoryOutputs } from '../../../src/figures/memory/data.js'
import { classStyles, outputsPanel } from '../../../src/figures/memory/outputs.js'
import { formatCount, formatFixed } from '../../../src/figures/numbers.js'
import type { BarePanel } from '../../../src/figures/panels.js'
import type { Theme } from '../../../src/figures/theme.js'
import type { PictureSpec } from '../../ui/picture-spec.js'
import { seen } from './looks.js'

/** What the network answers: mean outputs of each class of trials, with the targets. */
export function outputsSpec(): PictureSpec | undefined {
  const outputs = seen.value?.outputs
  if (outputs === undefined) return undefined
  return {
    panel: theme => panelOf(outputs, theme),
    summary: describe(outputs),
    table: () => tableOf(outputs),
  }
}

function panelOf(outputs: MemoryOutputs, theme: Theme): BarePanel {
  const styles = classStyles(theme)
  const { legend = [] } = outputsPanel(outputs, theme, false)
  const classes = outputs.classes.map(({ name }, i) => ({ label: name, line: styles[i % styles.length]! }))
  return { ...outputsPanel(outputs, theme, true), legend: [...classes, ...legend] }
}

/** Each class's answer: its mean output in the second half of the reaction. */
function describe({ epoch, classes, reaction: [from, to] }: MemoryOutputs): string {
  const half = Math.floor((from + to) / 2)
  const answers = classes.map(({ name, output, target }) => {
    const late = output.slice(half, to)
    const mean = late.reduce((sum, value) => sum + value, 0) / late.length
    return `${name} ${formatFixed(mean, 2)} (target ${formatFixed(target[to - 1]!, 0)})`
  })
  return `Epoch ${formatCount(epoch)}: mean output late in the reaction: ${answers.join(', ')}.`
}

function tableOf({ classes }: MemoryOutputs) {
  const steps = classes[0]?.output.length ?? 0
  return {
    columns: ['step', ...classes.flatMap(({ name }) => [name, `target of ${name}`])],
    rows: Array.from({ length: steps }, (_, t) => [
      t,
      ...classes.flatMap(({ output, target }) => [output[t]!, target[t]!]),
    ]),
  }
}
