import * as Plot from '@observablehq/plot'
import type { Axis } from './axis.js'
import type { LegendEntry } from './legend.js'
import { band, curve, type LineStyle } from './marks.js'
import { formatCount, formatNumber, formatPower } from './numbers.js'
import { composeFigure } from './panels.js'
import type { FigureContext } from './svg.js'
import type { Theme } from './theme.js'
import { extent } from './thinning.js'

/** A measured value of a sweep against one setting: a line a value of another, averaged over the rest. */
export interface SweepPlotData {
  /** The sweep, or what is drawn of it. */
  readonly title: string
  readonly x: SweepAxis
  readonly y: SweepAxis
  /** The setting that has a line for each of its values. */
  readonly lineSetting: string | undefined
  /** At most {@link mostLines}. */
  readonly lines: readonly SweepLine[]
  /** What the intervals are, e.g. `± standard error`. */
  readonly interval: string
  /** Whether intervals are bands, or whiskers: bands of shares, which are wide, hide one another. */
  readonly intervalsAs: 'bands' | 'whiskers'
}

interface SweepAxis {
  readonly label: string
  readonly scale: 'linear' | 'log'
}

/** Arrays of one length, x ascending; an interval that is not known is NaN. */
export interface SweepLine {
  readonly label: string
  readonly x: Float64Array
  readonly mean: Float64Array
  readonly low: Float64Array
  readonly high: Float64Array
  /** Runs averaged over at each x. */
  readonly runs: Float64Array
}

/** Strokes that lines of one shade are told apart by. */
const dashes = [undefined, '7 3', '2 3'] as const
const shades = 5

/** The most lines that can be told apart: five shades, each in three strokes. */
export const mostLines = shades * dashes.length

const [width, height] = [760, 440]

/** Draws a sweep. */
export function drawSweepPlot(data: SweepPlotData, context: FigureContext): SVGSVGElement {
  const { theme } = context
  const x = xAxis(data)
  const y = yAxis(data)
  const drawn = data.lines.map((line, i) => ({ ...line, style: styleOf(i, data.lines.length, theme) }))
  const legend = drawn.map(({ label, style }, i): LegendEntry => {
    return { label: i === 0 ? `${data.lineSetting} ${label}` : label, line: style }
  })
  const panel = {
    box: { x: 8, y: 8, width: width - 16, height: height - 16 },
    title: data.title,
    ...(data.lineSetting === undefined ? {} : { legend }),
    x,
    y,
    marks: drawn.flatMap(line => [
      data.intervalsAs === 'bands'
        ? band(line.x, line.low, line.high, { x, y }, line.style.stroke)
        : whiskers(line, drawn.indexOf(line) - (drawn.length - 1) / 2, line.style),
      curve(line.x, line.mean, { x, y }, line.style),
      points(line, y, line.style),
    ]),
  }
  return composeFigure(
    { id: 'sweep', title: data.title, description: describe(data), width, height, panels: [panel] },
    context,
  )
}

/** A vertical line over every interval, beside those of other lines. */
function whiskers({ x, low, high }: SweepLine, place: number, { stroke, strokeWidth }: LineStyle) {
  const at = [...x.keys()].filter(i => low[i]! <= high[i]!)
  const dx = 4 * place
  return Plot.ruleX(at, {
    x: i => x[i]!,
    y1: i => low[i]!,
    y2: i => high[i]!,
    dx,
    stroke,
    strokeWidth,
    strokeOpacity: 0.45,
  })
}

/** A dot at every mean, so that a line of one point is seen too. */
function points({ x, mean }: SweepLine, y: Axis, { stroke }: LineStyle): Plot.Markish {
  const at = [...x.keys()].filter(i => mean[i]! >= y.domain[0] && mean[i]! <= y.domain[1])
  return Plot.dot(at, { x: i => x[i]!, y: i => mean[i]!, r: 2.2, fill: stroke })
}

/** Lines in order go from light to dark; neighbours of one shade differ in their stroke. */
function styleOf(index: number, lines: number, { colours, lineWidth }: Theme): LineStyle {
  const { series1, series2, series3, series4, series5, measurement } = colours
  const series = [series1, series2, series3, series4, series5]
  if (lines === 1) return { stroke: measurement, strokeWidth: lineWidth.data }
  const perShade = Math.ceil(lines / shades)
  const shade =
    perShade === 1 ? Math.round((index * (shades - 1)) / (lines - 1)) : Math.floor(index / perShade)
  const dash = dashes[index % perShade]
  const style = { stroke: series[shade] ?? series5, strokeWidth: lineWidth.data }
  return dash === undefined ? style : { ...style, strokeDasharray: dash }
}

function xAxis({ x, lines }: SweepPlotData): Axis {
  const [low, high] = extent(...lines.map(line => line.x))
  const format = x.scale === 'log' ? formatPower : formatNumber
  return { domain: widened(low, high, x.scale, 0.02), scale: x.scale, label: x.label, ticks: 6, format }
}

function yAxis({ y, lines }: SweepPlotData): Axis {
  const drawable = (values: Float64Array) => (y.scale === 'log' ? values.filter(value => value > 0) : values)
  const [low, high] = extent(...lines.flatMap(line => [line.low, line.mean, line.high].map(drawable)))
  const fromZero = y.scale === 'linear' && low >= 0 && low < 0.5 * high
  const wide = widened(fromZero ? 0 : low, high, y.scale, 0.05)
  const domain: [number, number] = fromZero ? [0, wide[1]] : wide
  const format = y.scale === 'log' ? formatPower : formatWithin(domain)
  return { domain, scale: y.scale, label: y.label, ticks: 5, format }
}

/** With as many digits as tell the ends of a narrow interval apart. */
function formatWithin([low, high]: readonly [number, number]): (value: number) => string {
  const digits = Math.ceil(Math.log10(Math.max(Math.abs(low), Math.abs(high)) / (high - low))) + 2
  return value => formatNumber(value, Math.min(Math.max(digits, 3), 15))
}

/** An interval with room at both ends; one value gets room around it. */
function widened(low: number, high: number, scale: 'linear' | 'log', share: number): [number, number] {
  if (scale === 'log') {
    const [from, to] = low > 0 ? [low, high] : [1e-3, 1]
    const factor = from === to ? 2 : (to / from) ** share
    return [from / factor, to * factor]
  }
  const room = low === high ? Math.max(1, Math.abs(low)) / 2 : share * (high - low)
  return [low - room, high + room]
}

function describe({ x, y, lineSetting, lines, interval }: SweepPlotData): string {
  const what = `${y.label} against ${x.label}, mean ${interval}`
  const each = lines.map(line => {
    const [low, high] = extent(line.mean)
    const name = lineSetting === undefined ? 'All runs' : `${lineSetting} ${line.label}`
    const runs = formatCount(line.runs.reduce((sum, count) => sum + count, 0))
    return `${name}: from ${formatNumber(low)} to ${formatNumber(high)} over ${runs} runs.`
  })
  return [`${what}.`, ...each].join(' ')
}
