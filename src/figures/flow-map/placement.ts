import type { FlowMap, MappedPath, MappedPoint } from '../../dynamics/flow-map.js'
import { formatNumber } from '../numbers.js'
import { cellOf, fromPixel, type MapFrame, type Pixel, shownPoints, toPixel } from './frame.js'
import { besidePoints, type PlacedLabel, withinRegion } from './labels.js'

/** Where symbols and labels of a plane map lie in its frame, in px, and what its streamlets keep clear of. */
export interface Placement {
  readonly points: readonly MappedPoint[]
  /** Dwell times, and distances off the plane. */
  readonly notes: readonly PlacedLabel[]
  /** The answers, each in its region. */
  readonly answers: readonly PlacedLabel[]
  readonly taken: readonly { readonly at: Pixel; readonly by: number }[]
}

export interface PlacementOptions {
  readonly fontSize: number
  /** Of notes beside ghosts, of those beside other points, and of answers. */
  readonly colours: { readonly ghost: string; readonly ink: string; readonly answer: string }
}

/** Px around a symbol, and around the middle line of a label, that streamlets keep clear of. */
const [symbolRoom, labelRoom] = [13, 9]
/** Share of a frame's half-diagonal from which on a point's distance off the plane is written beside it. */
const farOff = 0.05

/** Places everything that has a label. */
export function placeOnPlane(map: FlowMap, frame: MapFrame, options: PlacementOptions): Placement {
  const { fontSize, colours } = options
  const points = shownPoints(map)
  const starts = [...map.starts, ...map.paths.flatMap(({ places }) => places.slice(0, 1))]
  const symbols = [...points, ...starts].map(({ at }) => toPixel(frame, at))
  const passed = map.paths.flatMap(path => alongPath(path, frame))
  const obstacles = [...passed, ...symbols.flatMap(around)]
  const noted = points.flatMap(point => {
    const text = noteOf(point, map, frame)
    const colour = point.kind === 'ghost' ? colours.ghost : colours.ink
    return text === '' ? [] : [{ text, colour, at: toPixel(frame, point.at) }]
  })
  const notes = besidePoints(noted, frame, obstacles, fontSize)
  const answers = answerLabels(map, frame, [...obstacles, ...notes.flatMap(across)], options)
  const taken = [
    ...symbols.map(at => ({ at, by: symbolRoom })),
    ...[...notes, ...answers].flatMap(across).map(at => ({ at, by: labelRoom })),
  ]
  return { points, notes, answers, taken }
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

/** The answers, each in the largest free part of its region. */
function answerLabels(
  { decision, grid }: FlowMap,
  frame: MapFrame,
  obstacles: readonly Pixel[],
  { fontSize, colours }: PlacementOptions,
): PlacedLabel[] {
  if (decision === undefined) return []
  const [columns, rows] = grid
  const answerAt = (at: Pixel) => {
    const [x, y] = fromPixel(frame, at)
    const index = nearest(rows!, y) * columns!.length + nearest(columns!, x)
    return decision.levels.filter(level => decision.values[index]! > level).length
  }
  return decision.answers.flatMap((answer, index) => {
    const isIn = (at: Pixel) => answerAt(at) === index
    // The answer alone where no more fits.
    for (const text of [`answer ${answer}`, answer]) {
      const place = withinRegion(text, isIn, frame, obstacles, fontSize)
      if (place !== undefined) return [{ text, colour: colours.answer, ...place }]
    }
    return []
  })
}

function nearest(grid: Float64Array, at: number): number {
  const [cell, share] = cellOf(grid, at)
  return share < 0.5 ? cell : cell + 1
}
