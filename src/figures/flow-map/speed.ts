import * as Plot from '@observablehq/plot'
import type { FlowMap } from '../../dynamics/flow-map.js'
import { formatNumber } from '../numbers.js'
import type { BarePanel } from '../panels.js'
import type { Theme } from '../theme.js'
import { extent } from '../thinning.js'

/** Speed as colour: bands of equal ratio, the same in all maps of a figure. */
export interface SpeedScale {
  /** Edges of the bands, ascending, one more than there are bands; what is slower lies in the first. */
  readonly edges: readonly number[]
  readonly colours: readonly string[]
}

/** The most that the fastest is faster than the first band's lower edge. */
const greatestRatio = 100

/** The scale of several maps, from slowest to fastest on their grids. */
export function speedScale(maps: readonly Pick<FlowMap, 'speed'>[], { speeds }: Theme): SpeedScale {
  const [low, high] = extent(...maps.map(({ speed }) => speed.filter(value => value > 0)))
  // A flow of one speed still needs bands.
  const top = high > low ? high : 2 * high
  const bottom = Math.max(low, top / greatestRatio)
  const edges = Array.from(
    { length: speeds.length + 1 },
    (_, i) => bottom * (top / bottom) ** (i / speeds.length),
  )
  return { edges, colours: speeds }
}

/** The colour of a speed. */
export function speedColour(speed: number, { edges, colours }: SpeedScale): string {
  const band = edges.findLastIndex(edge => speed >= edge)
  return colours[Math.min(colours.length - 1, Math.max(0, band))]!
}

/** The bands of a plane map, each painted over the slower ones. */
export function speedBands({ grid, speed }: FlowMap, { edges, colours }: SpeedScale): Plot.Markish[] {
  const values = Array.from(speed, value => Math.log(Math.max(value, Number.MIN_VALUE)))
  const place = contourGrid(grid)
  const ground = { x1: grid[0]![0]!, x2: grid[0]!.at(-1)!, y1: grid[1]![0]!, y2: grid[1]!.at(-1)! }
  return [
    Plot.rect([ground], { ...ground, fill: colours[0]!, clip: true }),
    ...colours.slice(1).map((fill, i) =>
      Plot.contour(values, {
        ...place,
        value: (value: number) => value,
        thresholds: [Math.log(edges[i + 1]!)],
        fill,
        clip: true,
      }),
    ),
  ]
}

/** Lines of a map on which a value has given levels. */
export function levelLines(
  { grid }: FlowMap,
  values: Float64Array,
  levels: readonly number[],
  style: Plot.ContourOptions,
): Plot.Markish {
  const thresholds = [...levels]
  return Plot.contour(padded(values, grid), {
    ...contourGrid(grid.map(paddedAxis)),
    value: (value: number) => value,
    thresholds,
    clip: true,
    ...style,
  })
}

/** Cells beyond the grid: a contour closes along the edge of its grid, which must lie well outside the frame. */
const padding = 4

function paddedAxis(axis: Float64Array): Float64Array {
  const [first, cell] = [axis[0]!, axis[1]! - axis[0]!]
  return Float64Array.from({ length: axis.length + 2 * padding }, (_, i) => first + (i - padding) * cell)
}

/** Values of a grid with those at its edges repeated beyond them. */
function padded(values: Float64Array, [columns, rows]: readonly Float64Array[]): number[] {
  const [width, height] = [columns!.length, rows!.length]
  const within = (i: number, count: number) => Math.min(count - 1, Math.max(0, i - padding))
  return Array.from({ length: (width + 2 * padding) * (height + 2 * padding) }, (_, index) => {
    const [row, column] = [Math.floor(index / (width + 2 * padding)), index % (width + 2 * padding)]
    return values[within(row, height) * width + within(column, width)]!
  })
}

/**
 * Where the values of a grid lie, for contours: they take values as those of pixels, so the edges are half a cell
 * beyond the grid. Without x and y they take values as they are; else they would interpolate them first.
 */
function contourGrid([columns, rows]: readonly Float64Array[]) {
  const [x1, x2] = outerEdges(columns!)
  const [y1, y2] = outerEdges(rows!)
  return { x: null, y: null, x1, x2, y1, y2, width: columns!.length, height: rows!.length }
}

function outerEdges(grid: Float64Array): [number, number] {
  const half = (grid[1]! - grid[0]!) / 2
  return [grid[0]! - half, grid.at(-1)! + half]
}

/** The colours of a scale with their speeds. */
export function colourBar({ edges, colours }: SpeedScale, label: string): BarePanel {
  // Each over the one before, as in the maps, so that no seams show.
  const bands = colours.map((fill, i) => ({ x1: edges[i]!, x2: edges.at(-1)!, fill }))
  return {
    x: {
      domain: [edges[0]!, edges.at(-1)!],
      scale: 'log',
      label,
      ticks: ticksOf(edges),
      format: formatNumber,
    },
    y: { domain: [0, 1], ticks: [] },
    marks: bands.map(({ x1, x2, fill }) => Plot.rect([0], { x1, x2, y1: 0, y2: 1, fill })),
  }
}

/** Round speeds within the bar: 1, 2, 5 of every power of ten, or, where those are many, powers alone. */
function ticksOf(edges: readonly number[]): number[] {
  const [low, high] = [edges[0]!, edges.at(-1)!]
  const powers = Array.from(
    { length: Math.floor(Math.log10(high)) - Math.floor(Math.log10(low)) + 1 },
    (_, i) => Math.floor(Math.log10(low)) + i,
  )
  const within = (mantissas: readonly number[]) =>
    powers
      .flatMap(power => mantissas.map(mantissa => Number(`${mantissa}e${power}`)))
      .filter(value => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9))
  const choices = [[1], [1, 3], [1, 2, 5], [1, 1.5, 2, 3, 5, 7]].map(within)
  return choices.find(({ length }) => length >= 3) ?? choices.at(-1)!
}
