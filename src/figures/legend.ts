import type { LineStyle } from './marks.js'
import { element, type FigureContext, textWidth } from './svg.js'
import type { Theme } from './theme.js'

/** A line, an area or a symbol as the figure draws it, and what it stands for. */
export type LegendEntry = { readonly label: string } & (
  | { readonly line: LineStyle }
  | { readonly area: string }
  | { readonly symbol: LegendSymbol; readonly colour: string }
)

/**
 * Symbols that stand in legends: filled, open and crossed circle, a ghost's diamond, filled and open, a start's
 * triangle, a slow point's square; a tick, a cross and dots for what is done, lost and under way.
 */
export type LegendSymbol =
  | 'dot'
  | 'ring'
  | 'crossed-ring'
  | 'diamond'
  | 'open-diamond'
  | 'triangle'
  | 'square'
  | 'tick'
  | 'ringed-tick'
  | 'cross'
  | 'dots'

/** Px of a sign, and of the gaps after it and after its label. */
const [signWidth, signGap, entryGap] = [18, 6, 16]

const entryWidth = ({ label }: LegendEntry, theme: Theme) =>
  signWidth + signGap + textWidth(label, theme.fontSize.tick) + entryGap

/** Breaks a legend into rows no wider than `width` px; every row has at least one entry. */
export function legendRows(entries: readonly LegendEntry[], width: number, theme: Theme): LegendEntry[][] {
  const rows: LegendEntry[][] = []
  let used = Infinity
  for (const entry of entries) {
    const wanted = entryWidth(entry, theme)
    if (used + wanted - entryGap > width) {
      rows.push([])
      used = 0
    }
    rows.at(-1)!.push(entry)
    used += wanted
  }
  return rows
}

/** Draws rows of a legend, the first with its top at `top`. */
export function drawLegend(
  rows: readonly (readonly LegendEntry[])[],
  { left, top, rowHeight }: { readonly left: number; readonly top: number; readonly rowHeight: number },
  context: FigureContext,
): SVGGElement[] {
  const { document, theme } = context
  return rows.flatMap((row, index) => {
    let x = left
    return row.map(entry => {
      const place = `translate(${Math.round(x)},${top + index * rowHeight + rowHeight / 2})`
      x += entryWidth(entry, theme)
      const label = {
        x: signWidth + signGap,
        y: 4,
        'font-size': theme.fontSize.tick,
        fill: theme.colours.ink,
      }
      return element(
        document,
        'g',
        { transform: place },
        drawSign(entry, context),
        element(document, 'text', label, entry.label),
      )
    })
  })
}

function drawSign(entry: LegendEntry, { document, theme }: FigureContext): SVGElement {
  if ('area' in entry)
    return element(document, 'rect', { y: -5, width: signWidth, height: 10, fill: entry.area })
  if ('symbol' in entry) return drawSymbol(entry.symbol, entry.colour, { document, theme })
  const { stroke, strokeWidth, strokeDasharray = 'none', strokeLinecap = 'butt' } = entry.line
  return element(document, 'line', {
    x2: signWidth,
    stroke,
    'stroke-width': strokeWidth,
    'stroke-dasharray': strokeDasharray,
    'stroke-linecap': strokeLinecap,
  })
}

/** A legend's symbol; its middle is 9 px right of its origin unless given. */
export function drawSymbol(
  symbol: LegendSymbol,
  colour: string,
  { document, theme }: FigureContext,
  middle = signWidth / 2,
): SVGElement {
  const outline = { fill: theme.colours.paper, stroke: colour, 'stroke-width': 1.75 }
  switch (symbol) {
    case 'dot':
      return element(document, 'circle', { cx: middle, r: 4.5, fill: colour })
    case 'ring':
      return element(document, 'circle', { cx: middle, r: 4, ...outline })
    case 'crossed-ring': {
      const circle = `M${middle - 4.5},0a4.5,4.5,0,1,1,9,0a4.5,4.5,0,1,1,-9,0`
      return element(document, 'path', {
        d: `${circle}M${middle - 3},-3l6,6M${middle - 3},3l6,-6`,
        ...outline,
      })
    }
    case 'open-diamond':
      return element(document, 'path', { d: `M${middle},-6l4,6l-4,6l-4,-6Z`, ...outline })
    case 'square':
      return element(document, 'rect', { x: middle - 3.5, y: -3.5, width: 7, height: 7, fill: colour })
    case 'diamond':
      return element(document, 'path', { d: `M${middle},-7l4.5,7l-4.5,7l-4.5,-7Z`, fill: colour })
    case 'triangle':
      return element(document, 'path', { d: `M${middle - 5},-4h10l-5,9Z`, fill: colour })
    default:
      return drawStatus(symbol, colour, { document, theme }, middle)
  }
}

/** Signs for how far something has come: strokes alone. */
function drawStatus(
  symbol: 'tick' | 'ringed-tick' | 'cross' | 'dots',
  colour: string,
  { document }: FigureContext,
  middle: number,
): SVGElement {
  const stroke = { fill: 'none', stroke: colour, 'stroke-width': 2, 'stroke-linecap': 'round' }
  switch (symbol) {
    case 'tick':
      return element(document, 'path', { d: `M${middle - 5},0l3.5,4l6.5,-8`, ...stroke })
    case 'ringed-tick': {
      const circle = `M${middle - 7},0a7,7,0,1,1,14,0a7,7,0,1,1,-14,0`
      const tick = `M${middle - 3.5},0.5l2.5,2.5l4.5,-5.5`
      return element(document, 'path', { d: `${circle}${tick}`, ...stroke, 'stroke-width': 1.6 })
    }
    case 'cross':
      return element(document, 'path', { d: `M${middle - 4},-4l8,8m0,-8l-8,8`, ...stroke })
    case 'dots':
      return element(document, 'path', {
        d: `M${middle - 5},0h0m5,0h0m5,0h0`,
        ...stroke,
        'stroke-width': 2.6,
      })
  }
}
