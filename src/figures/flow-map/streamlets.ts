import type { FlowMap } from '../../dynamics/flow-map.js'
import { fromPixel, interpolate, isInside, type MapFrame, type Pixel, squaredDistance } from './frame.js'

/**
 * Short, evenly spaced stretches of the flow on a plane, each ending in an arrow head: directions that bend as the
 * flow bends. They grow from seeds all over the frame until they come near another, as in B. Jobard and W. Lefer,
 * Creating evenly-spaced streamlines of arbitrary density (1997), but no longer than a few tens of px.
 */

/** A stretch of the flow in px, in the direction of the flow. */
export type Streamlet = readonly Pixel[]

/** Px² of the frame for each seed. */
const seedArea = 60
/** Px of the least distance to another streamlet, of the step, and of the least and the greatest length. */
const [clearance, step, shortest, longest] = [13, 2, 18, 44]
/** Px that are left free at the edges of the frame. */
const edge = 4

/** @param avoid places in px that streamlets keep clear of, with the distance */
export function streamlets(
  map: FlowMap,
  frame: MapFrame,
  avoid: readonly { readonly at: Pixel; readonly by: number }[] = [],
): Streamlet[] {
  const drawn = new Neighbourhood(frame, clearance)
  const free = (at: Pixel) =>
    isInside(frame, at, edge) &&
    !drawn.hasNear(at) &&
    avoid.every(({ at: taken, by }) => squaredDistance(at, taken) > by ** 2)
  const found: Streamlet[] = []
  for (const seed of seedsOf(frame)) {
    if (!free(seed)) continue
    const half = longest / 2
    const back = grow(map, frame, seed, -1, half, free)
    const streamlet = [...back.reverse(), seed, ...grow(map, frame, seed, 1, half, free)]
    if ((streamlet.length - 1) * step < shortest) continue
    for (const at of streamlet) drawn.add(at)
    found.push(streamlet)
  }
  return found
}

/**
 * Seeds that fill the frame evenly, near ones late after one another, so that streamlets form no rows: the sequence
 * of M. Roberts (2018), multiples of 1/g and 1/g² modulo 1 with g³ = g + 1.
 */
function seedsOf({ width, height }: MapFrame): Pixel[] {
  const count = Math.round((width * height) / seedArea)
  return Array.from({ length: count }, (_, i) => ({
    x: ((0.5 + i / plasticNumber) % 1) * width,
    y: ((0.5 + i / plasticNumber ** 2) % 1) * height,
  }))
}

const plasticNumber = 1.324717957244746

/** Follows the flow from a seed, forwards or backwards, by the midpoint rule. */
function grow(
  map: FlowMap,
  frame: MapFrame,
  seed: Pixel,
  sense: 1 | -1,
  length: number,
  free: (at: Pixel) => boolean,
): Pixel[] {
  const grown: Pixel[] = []
  let at = seed
  for (let done = 0; done < length; done += step) {
    const first = direction(map, frame, at)
    if (first === undefined) break
    const middle = direction(map, frame, moved(at, first, (sense * step) / 2))
    if (middle === undefined || first.x * middle.x + first.y * middle.y < 0) break
    at = moved(at, middle, sense * step)
    if (!free(at)) break
    grown.push(at)
  }
  return grown
}

const moved = (at: Pixel, by: Pixel, length: number): Pixel => ({
  x: at.x + length * by.x,
  y: at.y + length * by.y,
})

/** The direction of the flow in px, of length 1; undefined where it stands still. */
function direction(map: FlowMap, frame: MapFrame, at: Pixel): Pixel | undefined {
  const coordinates = fromPixel(frame, at)
  const [x, y] = map.velocity.map(values => interpolate(map, values, coordinates))
  const dx = (x! * frame.width) / (frame.x[1] - frame.x[0])
  const dy = (-y! * frame.height) / (frame.y[1] - frame.y[0])
  const length = Math.hypot(dx, dy)
  return length > 0 ? { x: dx / length, y: dy / length } : undefined
}

/** Points in square cells, so that only near ones are looked at. */
class Neighbourhood {
  private readonly columns: number
  private readonly cells = new Map<number, Pixel[]>()

  constructor(
    { width }: MapFrame,
    private readonly radius: number,
  ) {
    this.columns = Math.ceil(width / radius) + 3
  }

  private cell({ x, y }: Pixel): number {
    return Math.floor(y / this.radius) * this.columns + Math.floor(x / this.radius)
  }

  add(at: Pixel): void {
    const cell = this.cell(at)
    const held = this.cells.get(cell)
    if (held === undefined) this.cells.set(cell, [at])
    else held.push(at)
  }

  hasNear(at: Pixel): boolean {
    const cell = this.cell(at)
    for (const row of [-this.columns, 0, this.columns]) {
      for (const column of [-1, 0, 1]) {
        const near = this.cells.get(cell + row + column) ?? []
        if (near.some(other => squaredDistance(at, other) < this.radius ** 2)) return true
      }
    }
    return false
  }
}
