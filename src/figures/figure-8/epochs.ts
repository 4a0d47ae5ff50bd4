import type { Axis } from '../axis.js'
import type { LegendEntry } from '../legend.js'
import { band, curve, type LineStyle, levelRule, note } from '../marks.js'
import { formatCount, formatNumber, formatPercent } from '../numbers.js'
import type { BarePanel } from '../panels.js'
import type { Theme } from '../theme.js'
import { extent } from '../thinning.js'
import type { Figure8Data, ReadOutData } from './data.js'
import { errorBand } from './rescue.js'

/** Loss and gradient norm while the confidence is trained, and after it is set to 1. */
export function trainedPanel({ history, epochs, seed }: Figure8Data['trained'], theme: Theme): BarePanel {
  const { colours, lineWidth } = theme
  const x: Axis = { domain: [0, 2 * epochs], label: 'epoch', ticks: 5, format: formatCount }
  const y: Axis = { domain: [0, 1.06], label: 'share of maximum', ticks: [0, 0.5, 1], format: formatNumber }
  const loss = { stroke: colours.measurement, strokeWidth: lineWidth.data }
  const gradient = { stroke: colours.secondary, strokeWidth: lineWidth.thin }
  const drawn = (values: Float64Array, style: LineStyle) => {
    const maximum = extent(values)[1] || 1
    const epoch = values.map((_, i) => i)
    return curve(
      epoch,
      values.map(value => value / maximum),
      { x, y },
      style,
    )
  }
  return {
    title: history === undefined ? 'Confidence trained' : `Confidence trained, then set (seed ${seed})`,
    legend: [
      { label: 'loss', line: loss },
      { label: 'gradient norm', line: gradient },
    ],
    x,
    y,
    markers: [{ at: epochs, label: 'confidence set to 1', colour: colours.optimum }],
    marks: history === undefined ? [] : [drawn(history.gradientNorm, gradient), drawn(history.loss, loss)],
  }
}

/** Accuracy of driven networks before and after a limit on the read-out, mean ± standard error. */
export function readOutPanel(readOut: ReadOutData, theme: Theme): BarePanel {
  const { colours, lineWidth } = theme
  const { epochs, seeds, silentAccuracy, before, after } = readOut
  const x: Axis = { domain: [0, 2 * epochs], label: 'epoch', ticks: 5, format: formatCount }
  const y: Axis = {
    domain: [0, 1.06],
    label: 'accuracy',
    ticks: [0, 0.25, 0.5, 0.75, 1],
    format: formatPercent,
  }
  const styles = limitStyles(after.length, theme)
  const first = { stroke: colours.muted, strokeWidth: lineWidth.data }
  const lines = [
    { ...before, style: first, from: 0 },
    ...after.map((entry, i) => ({ ...entry, style: styles[i]!, from: epochs })),
  ]
  const drawn = lines.map(line => ({
    ...line,
    ...errorBand(line),
    epoch: binCentres(line.from, epochs, line.mean),
  }))
  return {
    title: `Read-out limited, ${seeds} driven networks`,
    legend: after.map(({ limit }, i): LegendEntry => {
      return { label: limit === undefined ? 'left alone' : `‖w‖₁ = ${formatNumber(limit)}`, line: styles[i]! }
    }),
    x,
    y,
    areas: [
      levelRule(silentAccuracy, {
        stroke: colours.axis,
        strokeWidth: lineWidth.thin,
        strokeDasharray: '3 3',
      }),
    ],
    markers: [{ at: epochs, label: 'read-out limited', colour: colours.optimum }],
    marks: [
      note('silent', { x: 0, y: silentAccuracy }, colours.muted, theme, {
        dx: 8,
        dy: -9,
        textAnchor: 'start',
      }),
      ...drawn.map(({ epoch, low, high, style }) => band(epoch, low, high, { x, y }, style.stroke)),
      ...drawn.map(({ epoch, mean, style }) => curve(epoch, mean, { x, y }, style)),
    ],
  }
}

/** The read-out left alone, then one style for each limit: lighter for tighter, each with its own dash. */
function limitStyles(count: number, { colours, lineWidth }: Theme): LineStyle[] {
  const series = [colours.series1, colours.series2, colours.series4, colours.series5]
  const dashes = ['2 3', '5 2', '9 3', undefined]
  return Array.from({ length: count }, (_, i) => {
    if (i === 0) return { stroke: colours.lost, strokeWidth: lineWidth.data }
    const dash = dashes[(i - 1) % dashes.length]
    const style = { stroke: series[(i - 1) % series.length]!, strokeWidth: lineWidth.data }
    return dash === undefined ? style : { ...style, strokeDasharray: dash }
  })
}

/** The middle of each stretch of epochs. */
function binCentres(from: number, epochs: number, bins: Float64Array): Float64Array {
  return bins.map((_, i) => from + ((i + 0.5) * epochs) / bins.length)
}
