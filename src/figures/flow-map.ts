import type { FlowMap } from '../dynamics/flow-map.js'
import { describeMap, describeSpectrum } from './flow-map/describe.js'
import { arrange, type ShapedPanel, sideOf } from './flow-map/layout.js'
import { lineLegend, linePanel } from './flow-map/line.js'
import { decisionStyle, type PathStyles, planeMarks, symbolsIn } from './flow-map/plane.js'
import { type SpectrumPicture, spectrumLegend, spectrumPanel } from './flow-map/spectrum.js'
import { colourBar, type SpeedScale, speedScale } from './flow-map/speed.js'
import { symbolLegend } from './flow-map/symbols.js'
import type { LegendEntry } from './legend.js'
import type { LineStyle } from './marks.js'
import { formatNumber, formatPercent } from './numbers.js'
import { type BarePanel, composeFigure } from './panels.js'
import type { FigureContext } from './svg.js'
import type { Theme } from './theme.js'

/** Maps of flows, all of planes or all of lines, and spectra. */
export interface FlowMapsData {
  /** Unique in the page. */
  readonly id: string
  readonly title: string
  /** Names of the coordinates, one or two: see `latentNames` and `componentNames`. */
  readonly coordinates: readonly string[]
  readonly maps: readonly NamedMap[]
  /** The unit of speeds; `state per time unit` unless given. */
  readonly speedUnit?: string
  readonly spectra?: readonly SpectrumPicture[]
}

/** A map with its panel's title. */
export interface NamedMap {
  readonly title: string
  readonly map: FlowMap
}

/** `κ₁`, `κ₂` …; `κ` if there is only one. */
export function latentNames(count: number): string[] {
  const subscript = (k: number) => String(k).replace(/\d/g, digit => '₀₁₂₃₄₅₆₇₈₉'[Number(digit)]!)
  return Array.from({ length: count }, (_, k) => (count === 1 ? 'κ' : `κ${subscript(k + 1)}`))
}

/** `PC 1 (57%)` …, with each component's share of the variance. */
export function componentNames(shares: ArrayLike<number>): string[] {
  return Array.from(shares, (share, k) => `PC ${k + 1} (${formatPercent(share)})`)
}

/**
 * Draws maps of flows: speed as colour, directions, paths, fixed points, slow points and ghosts with their dwell
 * times, and where the answer changes; of lines, the velocity as a curve instead. Then spectra. All planes share one
 * scale of speed.
 *
 * @throws RangeError if there is nothing to draw, or if maps of lines and of planes are mixed
 */
export function drawFlowMaps(data: FlowMapsData, context: FigureContext): SVGSVGElement {
  const { maps, spectra = [], id, title, coordinates } = data
  const { theme } = context
  const axes = requireOneKind(data)
  const isPlane = axes === 2 && maps.length > 0
  const planes: Planes = {
    side: sideOf(maps.length + spectra.length),
    scale: speedScale(
      maps.map(({ map }) => map),
      theme,
    ),
    styles: pathStyles(maps, theme),
  }
  const panels: ShapedPanel[] = [
    ...maps.map(
      (entry): ShapedPanel =>
        isPlane
          ? { panel: planePanel(entry, coordinates, planes, theme), shape: 'square' }
          : { panel: linePanel(entry.map, entry.title, coordinates[0]!, theme), shape: 'wide' },
    ),
    ...spectra.map((picture): ShapedPanel => ({ panel: spectrumPanel(picture, theme), shape: 'square' })),
  ]
  const speedLabel = `speed ‖F‖ (${data.speedUnit ?? 'state per time unit'})`
  const bar = isPlane ? colourBar(planes.scale, speedLabel) : undefined
  const legend = [
    ...(isPlane
      ? planeLegend(maps, planes.styles, theme)
      : lineLegend(
          maps.map(({ map }) => map),
          theme,
        )),
    ...spectrumLegend(spectra, theme),
  ]
  const description = [
    ...maps.map(entry => describeMap(entry.title, entry.map, coordinates)),
    ...spectra.map(describeSpectrum),
  ].join(' ')
  return composeFigure({ id, title, description, ...arrange(panels, bar, legend, theme) }, context)
}

function requireOneKind({ maps, spectra = [], coordinates }: FlowMapsData): number {
  if (maps.length + spectra.length === 0) throw new RangeError('drawFlowMaps: there is nothing to draw')
  const kinds = new Set(maps.map(({ map }) => map.grid.length))
  if (kinds.size > 1) throw new RangeError('drawFlowMaps: maps of lines and of planes need a figure each')
  const [axes = coordinates.length] = kinds
  if (coordinates.length === axes) return axes
  throw new RangeError(`drawFlowMaps: maps of ${axes} axes need ${axes} names, got ${coordinates.length}`)
}

/** What all plane maps of a figure share. */
export interface Planes {
  /** Px of the square frames. */
  readonly side: number
  readonly scale: SpeedScale
  readonly styles: PathStyles
}

/** A map of a plane, in a figure of maps or beside other panels. */
export function planePanel(
  { title, map }: NamedMap,
  names: readonly string[],
  { side, scale, styles }: Planes,
  theme: Theme,
): BarePanel {
  const [x, y] = map.grid.map((values, k) => ({
    domain: [values[0]!, values.at(-1)!] as const,
    label: names[k]!,
    ticks: 5,
    format: formatNumber,
  }))
  const marks = planeMarks(map, { size: { width: side, height: side }, scale, styles }, theme)
  return { title, x: x!, y: y!, marks }
}

/** A style for every name of paths: two colours, then the same again dashed; a fifth name looks like the first. */
export function pathStyles(maps: readonly NamedMap[], { colours }: Theme): PathStyles {
  const looks: LineStyle[] = [
    { stroke: colours.measurement, strokeWidth: 2 },
    { stroke: colours.secondary, strokeWidth: 2 },
    { stroke: colours.measurement, strokeWidth: 2, strokeDasharray: '2 4' },
    { stroke: colours.secondary, strokeWidth: 2, strokeDasharray: '2 4' },
  ]
  const names = [...new Set(maps.flatMap(({ map }) => map.paths.map(({ name }) => name)))]
  return new Map(names.map((name, i) => [name, looks[i % looks.length]!]))
}

/** What is drawn in maps of planes. */
export function planeLegend(maps: readonly NamedMap[], styles: PathStyles, theme: Theme): LegendEntry[] {
  const symbols = new Set(maps.flatMap(({ map }) => symbolsIn(map)))
  const paths = [...styles].map(([name = 'path', line]): LegendEntry => ({ label: name, line }))
  const started = maps.some(({ map }) => map.starts.length + map.paths.length > 0)
  // Starts of paths have the colours of their paths.
  const startColour = styles.size > 1 ? theme.colours.muted : theme.colours.measurement
  const decided = maps.some(({ map }) => map.decision !== undefined)
  return [
    ...symbolLegend(symbols, theme),
    ...paths,
    ...(started ? [{ label: 'start', symbol: 'triangle', colour: startColour } as const] : []),
    ...(decided ? [{ label: 'the answer changes', line: decisionStyle(theme) }] : []),
  ]
}
