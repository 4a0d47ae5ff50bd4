import type { LegendEntry } from '../legend.js'
import { type BarePanel, type Box, boxSize, legendHeight, type Panel } from '../panels.js'
import type { Theme } from '../theme.js'

/** Px of a square frame's side by the number of columns. */
const sides = [470, 390, 300] as const
/** Height of a wide frame over its width. */
const wideHeight = 0.62
/** Px of the colour bar, between rows, above the first row, and left and right of the legend. */
const [barHeight, rowGap, topGap, legendGap] = [14, 16, 8, 32] as const
/** Px above a frame for the labels of its markers. */
const markerRoom = 20

/** A panel with the shape of its frame. */
export interface ShapedPanel {
  readonly panel: BarePanel
  readonly shape: 'square' | 'wide'
}

/** Where everything of a figure is. */
export interface Arrangement {
  readonly width: number
  readonly height: number
  readonly panels: readonly Panel[]
  readonly legend: { readonly box: Box; readonly entries: readonly LegendEntry[] }
}

/** Px of the side of a square frame, by the number of panels. */
export const sideOf = (panels: number) => sides[columnsOf(panels) - 1]!

/** At most three columns, and two for four panels. */
const columnsOf = (panels: number) => (panels === 4 ? 2 : Math.min(3, Math.max(1, panels)))

/** Panels in rows, under them the colour bar and the legend, side by side if there is room. */
export function arrange(
  shaped: readonly ShapedPanel[],
  bar: BarePanel | undefined,
  entries: readonly LegendEntry[],
  theme: Theme,
): Arrangement {
  const columns = columnsOf(shaped.length)
  const side = sideOf(shaped.length)
  const panels: Panel[] = []
  let y: number = topGap
  for (let first = 0; first < shaped.length; first += columns) {
    const row = shaped.slice(first, first + columns)
    const boxes = row.map(({ panel, shape }, i) => {
      const height = shape === 'square' ? side : Math.round(wideHeight * side)
      const box = boxSize({ width: side, height, headed: true })
      const labels = panel.markers?.length ? markerRoom : 0
      return { x: i * box.width, y, width: box.width, height: box.height + labels }
    })
    for (const [i, { panel }] of row.entries()) {
      const letter = shaped.length > 1 ? { letter: String.fromCharCode(97 + first + i) } : {}
      panels.push({ ...panel, ...letter, box: boxes[i]! })
    }
    y += Math.max(...boxes.map(({ height }) => height)) + rowGap
  }
  const column = boxSize({ width: side, height: side, headed: true }).width
  return withFoot({ panels, y, width: columns * column, column }, bar, entries, theme)
}

interface Body {
  readonly panels: readonly Panel[]
  readonly y: number
  readonly width: number
  readonly column: number
}

function withFoot(
  { panels, y, width, column }: Body,
  bar: BarePanel | undefined,
  entries: readonly LegendEntry[],
  theme: Theme,
): Arrangement {
  const barBox = { ...boxSize({ width: column, height: barHeight, headed: false }), x: 0, y, width: column }
  const beside = bar !== undefined && width > column
  const left = (beside ? column : 0) + legendGap
  const legendTop = bar === undefined || beside ? y : y + barBox.height + 4
  const legendWidth = width - left - legendGap / 2
  const legendBottom = legendTop + legendHeight(entries, legendWidth, theme)
  const bottom = Math.max(legendBottom, bar === undefined ? 0 : y + barBox.height)
  return {
    width,
    height: bottom + topGap,
    panels: bar === undefined ? panels : [...panels, { ...bar, box: barBox }],
    legend: { box: { x: left, y: legendTop, width: legendWidth, height: legendBottom - legendTop }, entries },
  }
}
