import type { LineStyle } from './marks.js'
import { element, type FigureContext, textWidth } from './svg.js'
import type { Theme } from './theme.js'

/** A line as it is drawn, or the colour of a point, and what it stands for. */
export type LegendEntry = { readonly label: string } & (
  | { readonly line: LineStyle }
  | { readonly point: string }
)

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

function drawSign(entry: LegendEntry, { document }: FigureContext): SVGElement {
  if ('point' in entry)
    return element(document, 'circle', { cx: signWidth / 2, cy: 0, r: 4, fill: entry.point })
  const { stroke, strokeWidth, strokeDasharray = 'none' } = entry.line
  return element(document, 'line', {
    x2: signWidth,
    stroke,
    'stroke-width': strokeWidth,
    'stroke-dasharray': strokeDasharray,
  })
}
