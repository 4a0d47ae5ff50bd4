import * as Plot from '@observablehq/plot'
import { mean, wilsonInterval } from '../../numerics/statistics.js'
import type { Axis } from '../axis.js'
import { curve, note } from '../marks.js'
import { formatCount, formatNumber, formatPercent } from '../numbers.js'
import type { BarePanel } from '../panels.js'
import type { Theme } from '../theme.js'
import type { PerturbedCopies, TrainingPicture } from './data.js'

/** The share of perturbed copies that have collapsed, against the epoch; 95% interval at the end. */
export function copiesPanel(
  { events, epochs }: TrainingPicture,
  copies: PerturbedCopies,
  theme: Theme,
): BarePanel {
  const x: Axis = {
    domain: [Math.min(events.firstFall ?? 0, Math.max(0, epochs - 10)), Math.max(10, epochs)],
    label: 'epoch',
    ticks: 5,
    format: formatCount,
  }
  const y: Axis = { domain: [0, 1], label: 'share collapsed', ticks: [0, 0.5, 1], format: formatPercent }
  const { colours, lineWidth } = theme
  const steps = collapsedShare(copies, x.domain)
  return {
    title: 'Perturbed copies of the fast training',
    x,
    y,
    marks: [
      curve(steps.epoch, steps.share, { x, y }, { stroke: colours.lost, strokeWidth: lineWidth.data }),
      ...endMarks(copies, epochs, theme),
    ],
  }
}

/** A staircase: every collapse is two points, before and after its step. */
function collapsedShare({ collapse }: PerturbedCopies, [first, last]: readonly [number, number]) {
  const epochs = collapse.filter(epoch => epoch !== undefined).sort((a, b) => a - b)
  const share = (count: number) => count / Math.max(1, collapse.length)
  return {
    epoch: [first, ...epochs.flatMap(epoch => [epoch, epoch]), last],
    share: [0, ...epochs.flatMap((_, i) => [share(i), share(i + 1)]), share(epochs.length)],
  }
}

function endMarks({ collapse }: PerturbedCopies, epochs: number, theme: Theme): Plot.Markish[] {
  if (collapse.length === 0) return []
  const lost = collapse.filter(epoch => epoch !== undefined).length
  const { share, low, high } = wilsonInterval(lost, collapse.length)
  const text = `${formatCount(lost)} of ${formatCount(collapse.length)}: ${formatPercent(share)} (95%: ${formatPercent(low)}–${formatPercent(high)})`
  const dy = share > 0.8 ? 14 : -12
  const { colours, lineWidth } = theme
  return [
    Plot.ruleX([epochs], {
      y1: low,
      y2: high,
      dx: -6,
      stroke: colours.lost,
      strokeWidth: lineWidth.data,
    }),
    note(text, { x: epochs, y: share }, colours.lost, theme, { dx: -14, dy, textAnchor: 'end' }),
  ]
}

/** The copies in words. */
export function describeCopies({ collapse, finalLoss }: PerturbedCopies): string {
  const total = collapse.length
  if (total === 0) return 'No perturbed copies were run.'
  const lost = collapse.filter(epoch => epoch !== undefined)
  const kept = finalLoss.filter((_, i) => collapse[i] === undefined)
  const when =
    lost.length === 0
      ? ''
      : `, at epochs ${formatCount(Math.min(...lost))} to ${formatCount(Math.max(...lost))}`
  const rest = kept.length === 0 ? '' : `; mean final loss of the others ${formatNumber(mean(kept))}`
  return `${lost.length} of ${total} perturbed copies collapse${when}${rest}.`
}
