import type { Axis } from '../axis.js'
import type { LegendEntry } from '../legend.js'
import { curve, type LineStyle, note, shading } from '../marks.js'
import { formatNumber } from '../numbers.js'
import type { BarePanel } from '../panels.js'
import type { Theme } from '../theme.js'
import { extent } from '../thinning.js'
import type { Figure2Data } from './data.js'

/** Loss against r/r*, with the no-learning zone. */
export function landscapePanel(data: Figure2Data, theme: Theme): BarePanel {
  const { landscape, optimum, zoneEdge } = data
  const { colours, lineWidth } = theme
  const r = landscape.r.map(at => at / optimum)
  const edge = zoneEdge / optimum
  const domain = extent(r)
  const x: Axis = { domain, label: 'r / r*', ticks: 4, format: formatNumber }
  const y: Axis = { domain: [0, 1.1], label: 'loss', ticks: [0, 0.5, 1], format: formatNumber }
  // A simulation that agrees with theory lies on its line: beads leave the line to be seen.
  const styles: LineStyle[] = [
    { stroke: colours.theory, strokeWidth: lineWidth.data },
    { stroke: colours.measurement, strokeWidth: lineWidth.data, strokeDasharray: '6 3' },
    { stroke: colours.secondary, strokeWidth: 4, strokeDasharray: '0 9', strokeLinecap: 'round' },
  ]
  const drawn = landscape.curves.map((entry, i) => ({ ...entry, style: styles[i % styles.length]! }))
  return {
    title: 'Loss landscape',
    legend: drawn.map(({ label, style }): LegendEntry => ({ label, line: style })),
    x,
    y,
    areas: [shading({ x1: domain[0], x2: edge }, colours.zone)],
    markers: [
      { at: 0, label: 'bifurcation', colour: colours.muted, dashed: true },
      { at: 1, label: 'optimum r*', colour: colours.optimum },
    ],
    marks: [
      ...drawn.map(({ loss, style }) => curve(r, loss, { x, y }, style)),
      note('no-\nlearning\nzone', { x: domain[0] / 2, y: 0.25 }, colours.muted, theme, {
        halo: colours.zone,
      }),
    ],
  }
}
