import type { FlowMap, MappedPoint } from '../../dynamics/flow-map.js'

/** The frame of a map: which coordinates it shows, and on how many px. */
export interface MapFrame {
  readonly x: readonly [number, number]
  readonly y: readonly [number, number]
  readonly width: number
  readonly height: number
}

/** Px from the frame's top left corner, y downwards. */
export interface Pixel {
  readonly x: number
  readonly y: number
}

/** The frame that shows the whole grid of a plane map. */
export function mapFrame(
  { grid }: FlowMap,
  size: { readonly width: number; readonly height: number },
): MapFrame {
  const [x, y] = grid.map((values): [number, number] => [values[0]!, values.at(-1)!])
  return { x: x!, y: y!, ...size }
}

/** Where coordinates lie. */
export function toPixel({ x, y, width, height }: MapFrame, at: ArrayLike<number>): Pixel {
  return {
    x: ((at[0]! - x[0]) / (x[1] - x[0])) * width,
    y: ((y[1] - at[1]!) / (y[1] - y[0])) * height,
  }
}

/** The coordinates of a place. */
export function fromPixel({ x, y, width, height }: MapFrame, at: Pixel): [number, number] {
  return [x[0] + (at.x / width) * (x[1] - x[0]), y[1] - (at.y / height) * (y[1] - y[0])]
}

/** The square of the distance in px: distances are compared by the thousand. */
export function squaredDistance(a: Pixel, b: Pixel): number {
  return (a.x - b.x) ** 2 + (a.y - b.y) ** 2
}

/** Whether a place lies in the frame, `inset` px or more from its edges. */
export function isInside({ width, height }: MapFrame, { x, y }: Pixel, inset = 0): boolean {
  return x >= inset && y >= inset && x <= width - inset && y <= height - inset
}

/** The slow points of a map that lie within its grid. */
export function shownPoints({ grid, points }: FlowMap): MappedPoint[] {
  return points.filter(({ at }) =>
    grid.every((values, k) => at[k]! >= values[0]! && at[k]! <= values.at(-1)!),
  )
}

/** A value on the grid of a plane, bilinear between grid points; at the nearest edge outside. */
export function interpolate({ grid }: FlowMap, values: Float64Array, at: ArrayLike<number>): number {
  const [columns, rows] = grid
  const [i, u] = cellOf(columns!, at[0]!)
  const [j, v] = cellOf(rows!, at[1]!)
  const value = (di: number, dj: number) => values[(j + dj) * columns!.length + i + di]!
  return (1 - v) * ((1 - u) * value(0, 0) + u * value(1, 0)) + v * ((1 - u) * value(0, 1) + u * value(1, 1))
}

/** The cell of an even grid that holds a coordinate, and how far into it, 0 … 1. */
export function cellOf(grid: Float64Array, at: number): [number, number] {
  const cells = grid.length - 1
  const place = ((at - grid[0]!) / (grid[cells]! - grid[0]!)) * cells
  const cell = Math.min(cells - 1, Math.max(0, Math.floor(place)))
  return [cell, Math.min(1, Math.max(0, place - cell))]
}
