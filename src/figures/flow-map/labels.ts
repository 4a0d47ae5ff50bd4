import { textWidth } from '../svg.js'
import { type MapFrame, type Pixel, squaredDistance } from './frame.js'

/** Puts labels of a map where they cover least: a document outside a browser measures nothing. */

/** A label that has found its place; its middle, in px from the frame's corner. */
export interface PlacedLabel extends Pixel {
  readonly text: string
  readonly colour: string
}

/** A label that belongs to a point. */
export interface PointLabel {
  readonly text: string
  readonly colour: string
  readonly at: Pixel
}

/** A rectangle around its middle. */
interface Rectangle extends Pixel {
  readonly width: number
  readonly height: number
}

type Size = Pick<MapFrame, 'width' | 'height'>

/** Px kept free between a label and the frame, and between a label and the symbol that it belongs to. */
const [frameGap, symbolGap] = [3, 11]

const rectangleOf = (text: string, fontSize: number, at: Pixel): Rectangle => ({
  ...at,
  width: textWidth(text, fontSize) + 8,
  height: fontSize + 4,
})

const holds = (box: Rectangle, at: Pixel) =>
  Math.abs(at.x - box.x) < box.width / 2 && Math.abs(at.y - box.y) < box.height / 2

const overlap = (a: Rectangle, b: Rectangle) =>
  Math.abs(a.x - b.x) < (a.width + b.width) / 2 && Math.abs(a.y - b.y) < (a.height + b.height) / 2

const fits = (box: Rectangle, { width, height }: Size) =>
  box.x - box.width / 2 >= frameGap &&
  box.x + box.width / 2 <= width - frameGap &&
  box.y - box.height / 2 >= frameGap &&
  box.y + box.height / 2 <= height - frameGap

/**
 * Labels beside their points, each on the side where it covers fewest of the obstacles, none on another as far as
 * that can be; right and above are preferred.
 */
export function besidePoints(
  labels: readonly PointLabel[],
  frame: Size,
  obstacles: readonly Pixel[],
  fontSize: number,
): PlacedLabel[] {
  const taken: Rectangle[] = []
  return labels.map(({ text, colour, at }) => {
    const { width, height } = rectangleOf(text, fontSize, at)
    const [beside, above] = [width / 2 + symbolGap, height / 2 + symbolGap]
    const sides = [
      [1, 0],
      [0, -1],
      [-1, 0],
      [0, 1],
      [0.8, -0.8],
      [-0.8, -0.8],
      [0.8, 0.8],
      [-0.8, 0.8],
    ] as const
    const ranked = sides.map(([x, y], rank) => {
      const box = { x: at.x + x * beside, y: at.y + y * above, width, height }
      const covered = obstacles.filter(other => holds(box, other)).length
      const clashes = taken.filter(other => overlap(box, other)).length
      return { box, cost: covered + 0.1 * rank + 1e3 * clashes + (fits(box, frame) ? 0 : 1e6) }
    })
    const best = ranked.reduce((least, next) => (next.cost < least.cost ? next : least)).box
    taken.push(best)
    return { text, colour, x: best.x, y: best.y }
  })
}

/** Places tried along each side of the frame. */
const tries = 40

/**
 * Where a text stands in the middle of the largest free part of a region; undefined where it fits nowhere.
 * @param isIn whether a place belongs to the region
 */
export function withinRegion(
  text: string,
  isIn: (at: Pixel) => boolean,
  frame: MapFrame,
  obstacles: readonly Pixel[],
  fontSize: number,
): Pixel | undefined {
  const places = Array.from(
    { length: tries * tries },
    (_, i): Pixel => ({
      x: ((i % tries) + 0.5) * (frame.width / tries),
      y: (Math.floor(i / tries) + 0.5) * (frame.height / tries),
    }),
  )
  const inside = places.filter(isIn)
  const blocked = [...places.filter(at => !isIn(at)), ...obstacles]
  let best: { readonly at: Pixel; readonly room: number } | undefined
  for (const at of inside) {
    const box = rectangleOf(text, fontSize, at)
    if (!fits(box, frame) || blocked.some(other => holds(box, other))) continue
    const toEdge = Math.min(at.x, frame.width - at.x, at.y, frame.height - at.y)
    let room = toEdge ** 2
    for (const other of blocked) room = Math.min(room, squaredDistance(at, other))
    if (best === undefined || room > best.room) best = { at, room }
  }
  return best?.at
}
