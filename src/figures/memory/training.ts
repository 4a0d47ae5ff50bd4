import type * as Plot from '@observablehq/plot'
import type { History } from '../../training/history.js'
import type { Axis } from '../axis.js'
import { eventMarkers } from '../event-markers.js'
import { curve } from '../marks.js'
import { formatCount, formatNumber } from '../numbers.js'
import type { BarePanel } from '../panels.js'
import type { Theme } from '../theme.js'
import { extent } from '../thinning.js'
import type { MemoryTrainingData } from './data.js'

const shares: Axis = {
  domain: [0, 1.06],
  label: 'share of maximum; accuracy',
  ticks: [0, 0.5, 1],
  format: formatNumber,
}

/** Loss and gradient norm over their maxima and the accuracy through training, the loss of other seeds behind. */
export function trainingPanel(data: MemoryTrainingData, theme: Theme): BarePanel {
  const { name, optimizer, seed, epochs, history, others } = data
  const { colours, lineWidth } = theme
  const x: Axis = {
    domain: [1, Math.max(10, epochs)],
    scale: 'log',
    label: 'epoch (logarithmic)',
    ticks: powersOfTen(epochs),
    format: formatCount,
  }
  const axes = { x, y: shares }
  const loss = { stroke: colours.measurement, strokeWidth: lineWidth.data }
  const gradient = { stroke: colours.secondary, strokeWidth: lineWidth.thin }
  const accuracy = { stroke: colours.optimum, strokeWidth: lineWidth.data, strokeDasharray: '5 3' }
  const other = { stroke: colours.axis, strokeWidth: 0.75 }
  const line = (shown: Pick<History, 'epoch'>, values: Float64Array, style: typeof loss) =>
    curve(shown.epoch, values, axes, style)
  const marks: Plot.Markish[] = [
    ...others.map(shown => line(shown, overMaximum(shown.loss), other)),
    line(history, overMaximum(history.gradientNorm), gradient),
    line(history, history.accuracy, accuracy),
    line(history, overMaximum(history.loss), loss),
  ]
  return {
    title: `${name}, ${optimizer}, seed ${seed}`,
    legend: [
      { label: 'loss', line: loss },
      { label: 'gradient norm', line: gradient },
      { label: 'accuracy', line: accuracy },
      ...(others.length > 0 ? [{ label: 'loss, other seeds', line: other }] : []),
    ],
    x,
    y: shares,
    markers: eventMarkers(data.events, theme),
    marks,
  }
}

function powersOfTen(most: number): number[] {
  return Array.from({ length: Math.floor(Math.log10(Math.max(10, most))) + 1 }, (_, i) => 10 ** i)
}

function overMaximum(values: Float64Array): Float64Array {
  const [, most] = extent(values)
  return values.map(value => value / (most || 1))
}

/** The training and what comes before its fall, in words. */
export function describeMemoryTraining(data: MemoryTrainingData): string {
  const { name, optimizer, seed, epochs, events, learning, stages } = data
  const fall = (label: string, at: number | undefined) =>
    at === undefined ? `no ${label}` : `${label} at epoch ${formatCount(at)}`
  const shown = stages.map(
    ({ stage, ghost, bistable }) =>
      `${formatNumber(stage)}: ghost in ${formatNumber(ghost.share)}, two or more stable fixed points in ${formatNumber(bistable.share)}`,
  )
  return `${name}, ${optimizer}, seed ${seed}, ${formatCount(epochs)} epochs: ${fall('first fall', events.firstFall)}, ${fall('second fall', events.secondFall)}, ${fall('collapse', events.collapse)}. ${learning.seeds} of ${learning.of} seeds learn; shares of these by epoch over that of the first fall: ${shown.join('; ') || 'none'}.`
}
