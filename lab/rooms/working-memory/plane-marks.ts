import type * as Plot from '@observablehq/plot'
import type { FlowMap } from '../../../src/dynamics/flow-map.js'
import { type MapFrame, mapFrame, shownPoints, toPixel } from '../../../src/figures/flow-map/frame.js'
import { decisionStyle, leavingNote, type PathStyles } from '../../../src/figures/flow-map/plane.js'
import { levelLines, type SpeedScale, speedBands } from '../../../src/figures/flow-map/speed.js'
import { symbolLegend, symbolOf } from '../../../src/figures/flow-map/symbols.js'
import { drawSymbol, type LegendSymbol } from '../../../src/figures/legend.js'
import { element } from '../../../src/figures/svg.js'
import type { Theme } from '../../../src/figures/theme.js'
import type { PlaneLayout } from '../../work/plane-layout.js'

/**
 * The marks of a plane map whose layout a worker has made: the same picture as the figures' `planeMarks`, in a few
 * elements instead of many hundreds, so that it is drawn between two frames.
 */
export function laidOutMarks(
  map: FlowMap,
  layout: PlaneLayout,
  { scale, styles }: { readonly scale: SpeedScale; readonly styles: PathStyles },
  theme: Theme,
): Plot.Markish[] {
  const { decision } = map
  const casing = { stroke: theme.colours.paper, strokeWidth: 4, strokeOpacity: 0.8 }
  const lines =
    decision === undefined
      ? []
      : [casing, { ...decisionStyle(theme) }].map(style =>
          levelLines(map, decision.values, decision.levels, style),
        )
  const frame = mapFrame(map, layout.size)
  return [
    ...speedBands(map, scale),
    overlay(() => streamletElements(layout, theme)),
    ...lines,
    overlay(() => [
      ...pathElements(map, frame, styles, theme),
      ...pointElements(map, frame, theme),
      ...labelElements(layout, theme),
    ]),
    leavingNote(map, theme),
  ]
}

/** Elements in px from the frame's corner. */
function overlay(draw: () => SVGElement[]): Plot.Markish {
  return (_index, _scales, _values, { marginLeft, marginTop }) => {
    const place = { transform: `translate(${marginLeft},${marginTop})` }
    return element(document, 'g', place, ...draw())
  }
}

function streamletElements({ streamlets }: PlaneLayout, { colours }: Theme): SVGElement[] {
  const { lines, heads } = streamlets
  const line = { fill: 'none', stroke: colours.ink, 'stroke-width': 0.9, 'stroke-opacity': 0.55 }
  return [
    element(document, 'path', { d: lines, ...line }),
    element(document, 'path', { d: heads, fill: colours.ink, 'fill-opacity': 0.7 }),
  ]
}

/** More states than this are a line, fewer a line with a dot for each: where they crowd, the passage is slow. */
const mostDots = 80

function pathElements(
  { paths }: FlowMap,
  frame: MapFrame,
  styles: PathStyles,
  { colours }: Theme,
): SVGElement[] {
  const round = { fill: 'none', 'stroke-linejoin': 'round', 'stroke-linecap': 'round' }
  return paths.flatMap(({ places, name }) => {
    const pixels = places.map(({ at }) => toPixel(frame, at))
    const { stroke, strokeWidth, strokeDasharray = 'none' } = styles.get(name)!
    const d = `M${pixels.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join('L')}`
    // A stroke of no length with round ends is a dot.
    const dots = pixels.map(({ x, y }) => `M${x.toFixed(1)},${y.toFixed(1)}h0`).join('')
    const start = pixels[0]
    return [
      element(document, 'path', {
        ...round,
        d,
        stroke: colours.paper,
        'stroke-width': 3.5,
        'stroke-opacity': 0.75,
      }),
      element(document, 'path', {
        ...round,
        d,
        stroke,
        'stroke-width': strokeWidth,
        'stroke-dasharray': strokeDasharray,
      }),
      ...(places.length > mostDots
        ? []
        : [element(document, 'path', { ...round, d: dots, stroke, 'stroke-width': 4 })]),
      ...(start === undefined ? [] : [symbolAt('triangle', stroke, start, colours.paper)]),
    ]
  })
}

function pointElements(map: FlowMap, frame: MapFrame, theme: Theme): SVGElement[] {
  return shownPoints(map).map(point => {
    const [entry] = symbolLegend(new Set([symbolOf(point, map.dimension)]), theme)
    const { symbol, colour } = entry as { symbol: LegendSymbol; colour: string }
    return symbolAt(symbol, colour, toPixel(frame, point.at), theme.colours.paper)
  })
}

/** A symbol a little larger than in a legend, ringed in paper so that it stands out of any colour. */
function symbolAt(
  symbol: LegendSymbol,
  colour: string,
  { x, y }: { readonly x: number; readonly y: number },
  paper: string,
): SVGElement {
  const place = { transform: `translate(${x.toFixed(1)},${y.toFixed(1)}) scale(1.2)` }
  const theme = { colours: { paper } } as Theme
  const drawn = () => drawSymbol(symbol, colour, { document, theme }, 0)
  const ring = drawn()
  for (const [name, value] of Object.entries({
    stroke: paper,
    'stroke-width': '4',
    'stroke-linejoin': 'round',
  })) {
    ring.setAttribute(name, value)
  }
  return element(document, 'g', place, ring, drawn())
}

function labelElements({ labels }: PlaneLayout, { colours, fontSize }: Theme): SVGElement[] {
  const style = {
    'text-anchor': 'middle',
    'font-size': fontSize.tick,
    'font-weight': 600,
    stroke: colours.paper,
    'stroke-width': 4,
    'stroke-linejoin': 'round',
    'paint-order': 'stroke',
  }
  return labels.map(({ text, colour, x, y }) =>
    element(document, 'text', { ...style, x, y, dy: '0.32em', fill: colours[colour] }, text),
  )
}
