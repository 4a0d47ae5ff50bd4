import * as Plot from '@observablehq/plot'
import type { Axis } from './axis.js'
import { drawLegend, type LegendEntry, legendRows } from './legend.js'
import { type PlacedMarker, placeMarkers, type VerticalMarker } from './marker-labels.js'
import { element, type FigureContext } from './svg.js'
import type { Theme } from './theme.js'

/**
 * Figures of several panels in one SVG. Each panel is drawn by Observable Plot; titles, letters, legends,
 * axis titles and the labels of vertical rules are placed here, where their sizes are known, because a
 * document outside a browser measures no text. Plot's style sheet is dropped and its clip paths renamed, so
 * that any number of figures can stand in one page, and the same data gives the same bytes.
 */

/** A rectangle in px. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** One pair of axes and what is drawn on them. */
export interface Panel {
  readonly box: Box
  readonly letter?: string
  readonly title?: string
  readonly legend?: readonly LegendEntry[]
  readonly x: Axis
  readonly y: Axis
  /** Shaded areas, under everything. */
  readonly areas?: readonly Plot.Markish[]
  readonly marks: readonly Plot.Markish[]
  /** Rules under `marks`, with labels above the frame; those outside the x axis are left out. */
  readonly markers?: readonly VerticalMarker[]
}

/** A panel that has no place yet. */
export type BarePanel = Omit<Panel, 'box' | 'letter'>

/** A whole figure. */
export interface Figure {
  /** Unique in the page. */
  readonly id: string
  readonly title: string
  /** What is seen, in words and numbers, for those who cannot see it. */
  readonly description: string
  readonly width: number
  readonly height: number
  readonly panels: readonly Panel[]
  /** A legend for all panels, from the top left corner of its box on. */
  readonly legend?: { readonly box: Box; readonly entries: readonly LegendEntry[] }
}

/** Where titles and legends begin, right of the letter. */
const headingLeft = 32
const titleHeight = 26
const legendRowHeight = 20
const laneHeight = 17
const [marginLeft, marginRight, headRoom] = [62, 20, 8]
/** Px under the frame for the numbers of an axis, and for its label. */
const [numbersHeight, labelHeight] = [22, 20]

/** The box of a panel whose frame has this size: with a label under its axis, without legend and markers. */
export function boxSize(frame: {
  readonly width: number
  readonly height: number
  readonly headed: boolean
}) {
  return {
    width: marginLeft + frame.width + marginRight,
    height: (frame.headed ? titleHeight : 0) + headRoom + frame.height + numbersHeight + labelHeight,
  }
}

/** Px that a legend's rows take. */
export function legendHeight(entries: readonly LegendEntry[], width: number, theme: Theme): number {
  return legendRows(entries, width, theme).length * legendRowHeight
}

/** Draws a figure. */
export function composeFigure(figure: Figure, context: FigureContext): SVGSVGElement {
  const { id, title, description, width, height, panels } = figure
  const { document, theme } = context
  const svg = element(
    document,
    'svg',
    {
      id,
      role: 'img',
      'aria-labelledby': `${id}-title`,
      'aria-describedby': `${id}-description`,
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      style: 'max-width: 100%; height: auto',
      'font-family': theme.fontFamily,
    },
    element(document, 'title', { id: `${id}-title` }, title),
    element(document, 'desc', { id: `${id}-description` }, description),
    element(document, 'rect', { width, height, fill: theme.colours.paper }),
    ...panels.map(panel => drawPanel(panel, context)),
    ...(figure.legend === undefined ? [] : drawSharedLegend(figure.legend, context)),
  )
  renameClips(svg, id)
  return svg
}

/** A legend in a box of its own, for a figure that has several. */
export function drawSharedLegend({ box, entries }: Required<Figure>['legend'], context: FigureContext) {
  const place = { left: box.x, top: box.y, rowHeight: legendRowHeight }
  return drawLegend(legendRows(entries, box.width, context.theme), place, context)
}

/** Where the frame of a panel lies, in px from the panel's top left corner, and what stands above it. */
interface Layout {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  readonly legend: readonly (readonly LegendEntry[])[]
  readonly markers: readonly PlacedMarker[]
}

/** Where the frame of a panel lies in its figure, in px. */
export function frameOf(panel: Panel, context: FigureContext): Box {
  const { left, right, top, bottom } = layOut(panel, context)
  const { x, y } = panel.box
  return { x: x + left, y: y + top, width: right - left, height: bottom - top }
}

function layOut(panel: Panel, { theme }: FigureContext): Layout {
  const { box, x, title, letter } = panel
  const [left, right] = [marginLeft, box.width - marginRight]
  const scale = Plot.scale({ x: { type: x.scale ?? 'linear', domain: [...x.domain], range: [left, right] } })
  const inside = (panel.markers ?? []).filter(({ at }) => at >= x.domain[0] && at <= x.domain[1])
  const markers = placeMarkers(
    inside.map(marker => ({ ...marker, x: Number(scale?.apply(marker.at)) })),
    [left - 40, box.width - 2],
    theme.fontSize.tick,
  )
  const legend = legendRows(panel.legend ?? [], right - headingLeft, theme)
  const used = Math.max(0, ...markers.map(({ lane }) => lane + 1))
  const head = title === undefined && letter === undefined ? 0 : titleHeight
  const foot = (x.numbered === false ? 4 : numbersHeight) + (x.label === undefined ? 2 : labelHeight)
  return {
    left,
    right,
    top: head + legend.length * legendRowHeight + used * laneHeight + headRoom,
    bottom: box.height - foot,
    legend,
    markers,
  }
}

