import * as Plot from '@observablehq/plot'
import type { Axis } from '../axis.js'
import { curve, note, shading } from '../marks.js'
import { formatNumber, formatPower } from '../numbers.js'
import type { BarePanel } from '../panels.js'
import type { Theme } from '../theme.js'
import { extent } from '../thinning.js'
import type { Figure8Data } from './data.js'

/** |dL/dr| over its maximum against r/r*, a curve for each confidence. */
export function zonePanel({ zone, optimum, zoneEdge }: Figure8Data, theme: Theme): BarePanel {
  const { colours, lineWidth } = theme
  const r = zone.r.map(at => at / optimum)
  const x: Axis = { domain: extent(r), label: 'r / r*', ticks: 4, format: formatNumber }
  const y: Axis = {
    domain: [1e-13, 3],
    scale: 'log',
    label: '|dL/dr| over its maximum',
    ticks: [1e-12, 1e-9, 1e-6, 1e-3, 1],
    format: formatPower,
  }
  const series = [colours.series1, colours.series2, colours.series3, colours.series4, colours.series5]
  const edge = Math.min(x.domain[1], Math.max(x.domain[0], zoneEdge / optimum))
  const curves = zone.simulated.map(({ confidence, gradient }, i) => ({
    confidence,
    relative: overMaximum(gradient),
    stroke: series[i % series.length]!,
  }))
  return {
    title: 'Gradient of one dimension',
    legend: [
      { label: 'closed form, a = ∞', line: { stroke: colours.theory, strokeWidth: 2.5 } },
      { label: 'simulated', line: { stroke: colours.series3, strokeWidth: lineWidth.data } },
    ],
    x,
    y,
    areas: [shading({ x1: x.domain[0], x2: edge }, colours.zone)],
    markers: [
      { at: 0, label: 'bifurcation', colour: colours.muted, dashed: true },
      { at: 1, label: 'optimum r*', colour: colours.optimum },
    ],
    marks: [
      curve(r, overMaximum(zone.closedForm), { x, y }, { stroke: colours.theory, strokeWidth: 2.5 }),
      ...curves.map(({ relative, stroke }) =>
        curve(r, relative, { x, y }, { stroke, strokeWidth: lineWidth.data }),
      ),
      ...curves.flatMap(({ confidence, relative, stroke }, i) => {
        const at = confidenceLabelPlace(i, r.length)
        const [labelX, labelY] = [r[at], relative[at]]
        if (labelX === undefined || !(labelY !== undefined && labelY > y.domain[0])) return []
        const style = { dy: 11, halo: colours.zone } as const
        return [note(`a = ${formatNumber(confidence)}`, { x: labelX, y: labelY }, stroke, theme, style)]
      }),
    ],
  }
}

/** Side by side in the zone, left of the bifurcation, so that lines that lie close keep labels of their own. */
const confidenceLabelPlace = (index: number, points: number) =>
  Math.round(points * (index % 2 === 0 ? 0.08 : 0.22))

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
    label: 'decay of |dL/dr| with a',
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
