import type { FlowMap } from '../../../src/dynamics/flow-map.js'
import { describeMap } from '../../../src/figures/flow-map/describe.js'
import { lineLegend, linePanel } from '../../../src/figures/flow-map/line.js'
import { type PathStyles, planeMarks } from '../../../src/figures/flow-map/plane.js'
import { type SpeedScale, speedScale } from '../../../src/figures/flow-map/speed.js'
import { type PointSymbol, symbolLegend, symbolOf } from '../../../src/figures/flow-map/symbols.js'
import { pathStyles, planeLegend } from '../../../src/figures/flow-map.js'
import type { LegendEntry } from '../../../src/figures/legend.js'
import { formatNumber } from '../../../src/figures/numbers.js'
import { type BarePanel, frameOf } from '../../../src/figures/panels.js'
import { pageTheme, type Theme } from '../../../src/figures/theme.js'
import { tickNumber } from '../../ui/cached-format.js'
import type { PictureSize, PictureSpec, Table } from '../../ui/picture-spec.js'
import type { FrameSize, PlaneLayout } from '../../work/plane-layout.js'
import { laidOutMarks } from './plane-marks.js'

/** Maps of flows as pictures of the page. */

export interface ShownMap {
  readonly title: string
  readonly map: FlowMap
  /** Names of the coordinates. */
  readonly coordinates: readonly string[]
  /** Speeds of the darkest and of the lightest band; the map's own unless given. */
  readonly speeds?: readonly [number, number]
  /** Symbols that the legend explains whether or not they are there. */
  readonly symbols?: readonly PointSymbol[]
  readonly layout?: PlaneLayout | undefined
}

/**
 * A map of a plane or a line.
 * @param onFrame is told the size of the frame that a plane map is drawn in on the page
 */
export function mapSpec(shown: ShownMap, onFrame: (frame: FrameSize) => void = () => {}): PictureSpec {
  const { title, map, coordinates } = shown
  const isPlane = map.grid.length === 2
  return {
    panel: (theme, size) => (isPlane ? planeOf(shown, theme, size, onFrame) : lineOf(shown, theme)),
    summary: describeMap(title, map, coordinates),
    table: () => tableOf(map, coordinates),
  }
}

function lineOf({ title, map, coordinates }: ShownMap, theme: Theme): BarePanel {
  return { ...linePanel(map, title, coordinates[0]!, theme), legend: lineLegend([map], theme) }
}

function planeOf(
  shown: ShownMap,
  theme: Theme,
  size: PictureSize,
  onFrame: (frame: FrameSize) => void,
): BarePanel {
  const { title, map, coordinates, layout } = shown
  const scale = scaleOf(shown, theme)
  const styles = pathStyles([{ title: '', map }], theme)
  const [x, y] = map.grid.map((values, k) => ({
    domain: [values[0]!, values.at(-1)!] as const,
    label: coordinates[k]!,
    ticks: 5,
    format: tickNumber,
  }))
  const bare = { title, x: x!, y: y!, legend: legendOf(shown, scale, styles, theme), marks: [] }
  const { width, height } = frameOf({ ...bare, box: { x: 0, y: 0, ...size } }, { document, theme })
  const frame = { width, height }
  // Exported pictures have a size of their own.
  if (theme === pageTheme) onFrame(frame)
  const laidOut = theme === pageTheme && layout?.size.width === width && layout.size.height === height
  const look = { scale, styles }
  const marks = laidOut
    ? laidOutMarks(map, layout, look, theme)
    : planeMarks(map, { size: frame, ...look }, theme)
  return { ...bare, marks }
}

function scaleOf({ map, speeds }: ShownMap, theme: Theme): SpeedScale {
  if (speeds === undefined) return speedScale([map], theme)
  return speedScale([{ speed: Float64Array.from(speeds) }], theme)
}

/** Always as long, so that the frame keeps its place from map to map. */
function legendOf(
  { map, symbols = [] }: ShownMap,
  { edges, colours }: SpeedScale,
  styles: PathStyles,
  theme: Theme,
): LegendEntry[] {
  const present = map.points.map(point => symbolOf(point, map.dimension))
  const inLegend = new Set([...symbols, ...present])
  const [, slow] = edges
  return [
    ...symbolLegend(inLegend, theme),
    ...planeLegend([{ title: '', map: { ...map, points: [] } }], styles, theme),
    { label: `dark: slow, ‖F‖ ≤ ${formatNumber(slow!, 2)}`, area: colours[0]! },
  ]
}

/** Slow points, then the states of the paths, then the grid. */
function tableOf(
  { points, paths, grid, speed, velocity, timeUnit }: FlowMap,
  names: readonly string[],
): Table {
  const nothing = velocity.map(() => '')
  const [columns = new Float64Array(), rows] = grid
  return {
    columns: [
      'what',
      ...names,
      'speed ‖F‖',
      ...names.map(name => `velocity along ${name}`),
      `dwell (${timeUnit})`,
    ],
    rows: [
      ...points.map(point => [
        point.kind === 'fixed point' ? `${point.stable ? 'stable' : 'unstable'} fixed point` : point.kind,
        ...point.at,
        point.speed,
        ...nothing,
        point.dwell ?? '',
      ]),
      ...paths.flatMap(({ name = 'path', places }) =>
        places.map(({ at }) => [`path ${name}`, ...at, '', ...nothing, '']),
      ),
      ...Array.from(speed, (value, i) => [
        'grid',
        columns[i % columns.length]!,
        ...(rows === undefined ? [] : [rows[Math.floor(i / columns.length)]!]),
        value,
        ...velocity.map(along => along[i]!),
        '',
      ]),
    ],
  }
}

/** The point of a map nearest to a place, as far as a finger reaches; its index. */
export function nearestPoint(
  map: FlowMap,
  at: readonly number[],
  { width, height }: FrameSize,
): number | undefined {
  const sizes = [width, height]
  const distances = map.points.map(point =>
    Math.hypot(
      ...map.grid.map((values, k) => {
        const offset = point.at[k]! - at[k]!
        return (offset / (values.at(-1)! - values[0]!)) * sizes[k]!
      }),
    ),
  )
  const least = Math.min(...distances)
  return least <= reach ? distances.indexOf(least) : undefined
}

/** Px. */
const reach = 44
