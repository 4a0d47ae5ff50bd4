import * as Plot from '@observablehq/plot'
import type { FlowMap, MappedPath } from '../../dynamics/flow-map.js'
import { type LineStyle, note } from '../marks.js'
import type { Theme } from '../theme.js'
import { leavingText } from './describe.js'
import { fromPixel, type MapFrame, mapFrame, type Pixel, shownPoints } from './frame.js'
import type { PlacedLabel } from './labels.js'
import { placeOnPlane } from './placement.js'
import { levelLines, type SpeedScale, speedBands } from './speed.js'
import { streamlets } from './streamlets.js'
import { type PointSymbol, pointMarks, symbolOf } from './symbols.js'

/** How paths of one name look. */
export type PathStyles = ReadonlyMap<string | undefined, LineStyle>

/** What is drawn of a map of a plane, from the ground up. */
export interface PlaneOptions {
  readonly size: { readonly width: number; readonly height: number }
  readonly scale: SpeedScale
  readonly styles: PathStyles
}

/** The marks of a plane map. */
export function planeMarks(
  map: FlowMap,
  { size, scale, styles }: PlaneOptions,
  theme: Theme,
): Plot.Markish[] {
  const frame = mapFrame(map, size)
  const colours = {
    ghost: theme.colours.ghost,
    ink: theme.colours.ink,
    answer: decisionStyle(theme).stroke,
  }
  const placed = placeOnPlane(map, frame, { fontSize: theme.fontSize.tick, colours })
  const { points, notes, answers, taken } = placed
  return [
    ...speedBands(map, scale),
    streamletMarks(map, frame, taken, theme),
    decisionLines(map, theme),
    ...map.paths.map(path => pathMarks(path, styles, theme)),
    ...map.starts.map(({ at }) => startTriangle(at, theme.colours.measurement, theme)),
    ...points.map(point =>
      pointMarks(symbolOf(point, map.dimension), { x: point.at[0]!, y: point.at[1]! }, theme),
    ),
    labelMarks([...notes, ...answers], frame, theme),
    leavingNote(map, theme),
  ]
}

/** What there is to explain in a legend. */
export function symbolsIn(map: FlowMap): PointSymbol[] {
  return shownPoints(map).map(point => symbolOf(point, map.dimension))
}

function streamletMarks(
  map: FlowMap,
  frame: MapFrame,
  avoid: readonly { readonly at: Pixel; readonly by: number }[],
  { colours }: Theme,
): Plot.Markish {
  const drawn = streamlets(map, frame, avoid)
  const points = drawn.flatMap((streamlet, z) => streamlet.map(at => ({ z, at: fromPixel(frame, at) })))
  const heads = drawn.map(streamlet => {
    const [before, tip] = [streamlet.at(-3)!, streamlet.at(-1)!]
    return {
      at: fromPixel(frame, tip),
      rotate: (Math.atan2(tip.x - before.x, before.y - tip.y) * 180) / Math.PI,
    }
  })
  const place = { x: (d: { at: [number, number] }) => d.at[0], y: (d: { at: [number, number] }) => d.at[1] }
  return [
    Plot.line(points, { ...place, z: 'z', stroke: colours.ink, strokeWidth: 0.9, strokeOpacity: 0.55 }),
    Plot.dot(heads, {
      ...place,
      symbol: 'triangle',
      rotate: 'rotate',
      r: 2.3,
      fill: colours.ink,
      fillOpacity: 0.7,
    }),
  ]
}

/** The style of a boundary between answers, as of a threshold. */
export const decisionStyle = ({ colours }: Theme): LineStyle => ({
  stroke: colours.optimum,
  strokeWidth: 2,
  strokeDasharray: '6 3',
})

function decisionLines(map: FlowMap, theme: Theme): Plot.Markish {
  const { decision } = map
  if (decision === undefined) return []
  const casing = { stroke: theme.colours.paper, strokeWidth: 4, strokeOpacity: 0.8 }
  return [
    levelLines(map, decision.values, decision.levels, casing),
    levelLines(map, decision.values, decision.levels, { ...decisionStyle(theme) }),
  ]
}

function labelMarks(labels: readonly PlacedLabel[], frame: MapFrame, theme: Theme): Plot.Markish {
  return labels.map(({ text, colour, x, y }) => {
    const at = fromPixel(frame, { x, y })
    return note(text, { x: at[0], y: at[1] }, colour, theme, { fontWeight: 600, strokeWidth: 4 })
  })
}

/** Above the frame, how much of the velocity a section does not show. */
export function leavingNote(map: FlowMap, { colours, fontSize }: Theme): Plot.Markish {
  const text = leavingText(map)
  const style = { frameAnchor: 'top-right', dy: -13, fontSize: fontSize.tick, fill: colours.muted } as const
  return text === undefined ? [] : Plot.text([text], style)
}

/** More states than this are a line, fewer a line with a dot for each: where they crowd, the passage is slow. */
const mostDots = 80

function pathMarks({ places, name }: MappedPath, styles: PathStyles, theme: Theme): Plot.Markish {
  const { colours } = theme
  const style = styles.get(name)!
  const place = {
    x: (d: { at: Float64Array }) => d.at[0]!,
    y: (d: { at: Float64Array }) => d.at[1]!,
    clip: true,
  }
  const round = { strokeLinejoin: 'round', strokeLinecap: 'round' } as const
  return [
    Plot.line(places, { ...place, ...round, stroke: colours.paper, strokeWidth: 3.5, strokeOpacity: 0.75 }),
    Plot.line(places, { ...place, ...round, ...style }),
    ...(places.length > mostDots
      ? []
      : [Plot.dot(places, { ...place, r: 2, fill: style.stroke, stroke: colours.paper, strokeWidth: 0.5 })]),
    ...places.slice(0, 1).map(({ at }) => startTriangle(at, style.stroke, theme)),
  ]
}

function startTriangle(at: Float64Array, fill: string, { colours }: Theme): Plot.Markish {
  const symbol = { symbol: 'triangle', rotate: 180, r: 5 } as const
  return Plot.dot([at], {
    x: d => d[0],
    y: d => d[1],
    ...symbol,
    fill,
    stroke: colours.paper,
    strokeWidth: 1.25,
    clip: true,
  })
}
