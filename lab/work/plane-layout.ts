import type { FlowMap, MappedPath, MappedPoint } from '../../src/dynamics/flow-map.js'
import {
  cellOf,
  fromPixel,
  type MapFrame,
  mapFrame,
  type Pixel,
  shownPoints,
  toPixel,
} from '../../src/figures/flow-map/frame.js'
import { besidePoints, type PlacedLabel, withinRegion } from '../../src/figures/flow-map/labels.js'
import { streamlets } from '../../src/figures/flow-map/streamlets.js'
import { formatNumber } from '../../src/figures/numbers.js'

/**
 * Where everything of a plane map lies in a frame of some size: what takes a picture's time, done in a worker. The
 * figures of the paper place things the same way.
 */

export interface FrameSize {
  readonly width: number
  readonly height: number
}

export interface PlaneLayout {
  readonly size: FrameSize
  /** Paths in px from the frame's corner: stretches of the flow, and their heads. */
  readonly streamlets: { readonly lines: string; readonly heads: string }
  readonly labels: readonly LayoutLabel[]
}

export interface LayoutLabel extends Pixel {
  readonly text: string
  readonly colour: LabelColour
}

export type LabelColour = 'ghost' | 'ink' | 'optimum'

const fontSize = 12
/** Px around a symbol, and around the middle line of a label, that streamlets keep clear of. */
const [symbolRoom, labelRoom] = [13, 9]
/** Px of an arrow head, from its middle. */
const [headLength, headWidth] = [4, 2.6]

/** Lays out a plane map: its streamlets, the dwell times of its ghosts, and the answers in their regions. */
export function layOutPlane(map: FlowMap, size: FrameSize): PlaneLayout {
  const frame = mapFrame(map, size)
  const points = shownPoints(map)
  const starts = [...map.starts, ...map.paths.flatMap(({ places }) => places.slice(0, 1))]
  const symbols = [...points, ...starts].map(({ at }) => toPixel(frame, at))
  const obstacles = [...map.paths.flatMap(path => alongPath(path, frame)), ...symbols.flatMap(around)]
  const noted = points.flatMap(point => noteOf(point, map, frame))
  const notes = besidePoints(noted, frame, obstacles, fontSize)
  const answers = answerLabels(map, frame, [...obstacles, ...notes.flatMap(across)])
  const labels = [...notes, ...answers]
  const avoid = [
    ...symbols.map(at => ({ at, by: symbolRoom })),
    ...labels.flatMap(across).map(at => ({ at, by: labelRoom })),
  ]
  return {
    size,
    streamlets: streamletPaths(map, frame, avoid),
    labels: labels.map(({ text, colour, x, y }) => ({ text, colour: colour as LabelColour, x, y })),
  }
}

function noteOf(point: MappedPoint, { timeUnit }: FlowMap, frame: MapFrame) {
  const { dwell, kind, at } = point
  if (dwell === undefined) return []
  const colour: LabelColour = kind === 'ghost' ? 'ghost' : 'ink'
  return [{ text: `${formatNumber(dwell, 2)} ${timeUnit}`, colour, at: toPixel(frame, at) }]
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
function answerLabels(map: FlowMap, frame: MapFrame, obstacles: readonly Pixel[]): PlacedLabel[] {
  const { decision, grid } = map
  if (decision === undefined) return []
  const [columns, rows] = grid
  const answerAt = (at: Pixel) => {
    const [x, y] = fromPixel(frame, at)
    const value = decision.values[nearest(rows!, y) * columns!.length + nearest(columns!, x)]!
    return decision.levels.filter(level => value > level).length
  }
  return decision.answers.flatMap((answer, index) => {
    const isIn = (at: Pixel) => answerAt(at) === index
    // The answer alone where no more fits.
    for (const text of [`answer ${answer}`, answer]) {
      const place = withinRegion(text, isIn, frame, obstacles, fontSize)
      if (place !== undefined) return [{ text, colour: 'optimum', ...place }]
    }
    return []
  })
}

function nearest(grid: Float64Array, at: number): number {
  const [cell, share] = cellOf(grid, at)
  return share < 0.5 ? cell : cell + 1
}

function streamletPaths(
  map: FlowMap,
  frame: MapFrame,
  avoid: readonly { readonly at: Pixel; readonly by: number }[],
): PlaneLayout['streamlets'] {
  const drawn = streamlets(map, frame, avoid)
  const text = ({ x, y }: Pixel) => `${x.toFixed(1)},${y.toFixed(1)}`
  return {
    lines: drawn.map(streamlet => `M${streamlet.map(text).join('L')}`).join(''),
    heads: drawn
      .map(streamlet => {
        const [before, tip] = [streamlet.at(-3)!, streamlet.at(-1)!]
        const length = Math.hypot(tip.x - before.x, tip.y - before.y) || 1
        const [ux, uy] = [(tip.x - before.x) / length, (tip.y - before.y) / length]
        const at = (along: number, aside: number): Pixel => ({
          x: tip.x + along * ux - aside * uy,
          y: tip.y + along * uy + aside * ux,
        })
        const corners = [
          at(headLength / 2, 0),
          at(-headLength / 2, headWidth),
          at(-headLength / 2, -headWidth),
        ]
        return `M${corners.map(text).join('L')}Z`
      })
      .join(''),
  }
}
