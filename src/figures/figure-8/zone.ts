import * as Plot from '@observablehq/plot'
import type { Axis } from '../axis.js'
import type { LegendEntry } from '../legend.js'
import { curve, type LineStyle, shading } from '../marks.js'
import { formatNumber, formatPower } from '../numbers.js'
import type { BarePanel } from '../panels.js'
import type { Theme } from '../theme.js'
import { extent } from '../thinning.js'
import type { Figure8Data } from './data.js'

/** |dL/dr| over its maximum against r/r*, a curve for each confidence. */
export function zonePanel({ zone, optimum, zoneEdge }: Figure8Data, theme: Theme): BarePanel {
  const { colours } = theme
  const r = zone.r.map(at => at / optimum)
  const x: Axis = { domain: extent(r), label: 'r / r*', ticks: 4, format: formatNumber }
  const y: Axis = {
    domain: [1e-13, 3],
    scale: 'log',
    label: '|dL/dr| over its maximum',
    ticks: [1e-12, 1e-9, 1e-6, 1e-3, 1],
    format: formatPower,
  }
  const edge = Math.min(x.domain[1], Math.max(x.domain[0], zoneEdge / optimum))
  const closedForm = { stroke: colours.theory, strokeWidth: 2.5 }
  const styles = confidenceStyles(theme)
  const curves = zone.simulated.map(({ confidence, gradient }, i) => ({
    label: `a = ${formatNumber(confidence)}`,
    relative: overMaximum(gradient),
    style: styles[i % styles.length]!,
  }))
  return {
    title: 'Gradient of one dimension',
    legend: [
      { label: 'closed form (a = ∞)', line: closedForm },
      ...curves.map(({ label, style }): LegendEntry => ({ label, line: style })),
    ],
    x,
    y,
    areas: [shading({ x1: x.domain[0], x2: edge }, colours.zone)],
    markers: [
      { at: 0, label: 'bifurcation', colour: colours.muted, dashed: true },
      { at: 1, label: 'optimum r*', colour: colours.optimum },
    ],
    marks: [
      curve(r, overMaximum(zone.closedForm), { x, y }, closedForm),
      ...curves.map(({ relative, style }) => curve(r, relative, { x, y }, style)),
    ],
  }
}

/** Darker for higher confidence, each with its own dash. */
function confidenceStyles({ colours, lineWidth }: Theme): LineStyle[] {
  const strokeWidth = lineWidth.data
  return [
    { stroke: colours.series1, strokeWidth, strokeDasharray: '2 3' },
    { stroke: colours.series2, strokeWidth, strokeDasharray: '5 2' },
    { stroke: colours.series3, strokeWidth, strokeDasharray: '9 3' },
    { stroke: colours.series4, strokeWidth, strokeDasharray: '9 3 2 3' },
    { stroke: colours.series5, strokeWidth, strokeDasharray: '14 4' },
  ]
}

function overMaximum(gradient: Float64Array): Float64Array {
  const maximum = extent(gradient)[1]
  return gradient.map(size => size / (maximum || 1))
}

/** The decay of the gradient with confidence in the zone: theory's line over measured points. */
export function decayPanel({ zone, threshold }: Figure8Data, theme: Theme): BarePanel {
  const { colours, lineWidth } = theme
  const highest = extent(zone.decays.map(({ speed }) => speed))[1]
  const x: Axis = {
    domain: [0, 1.1 * highest],
    label: '√−r (1/time)',
    ticks: 5,
    format: formatNumber,
  }
  const y: Axis = {
    domain: [threshold, threshold + 1.2 * highest],
    label: 'decay of |dL/dr|/a with a (1/time)',
    ticks: 5,
    format: formatNumber,
  }
  const line = { stroke: colours.theory, strokeWidth: lineWidth.thin }
  const points = zone.decays.filter(({ decay }) => Number.isFinite(decay))
  return {
    title: 'Its decay in the zone',
    legend: [
      { label: 'theory, x* + √−r', line },
      { label: 'fitted, a = 1 to 2', symbol: 'dot', colour: colours.measurement },
    ],
    x,
    y,
    marks: [
      curve(
        x.domain,
        x.domain.map(speed => threshold + speed),
        { x, y },
        line,
      ),
      Plot.dot(points, {
        x: 'speed',
        y: 'decay',
        r: 4.5,
        fill: colours.measurement,
        stroke: colours.paper,
        strokeWidth: 1,
      }),
    ],
  }
}
