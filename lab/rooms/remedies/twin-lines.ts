import type * as Plot from '@observablehq/plot'
import type { Axis } from '../../../src/figures/axis.js'
import type { LegendEntry } from '../../../src/figures/legend.js'
import { curve, type LineStyle, note } from '../../../src/figures/marks.js'
import type { Theme } from '../../../src/figures/theme.js'
import { thin } from '../../../src/figures/thinning.js'
import type { Table } from '../../ui/picture-spec.js'

/** Two trainings on one pair of axes: the first in one colour, the second in another, each with its name at its end. */

/** A curve of a twin. */
export interface TwinLine {
  readonly name: string
  readonly x: Float64Array
  readonly y: Float64Array
}

/** Points of a curve that is drawn every frame. */
const mostPoints = 400

export function twinStyle(twin: number, { colours, lineWidth }: Theme): LineStyle {
  return twin === 0
    ? { stroke: colours.measurement, strokeWidth: lineWidth.data }
    : { stroke: colours.secondary, strokeWidth: lineWidth.data }
}

export function twinLegend(lines: readonly TwinLine[], theme: Theme): LegendEntry[] {
  return lines.map(({ name }, i) => ({ label: name, line: twinStyle(i, theme) }))
}

/** The curves with their names. */
export function twinMarks(
  lines: readonly TwinLine[],
  axes: { readonly x: Axis; readonly y: Axis },
  theme: Theme,
): Plot.Markish[] {
  const drawn = lines.map(line => lightened(line, axes.x))
  return [
    ...drawn.map(({ x, y }, i) => curve(x, y, axes, twinStyle(i, theme))),
    ...drawn.flatMap((line, i) => nameAtEnd(line, drawn[1 - i], axes, twinStyle(i, theme).stroke, theme)),
  ]
}

/** Few enough points, of those that are seen. */
function lightened({ name, x, y }: TwinLine, { domain }: Axis): TwinLine {
  const kept = thin(x, y, { window: domain, limit: mostPoints })
  return { name, x: Float64Array.from(kept, i => x[i]!), y: Float64Array.from(kept, i => y[i]!) }
}

/** Above its end, or below it where the other's name stands above. */
function nameAtEnd(
  line: TwinLine,
  other: TwinLine | undefined,
  axes: { readonly x: Axis; readonly y: Axis },
  colour: string,
  theme: Theme,
): Plot.Markish[] {
  const at = endOf(line, axes)
  if (at === undefined) return []
  const beside = other === undefined ? undefined : endOf(other, axes)
  const [own, others] = [share(at.y, axes.y), share(beside?.y ?? Number.NaN, axes.y)]
  const below = others >= own && others - own < 0.16 && own > 0.12
  const early = (at.x - axes.x.domain[0]) / (axes.x.domain[1] - axes.x.domain[0]) < 0.25
  return [
    note(line.name, at, colour, theme, {
      dx: early ? 4 : -2,
      dy: below ? 11 : -11,
      textAnchor: early ? 'start' : 'end',
      fontWeight: 600,
    }),
  ]
}

/** The last x that is seen, and the highest y of what a name above would cover. */
function endOf({ x, y }: TwinLine, axes: { readonly x: Axis; readonly y: Axis }) {
  const [left, right] = axes.x.domain
  const [low, high] = axes.y.domain
  let end: { x: number; y: number } | undefined
  for (let i = x.length - 1; i >= 0; i--) {
    if (x[i]! > right || !Number.isFinite(y[i]!)) continue
    if (x[i]! < left || (end !== undefined && end.x - x[i]! > 0.09 * (right - left))) break
    const inside = Math.min(high, Math.max(low, y[i]!))
    end = { x: end?.x ?? x[i]!, y: Math.max(end?.y ?? low, inside) }
  }
  return end
}

/** Where a value lies on its axis, from 0 to 1. */
function share(value: number, { domain: [low, high], scale }: Axis): number {
  const place = scale === 'log' ? Math.log : (at: number) => at
  return (place(Math.min(high, Math.max(low, value))) - place(low)) / (place(high) - place(low))
}

/** Columns with one row for each x of the first line; the second has gaps where it has none. */
export function twinTable(
  x: string,
  columns: readonly { readonly name: string; readonly line: TwinLine }[],
): Table {
  const longest = columns[0]?.line.x ?? new Float64Array(0)
  const rows = Array.from(longest, at => [
    at,
    ...columns.map(({ line }) => line.y[at - (line.x[0] ?? 0)] ?? ''),
  ])
  return { columns: [x, ...columns.map(({ name }) => name)], rows }
}
