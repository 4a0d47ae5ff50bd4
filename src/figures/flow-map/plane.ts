import * as Plot from '@observablehq/plot'
import type { FlowMap, MappedPath, MappedPoint } from '../../dynamics/flow-map.js'
import { type LineStyle, note } from '../marks.js'
import { formatNumber } from '../numbers.js'
import type { Theme } from '../theme.js'
import { leavingText } from './describe.js'
import { cellOf, fromPixel, type MapFrame, mapFrame, type Pixel, shownPoints, toPixel } from './frame.js'
import { besidePoints, type PlacedLabel, withinRegion } from './labels.js'
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

/** Px around a symbol, and around the middle line of a label, that streamlets keep clear of. */
const [symbolRoom, labelRoom] = [13, 9]
/** Share of a frame's half-diagonal from which on a point's distance off the plane is written beside it. */
const farOff = 0.05

/** The marks of a plane map. */
export function planeMarks(
  map: FlowMap,
  { size, scale, styles }: PlaneOptions,
  theme: Theme,
): Plot.Markish[] {
  const frame = mapFrame(map, size)
  const points = shownPoints(map)
  const starts = [...map.starts, ...map.paths.flatMap(({ places }) => places.slice(0, 1))]
  const symbols = [...points, ...starts].map(({ at }) => toPixel(frame, at))
  const passed = map.paths.flatMap(path => alongPath(path, frame))
  const obstacles = [...passed, ...symbols.flatMap(around)]
  const notes = besidePoints(
    points.flatMap(point => {
      const text = noteOf(point, map, frame)
      const colour = point.kind === 'ghost' ? theme.colours.ghost : theme.colours.ink
      return text === '' ? [] : [{ text, colour, at: toPixel(frame, point.at) }]
    }),
    frame,
    obstacles,
    theme.fontSize.tick,
  )
  const regions = regionLabels(map, frame, [...obstacles, ...notes.flatMap(across)], theme)
  const taken = [
    ...symbols.map(at => ({ at, by: symbolRoom })),
    ...[...notes, ...regions].flatMap(across).map(at => ({ at, by: labelRoom })),
  ]
  return [
    ...speedBands(map, scale),
    streamletMarks(map, frame, taken, theme),
    decisionLines(map, theme),
    ...map.paths.map(path => pathMarks(path, styles, theme)),
    ...map.starts.map(({ at }) => startTriangle(at, theme.colours.measurement, theme)),
    ...points.map(point =>
      pointMarks(symbolOf(point, map.dimension), { x: point.at[0]!, y: point.at[1]! }, theme),
    ),
    labelMarks([...notes, ...regions], frame, theme),
    leavingNote(map, theme),
  ]
}

/** What there is to explain in a legend. */
export function symbolsIn(map: FlowMap): PointSymbol[] {
  return shownPoints(map).map(point => symbolOf(point, map.dimension))
}

/** The dwell time of a ghost, and how far a point lies off the plane if that is far. */
function noteOf({ dwell, off }: MappedPoint, { timeUnit }: FlowMap, { x, y }: MapFrame): string {
  const far = off > farOff * (Math.hypot(x[1] - x[0], y[1] - y[0]) / 2)
  return [
    ...(dwell === undefined ? [] : [`${formatNumber(dwell, 2)} ${timeUnit}`]),
    ...(far ? [`${formatNumber(off, 2)} off plane`] : []),
  ].join(', ')
}

/** Places around a symbol that labels should not cover. */
const around = ({ x, y }: Pixel): Pixel[] =>
  [-7, 0, 7].flatMap(dx => [-7, 0, 7].map(dy => ({ x: x + dx, y: y + dy })))

/** Places along the middle line of a label. */
const across = ({ x, y, text }: PlacedLabel): Pixel[] => {
  const half = Math.max(1, 3.2 * text.length)
  return [-1, -0.5, 0, 0.5, 1].map(share => ({ x: x + share * half, y }))
}

/** A path in px, every few px. */
function alongPath({ places }: MappedPath, frame: MapFrame): Pixel[] {
  const pixels = places.map(({ at }) => toPixel(frame, at))
  return pixels.flatMap((from, i) => {
    const to = pixels[i + 1]
    if (to === undefined) return [from]
    const pieces = Math.min(200, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / 6))
    return Array.from({ length: pieces }, (_, k) => ({
      x: from.x + (k / pieces) * (to.x - from.x),
      y: from.y + (k / pieces) * (to.y - from.y),
    }))
  })
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

/** The answers, each in the largest free part of its region. */
function regionLabels(
  map: FlowMap,
  frame: MapFrame,
  obstacles: readonly Pixel[],
  theme: Theme,
): PlacedLabel[] {
  const { decision } = map
  if (decision === undefined) return []
  const answerAt = (at: Pixel) => {
    const [x, y] = fromPixel(frame, at)
    const [columns, rows] = map.grid
    const index = nearest(rows!, y) * columns!.length + nearest(columns!, x)
    return decision.levels.filter(level => decision.values[index]! > level).length
  }
  return decision.answers.flatMap((answer, index) => {
    const colour = decisionStyle(theme).stroke
    const isIn = (at: Pixel) => answerAt(at) === index
    // The answer alone where no more fits.
    for (const text of [`answer ${answer}`, answer]) {
      const place = withinRegion(text, isIn, frame, obstacles, theme.fontSize.tick)
      if (place !== undefined) return [{ text, colour, ...place }]
    }
    return []
  })
}

function nearest(grid: Float64Array, at: number): number {
  const [cell, share] = cellOf(grid, at)
  return share < 0.5 ? cell : cell + 1
}

function labelMarks(labels: readonly PlacedLabel[], frame: MapFrame, theme: Theme): Plot.Markish {
  return labels.map(({ text, colour, x, y }) => {
    const at = fromPixel(frame, { x, y })
    return note(text, { x: at[0], y: at[1] }, colour, theme, { fontWeight: 600, strokeWidth: 4 })
  })
}

/** Above the frame, how much of the velocity a section does not show. */
function leavingNote(map: FlowMap, { colours, fontSize }: Theme): Plot.Markish {
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
