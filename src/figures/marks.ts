import * as Plot from '@observablehq/plot'
import type { Axis } from './axis.js'

import type { Theme } from './theme.js'
import { thin } from './thinning.js'

/** Marks that mean the same in every figure. */

/** How a line is drawn. */
export interface LineStyle {
  readonly stroke: string
  readonly strokeWidth: number
  readonly strokeDasharray?: string
  readonly strokeLinecap?: 'round'
}

/** A line through points, thinned, cut at the frame; values that have no place on the axes leave a gap. */
export function curve(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  axes: { readonly x: Axis; readonly y: Axis },
  style: LineStyle,
): Plot.Markish {
  const kept = thin(x, y, { window: axes.x.domain, logarithmic: axes.x.scale === 'log' })
  return Plot.line(kept, {
    x: i => onAxis(x[i]!, axes.x),
    y: i => onAxis(y[i]!, axes.y),
    clip: true,
    strokeLinejoin: 'round',
    ...style,
  })
}

/** The area between two curves. */
export function band(
  x: ArrayLike<number>,
  low: ArrayLike<number>,
  high: ArrayLike<number>,
  axes: { readonly x: Axis; readonly y: Axis },
  fill: string,
): Plot.Markish {
  return Plot.areaY([...Array(x.length).keys()], {
    x: i => onAxis(x[i]!, axes.x),
    y1: i => onAxis(low[i]!, axes.y),
    y2: i => onAxis(high[i]!, axes.y),
    clip: true,
    fill,
    fillOpacity: 0.18,
  })
}

/**
 * A value that can be drawn: one far outside the frame is drawn less far outside, so that paths keep to
 * sizes every renderer can take; on a logarithmic axis, 0 and less lie below the frame.
 */
function onAxis(value: number, { domain: [low, high], scale }: Axis): number {
  if (Number.isNaN(value)) return value
  if (scale === 'log') {
    const factor = high / low
    return Math.min(high * factor, Math.max(low / factor, value))
  }
  const span = high - low
  return Math.min(high + 5 * span, Math.max(low - 5 * span, value))
}

/** A shaded rectangle, across the whole frame in the direction that is not given. */
export function shading(
  area: { readonly x1: number; readonly x2: number } | { readonly y1: number; readonly y2: number },
  fill: string,
): Plot.Markish {
  return Plot.rect([area], { ...area, fill, clip: true })
}

/** A level line across the frame. */
export function levelRule(y: number, style: LineStyle): Plot.Markish {
  return Plot.ruleY([y], { ...style, clip: true })
}

/** A vertical line through the frame. */
export function verticalRule(x: number, style: LineStyle): Plot.Markish {
  return Plot.ruleX([x], { ...style, clip: true })
}

/** Fixed points on a zero line: filled if stable, open if unstable. */
export function fixedPointMarks(
  points: readonly { readonly x: number; readonly stable: boolean }[],
  { colours }: Theme,
): Plot.Markish {
  return Plot.dot(points, {
    x: 'x',
    y: () => 0,
    r: 4.5,
    fill: point => (point.stable ? colours.ink : colours.paper),
    stroke: colours.ink,
    strokeWidth: 1.75,
    clip: true,
  })
}

/** The diamond of a ghost. */
export function ghostMark(x: number, y: number, { colours }: Theme): Plot.Markish {
  return Plot.dot([{ x, y }], {
    x: 'x',
    y: 'y',
    symbol: 'diamond',
    r: 6,
    fill: colours.ghost,
    stroke: colours.paper,
    strokeWidth: 1,
  })
}

/** The square of a slow point that is no ghost. */
export function slowMark(x: number, y: number, { colours }: Theme): Plot.Markish {
  const square = {
    symbol: 'square',
    r: 4,
    fill: colours.muted,
    stroke: colours.paper,
    strokeWidth: 1,
  } as const
  return Plot.dot([{ x, y }], { x: 'x', y: 'y', ...square })
}

/** The triangle of an initial state, its tip on the zero line. */
export function startMark(x: number, { colours }: Theme): Plot.Markish {
  return Plot.dot([x], {
    x: d => d,
    y: () => 0,
    dy: -6,
    symbol: 'triangle',
    rotate: 180,
    r: 4.5,
    fill: colours.measurement,
    stroke: colours.paper,
    strokeWidth: 1,
    clip: true,
  })
}

/** Where a note stands beside its point, and the colour of what it stands on, paper unless given. */
export interface NoteOptions
  extends Pick<Plot.TextOptions, 'dx' | 'dy' | 'textAnchor' | 'lineAnchor' | 'fontWeight' | 'strokeWidth'> {
  readonly halo?: string
}

/** A text beside a point, with a halo so that it stays readable on a line. */
export function note(
  text: string,
  at: { readonly x: number; readonly y: number },
  colour: string,
  theme: Theme,
  { halo = theme.colours.paper, ...options }: NoteOptions = {},
): Plot.Markish {
  return Plot.text([{ ...at, text }], {
    x: 'x',
    y: 'y',
    text: 'text',
    fontSize: theme.fontSize.tick,
    fill: colour,
    stroke: halo,
    strokeWidth: 3,
    lineHeight: 1.3,
    ...options,
  })
}

/** A text in a corner of the frame. */
export function cornerNote(
  text: string,
  corner: 'top-left' | 'top-right',
  { fontSize, colours }: Theme,
): Plot.Markish {
  const dx = corner === 'top-left' ? 8 : -8
  const halo = { stroke: colours.paper, strokeWidth: 3 }
  return Plot.text([text], {
    frameAnchor: corner,
    dx,
    dy: 5,
    fontSize: fontSize.tick,
    lineHeight: 1.3,
    fill: colours.muted,
    ...halo,
  })
}

/** Arrow heads on the zero line in the direction of the flow, none on top of a fixed point. */
export function directionMarks(
  x: ArrayLike<number>,
  velocity: ArrayLike<number>,
  { domain, avoid }: { readonly domain: readonly [number, number]; readonly avoid: readonly number[] },
  { colours }: Theme,
): Plot.Markish {
  const count = 9
  const spacing = (domain[1] - domain[0]) / count
  const arrows: { x: number; rotate: number }[] = []
  for (let i = 0; i < count; i++) {
    const at = domain[0] + (i + 0.5) * spacing
    const speed = velocity[nearestIndex(x, at)] ?? 0
    const free = avoid.every(point => Math.abs(point - at) > 0.45 * spacing)
    if (free && Math.abs(speed) > 0) arrows.push({ x: at, rotate: speed > 0 ? 90 : -90 })
  }
  return Plot.dot(arrows, {
    x: 'x',
    y: () => 0,
    symbol: 'triangle',
    rotate: 'rotate',
    r: 4,
    fill: colours.muted,
  })
}

function nearestIndex(x: ArrayLike<number>, at: number): number {
  let nearest = 0
  for (let i = 1; i < x.length; i++) if (Math.abs(x[i]! - at) < Math.abs(x[nearest]! - at)) nearest = i
  return nearest
}
