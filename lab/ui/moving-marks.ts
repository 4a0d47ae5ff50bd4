import type { Axis } from '../../src/figures/axis.js'
import type { Box } from '../../src/figures/panels.js'
import { element, type FigureContext } from '../../src/figures/svg.js'
import type { MovingMark } from './picture-spec.js'

/** Draws moving marks over a frame; those outside of it are left out. */
export function movingMarks(
  marks: readonly MovingMark[],
  frame: Box,
  axes: { readonly x: Axis; readonly y: Axis },
  { document, theme }: FigureContext,
): SVGElement[] {
  return marks.flatMap(({ kind, x, y, colour, opacity = 1 }) => {
    const px = frame.x + frame.width * share(x, axes.x)
    const fill = theme.colours[colour]
    if (!(px >= frame.x - 1 && px <= frame.x + frame.width + 1)) return []
    if (kind === 'rule') {
      const ends = { x1: px, x2: px, y1: frame.y, y2: frame.y + frame.height }
      return [element(document, 'line', { ...ends, stroke: fill, 'stroke-width': 1.5 })]
    }
    const shown = Math.min(1.04, Math.max(-0.04, share(y ?? 0, axes.y)))
    const py = frame.y + frame.height * (1 - shown)
    if (!Number.isFinite(py)) return []
    const place = { transform: `translate(${px.toFixed(2)},${py.toFixed(2)})`, opacity }
    const outline = { stroke: theme.colours.paper, 'stroke-width': 1.5 }
    if (kind === 'halo') {
      const halo = { r: 11, fill: 'none', stroke: fill, 'stroke-width': 2.5 }
      return [element(document, 'circle', { ...place, ...halo })]
    }
    if (kind === 'dot') return [element(document, 'circle', { ...place, r: 6, fill, ...outline })]
    if (kind === 'ring') {
      const ring = { r: 5, fill: theme.colours.paper, stroke: fill, 'stroke-width': 2 }
      return [element(document, 'circle', { ...place, ...ring })]
    }
    const path = kind === 'diamond' ? 'M0,-8L8,0L0,8L-8,0Z' : 'M-6,-6L6,-6L0,5Z'
    return [element(document, 'path', { ...place, d: path, fill, ...outline })]
  })
}

/** Where a value lies on its axis, from 0 to 1; outside of that, and NaN, off the axis. */
function share(value: number, { domain: [low, high], scale }: Axis): number {
  if (scale !== 'log') return (value - low) / (high - low)
  return Math.log(value / low) / Math.log(high / low)
}
