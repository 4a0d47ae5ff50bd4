import type { Axis } from '../axis.js'
import type { LegendEntry } from '../legend.js'
import { curve, type LineStyle, shading } from '../marks.js'
import { formatCount, formatNumber } from '../numbers.js'
import type { BarePanel } from '../panels.js'
import type { Theme } from '../theme.js'
import type { MemoryOutputs } from './data.js'

/** Mean outputs of each class of trials, with targets, over the shaded cues and reaction. */
export function outputsPanel(outputs: MemoryOutputs, theme: Theme, last: boolean): BarePanel {
  const { classes, cues, reaction, epoch } = outputs
  const { colours } = theme
  const steps = classes[0]?.output.length ?? 2
  const least = Math.min(0, ...classes.flatMap(({ target }) => [...target]))
  const axis: Axis = { domain: [0, steps - 1], ticks: 5, format: formatCount }
  const x: Axis = last ? { ...axis, label: 'step' } : { ...axis, numbered: false }
  const y: Axis = {
    domain: [1.15 * least - 0.1, 1.25],
    label: 'output',
    ticks: [least, 0, 1].slice(least === 0 ? 1 : 0),
    format: formatNumber,
  }
  const step = Float64Array.from({ length: steps }, (_, t) => t)
  const target: LineStyle = { stroke: colours.axis, strokeWidth: 1, strokeDasharray: '2 3' }
  const styles = classStyles(theme)
  return {
    title: `Outputs, epoch ${formatCount(epoch)}`,
    legend: last ? [] : outputsLegend(theme),
    x,
    y,
    areas: [
      ...cues.map(([from, to]) => shading({ x1: from, x2: to }, colours.zone)),
      shading({ x1: reaction[0], x2: Math.min(reaction[1], steps - 1) }, colours.ghostArea),
    ],
    marks: [
      ...classes.map(entry => curve(step, entry.target, { x, y }, target)),
      ...classes.map(({ output }, i) => curve(step, output, { x, y }, styles[i % styles.length]!)),
    ],
  }
}

function outputsLegend({ colours }: Theme): LegendEntry[] {
  return [
    { label: 'cue', area: colours.zone },
    { label: 'reaction', area: colours.ghostArea },
    { label: 'target', line: { stroke: colours.axis, strokeWidth: 1, strokeDasharray: '2 3' } },
  ]
}

/** The styles of classes of trials, in the tasks' order. */
export function classStyles({ colours }: Theme): LineStyle[] {
  return [
    { stroke: colours.measurement, strokeWidth: 2 },
    { stroke: colours.secondary, strokeWidth: 2 },
    { stroke: colours.measurement, strokeWidth: 2, strokeDasharray: '2 4' },
    { stroke: colours.secondary, strokeWidth: 2, strokeDasharray: '2 4' },
  ]
}