function drawPanel(panel: Panel, context: FigureContext): SVGGElement {
  const { document } = context
  const layout = layOut(panel, context)
  const { x, y } = panel.box
  return element(
    document,
    'g',
    { transform: `translate(${x},${y})` },
    ...drawHeading(panel, context),
    ...drawLegend(
      layout.legend,
      { left: headingLeft, top: titleHeight, rowHeight: legendRowHeight },
      context,
    ),
    drawPlot(panel, layout, context),
    ...layout.markers.map(marker => drawMarkerLabel(marker, layout, context)),
    ...drawAxisTitles(panel, layout, context),
  )
}

function drawHeading({ letter, title }: Panel, { document, theme }: FigureContext): SVGTextElement[] {
  const style = { fill: theme.colours.ink, 'font-weight': 600, y: 15 }
  const texts: SVGTextElement[] = []
  if (letter !== undefined) {
    texts.push(element(document, 'text', { ...style, x: 12, 'font-size': theme.fontSize.letter }, letter))
  }
  if (title !== undefined) {
    texts.push(
      element(document, 'text', { ...style, x: headingLeft, 'font-size': theme.fontSize.title }, title),
    )
  }
  return texts
}

/** Baseline of a marker's label, in px from the panel's top. */
const labelBaseline = ({ lane }: PlacedMarker, { top }: Layout) => top - headRoom - lane * laneHeight + 2

function drawMarkerLabel(marker: PlacedMarker, layout: Layout, { document, theme }: FigureContext) {
  return element(
    document,
    'text',
    {
      x: (marker.left + marker.right) / 2,
      y: labelBaseline(marker, layout),
      'text-anchor': 'middle',
      'font-size': theme.fontSize.tick,
      fill: marker.colour,
    },
    marker.label,
  )
}

/** The rule of a marker, through the frame and up to its label. */
function markerRule(marker: PlacedMarker, layout: Layout, { theme }: FigureContext): Plot.Markish {
  const baseline = labelBaseline(marker, layout)
  const end = marker.reach > marker.lane ? baseline - 9 : baseline + 4
  return Plot.ruleX([marker.at], {
    insetTop: end - layout.top,
    stroke: marker.colour,
    strokeWidth: theme.lineWidth.thin,
    ...(marker.dashed === true ? { strokeDasharray: '4 3' } : {}),
  })
}

function drawAxisTitles(
  { x, y }: Panel,
  layout: Layout,
  { document, theme }: FigureContext,
): SVGTextElement[] {
  const { left, right, top, bottom } = layout
  const style = { 'text-anchor': 'middle', 'font-size': theme.fontSize.label, fill: theme.colours.ink }
  const texts: SVGTextElement[] = []
  if (x.label !== undefined) {
    texts.push(element(document, 'text', { ...style, x: (left + right) / 2, y: bottom + 38 }, x.label))
  }
  if (y.label !== undefined) {
    const turned = { transform: `translate(14,${(top + bottom) / 2}) rotate(-90)` }
    texts.push(element(document, 'text', { ...style, ...turned }, y.label))
  }
  return texts
}

function drawPlot(panel: Panel, layout: Layout, context: FigureContext): SVGGElement {
  const { document, theme } = context
  const { box, x, y, areas = [], marks } = panel
  const { axis, muted } = theme.colours
  const line = { stroke: axis, strokeWidth: theme.lineWidth.axis }
  const tickStyle = { stroke: axis, fill: muted, fontSize: theme.fontSize.tick }
  const plot = Plot.plot({
    document,
    width: box.width,
    height: box.height,
    marginLeft: layout.left,
    marginRight: box.width - layout.right,
    marginTop: layout.top,
    marginBottom: box.height - layout.bottom,
    x: { type: x.scale ?? 'linear', domain: [...x.domain], axis: null },
    y: { type: y.scale ?? 'linear', domain: [...y.domain], axis: null },
    marks: [
      ...areas,
      ...layout.markers.map(marker => markerRule(marker, layout, context)),
      ...marks,
      Plot.frame({ anchor: 'bottom', ...line }),
      Plot.frame({ anchor: 'left', ...line }),
      Plot.axisX({ ...tickOptions(x), ...tickStyle }),
      Plot.axisY({ ...tickOptions(y), ...tickStyle }),
    ],
  })
  return intoGroup(plot, context)
}

function tickOptions({ ticks, format, numbered }: Axis) {
  return {
    label: null,
    tickSize: 4,
    tickPadding: 4,
    ...(ticks === undefined ? {} : { ticks: typeof ticks === 'number' ? ticks : [...ticks] }),
    tickFormat:
      numbered === false ? () => '' : format === undefined ? null : (value: number) => format(value),
  }
}

/** The content of Plot's SVG as a group, without its style sheet and its font. */
function intoGroup(plot: Element, { document, theme }: FigureContext): SVGGElement {
  const group = element(document, 'g', { fill: theme.colours.ink, 'text-anchor': 'middle' })
  for (const child of [...plot.children]) if (child.localName !== 'style') group.append(child)
  return group
}

/** Plot counts clip paths over a program's life; count them over the figure instead. */
function renameClips(svg: SVGSVGElement, id: string): void {
  const names = new Map<string, string>()
  for (const clip of svg.querySelectorAll('clipPath')) {
    const name = `${id}-clip-${names.size + 1}`
    names.set(`url(#${clip.id})`, `url(#${name})`)
    clip.setAttribute('id', name)
  }
  for (const clipped of svg.querySelectorAll('[clip-path]')) {
    const name = names.get(clipped.getAttribute('clip-path') ?? '')
    if (name !== undefined) clipped.setAttribute('clip-path', name)
  }
}
