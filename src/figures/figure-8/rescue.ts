import * as Plot from '@observablehq/plot'
import type { Axis } from '../axis.js'
import { band, curve, levelRule, note } from '../marks.js'
import { formatNumber, formatPercent, formatPower } from '../numbers.js'
import type { BarePanel } from '../panels.js'
import type { Theme } from '../theme.js'
import { extent } from '../thinning.js'
import type { MeanCurve, RescueData } from './data.js'

/** Lower and upper edge of mean ± standard error. */
export function errorBand({ mean, error }: MeanCurve): { low: Float64Array; high: Float64Array } {
  return { low: mean.map((value, i) => value - error[i]!), high: mean.map((value, i) => value + error[i]!) }
}

function confidenceAxis({ confidence }: RescueData): Axis {
  const [low, high] = extent(confidence)
  const domain: [number, number] = low > 0 && low < high ? [low / 1.3, high * 1.3] : [1e-3, 10]
  return { domain, scale: 'log', label: 'confidence c', ticks: 5, format: formatNumber }
}

/** Accuracy after 100 epochs, mean ± standard error, and the share rescued, against confidence. */
export function accuracyPanel(rescue: RescueData, theme: Theme): BarePanel {
  const { colours, lineWidth } = theme
  const { confidence, accuracy, shares, lost, seeds } = rescue
  const x = confidenceAxis(rescue)
  const y: Axis = {
    domain: [0, 1.06],
    label: 'accuracy; share rescued',
    ticks: [0, 0.25, 0.5, 0.75, 1],
    format: formatPercent,
  }
  const style = { stroke: colours.measurement, strokeWidth: lineWidth.data }
  const { low, high } = errorBand(accuracy)
  return {
    title: `Trapped networks trained on (${lost} of ${seeds} seeds)`,
    legend: [
      { label: 'accuracy, mean ± s.e.m.', line: style },
      { label: 'rescued, 95% interval', symbol: 'dot', colour: colours.optimum },
    ],
    x,
    y,
    areas: [levelRule(0.5, { stroke: colours.axis, strokeWidth: lineWidth.thin, strokeDasharray: '3 3' })],
    marks: [
      note('silent', { x: Math.sqrt(x.domain[0] * x.domain[1]), y: 0.5 }, colours.muted, theme, { dy: 10 }),
      band(confidence, low, high, { x, y }, style.stroke),
      curve(confidence, accuracy.mean, { x, y }, style),
      ...shareMarks(rescue, shares, theme),
    ],
  }
}

function shareMarks({ confidence }: RescueData, shares: RescueData['shares'], { colours }: Theme) {
  const points = shares.map((share, i) => ({ at: confidence[i]!, ...share }))
  return [
    Plot.ruleX(points, { x: 'at', y1: 'low', y2: 'high', stroke: colours.optimum, strokeOpacity: 0.55 }),
    Plot.dot(points, {
      x: 'at',
      y: 'share',
      r: 3.5,
      fill: colours.optimum,
      stroke: colours.paper,
      strokeWidth: 0.75,
    }),
  ]
}

/** Mean gradient norm over the 100 epochs, mean ± standard error over networks, against confidence. */
export function gradientPanel(rescue: RescueData, theme: Theme): BarePanel {
  const { colours, lineWidth } = theme
  const { confidence, gradient } = rescue
  const x = confidenceAxis(rescue)
  const [low, high] = extent(gradient.mean.filter(value => value > 0))
  const y: Axis = {
    domain: low > 0 && low < high ? [Math.max(low, high * 1e-9) / 3, high * 4] : [1e-6, 1],
    scale: 'log',
    label: 'gradient norm',
    ticks: 5,
    format: formatPower,
  }
  const style = { stroke: colours.secondary, strokeWidth: lineWidth.data }
  const edges = errorBand(gradient)
  return {
    title: 'Their gradient',
    legend: [{ label: 'mean over 100 epochs ± s.e.m.', line: style }],
    x,
    y,
    marks: [
      band(confidence, edges.low, edges.high, { x, y }, style.stroke),
      curve(confidence, gradient.mean, { x, y }, style),
    ],
  }
}
