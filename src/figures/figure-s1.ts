import * as Plot from '@observablehq/plot'
import type { Axis } from './axis.js'
import type { LegendEntry } from './legend.js'
import { cornerNote, curve } from './marks.js'
import { formatFixed, formatNumber } from './numbers.js'
import { type BarePanel, composeFigure } from './panels.js'
import type { FigureContext } from './svg.js'
import type { Theme } from './theme.js'
import { extent } from './thinning.js'

/** Looks at networks of several delays. */
type FigureS1Looks = readonly {
  /** Delay of the task that the network was trained on, in steps. */
  readonly delay: number
  readonly observed: number
  /** Predicted by the canonical form from κ(0) to the threshold. */
  readonly window: number
}[]

/** Figure S1: two predictions that are not in the paper. */
export interface FigureS1Data {
  /** Trained networks: steps until the output switches on, observed and predicted. */
  readonly looks: FigureS1Looks
  /** The same under constant inputs that they were not trained with. */
  readonly shifted: FigureS1Looks
  /** The line of observed against predicted steps; undefined for too few looks. */
  readonly fit: { readonly slope: number; readonly intercept: number; readonly rSquared: number } | undefined
  /** Critical learning rates of the toy against T_R/T at one delay, all of one length, normalised loss. */
  readonly rates: {
    readonly delay: number
    readonly ratio: Float64Array
    readonly measured: Float64Array
    readonly predicted: Float64Array
    readonly shortResponse: Float64Array
  }
}

const [width, height] = [960, 372]

/** Draws figure S1: a switching steps, b critical rates, and how far the measured are from the formula. */
export function drawFigureS1(data: FigureS1Data, context: FigureContext): SVGSVGElement {
  const { theme } = context
  const half = width / 2
  const y = 8
  return composeFigure(
    {
      id: 'figure-S1',
      title: 'Figure S1: predicted switching times, and critical rates for any response window',
      description: describe(data),
      width,
      height: height + 2 * y,
      panels: [
        { ...switchingPanel(data, theme), letter: 'a', box: { x: 0, y, width: half, height } },
        { ...ratesPanel(data.rates, theme), letter: 'b', box: { x: half, y, width: half, height: 230 } },
        { ...deviationPanel(data.rates, theme), box: { x: half, y: y + 230, width: half, height: 142 } },
      ],
    },
    context,
  )
}

/** Observed against predicted switching step: trained networks by delay, and the same under constant inputs. */
function switchingPanel({ looks, shifted, fit }: FigureS1Data, theme: Theme): BarePanel {
  const { colours, lineWidth } = theme
  const [low, high] = extent([...looks, ...shifted].flatMap(({ observed, window }) => [observed, window]))
  const domain: [number, number] = low > 0 && low < high ? [low / 1.2, high * 1.2] : [5, 50]
  const numbers = high > 100 * low ? [1, 10, 100, 1000, 10_000] : [1, 2, 5, 10, 20, 50, 100, 200, 500]
  const ticks = numbers.filter(at => at >= domain[0] && at <= domain[1])
  const x: Axis = { domain, scale: 'log', label: 'predicted step', ticks, format: formatNumber }
  const y: Axis = { ...x, label: 'observed step' }
  const delays = [...new Set(looks.map(({ delay }) => delay))].sort((a, b) => a - b)
  const series = [colours.series1, colours.secondary, colours.series4, colours.ghost, colours.optimum]
  const line = { stroke: colours.theory, strokeWidth: lineWidth.thin }
  const ofDelay = (all: FigureS1Looks, delay: number) => all.filter(look => look.delay === delay)
  const text = fit && `trained: slope ${formatFixed(fit.slope, 2)}, R² ${formatFixed(fit.rSquared, 3)}`
  return {
    title: 'Step at which the output switches on',
    legend: [
      { label: 'observed = predicted', line },
      ...delays.map((delay, i): LegendEntry => {
        return { label: `T = ${formatNumber(delay)}`, symbol: 'dot', colour: series[i % series.length]! }
      }),
      { label: 'with a constant input', symbol: 'ring', colour: colours.muted },
    ],
    x,
    y,
    marks: [
      curve(domain, domain, { x, y }, line),
      ...delays.map((delay, i) => inputMarks(ofDelay(shifted, delay), series[i % series.length]!)),
      ...delays.map((delay, i) => lookMarks(ofDelay(looks, delay), series[i % series.length]!, theme)),
      ...(text === undefined ? [] : [cornerNote(text, 'top-left', theme)]),
    ],
  }
}

function lookMarks(looks: FigureS1Looks, fill: string, { colours }: Theme): Plot.Markish {
  return Plot.dot(looks, {
    x: 'window',
    y: 'observed',
    r: 3.5,
    fill,
    stroke: colours.paper,
    strokeWidth: 0.6,
  })
}

function inputMarks(looks: FigureS1Looks, stroke: string): Plot.Markish {
  return Plot.dot(looks, { x: 'window', y: 'observed', r: 3, stroke, strokeWidth: 1.1 })
}

function ratioAxis({ ratio }: FigureS1Data['rates']): Axis {
  const [low, high] = extent(ratio)
  const domain: [number, number] = low > 0 && low < high ? [low / 1.25, high * 1.25] : [0.05, 4]
  return { domain, scale: 'log', ticks: [0.05, 0.1, 0.2, 0.5, 1, 2, 4], format: formatNumber }
}

/** Measured critical rates over theory's line, and its limit for short windows. */
function ratesPanel(rates: FigureS1Data['rates'], theme: Theme): BarePanel {
  const { colours, lineWidth } = theme
  const { delay, ratio, measured, predicted, shortResponse } = rates
  const x: Axis = { ...ratioAxis(rates), numbered: false }
  const scaled = (values: Float64Array) => values.map(rate => rate * delay ** 4)
  const [low, high] = extent(scaled(predicted).filter(rate => rate > 0))
  const y: Axis = {
    domain: low > 0 && low < high ? [low / 1.4, high * 1.9] : [1, 10],
    scale: 'log',
    label: 'critical rate × T⁴',
    ticks: [1, 2, 5, 10, 20],
    format: formatNumber,
  }
  const formula = { stroke: colours.theory, strokeWidth: lineWidth.data }
  const limit = { stroke: colours.muted, strokeWidth: lineWidth.thin, strokeDasharray: '5 3' }
  return {
    title: 'Response windows of any length',
    legend: [
      { label: 'formula', line: formula },
      { label: 'limit of short windows', line: limit },
      { label: 'measured', symbol: 'dot', colour: colours.measurement },
    ],
    x,
    y,
    marks: [
      curve(ratio, scaled(shortResponse), { x, y }, limit),
      curve(ratio, scaled(predicted), { x, y }, formula),
      pointMarks(ratio, scaled(measured), theme),
    ],
  }
}

/** How far measured rates are from the formula, in percent. */
function deviationPanel(rates: FigureS1Data['rates'], theme: Theme): BarePanel {
  const { colours, lineWidth } = theme
  const { ratio, measured, predicted } = rates
  const deviation = measured.map((rate, i) => 100 * (rate / predicted[i]! - 1))
  const most = Math.max(0.1, ...extent(deviation).map(Math.abs))
  const x: Axis = { ...ratioAxis(rates), label: 'response window over delay' }
  const y: Axis = { domain: [-0.4 * most, 1.3 * most], label: 'above it (%)', ticks: 3, format: formatNumber }
  const line = { stroke: colours.theory, strokeWidth: lineWidth.data }
  return {
    x,
    y,
    marks: [curve(x.domain, [0, 0], { x, y }, line), pointMarks(ratio, deviation, theme)],
  }
}

function pointMarks(x: Float64Array, y: Float64Array, { colours }: Theme): Plot.Markish {
  const points = Array.from(x, (at, i) => ({ at, value: y[i]! })).filter(({ value }) =>
    Number.isFinite(value),
  )
  return Plot.dot(points, {
    x: 'at',
    y: 'value',
    r: 4.5,
    fill: colours.measurement,
    stroke: colours.paper,
    strokeWidth: 1,
  })
}

function describe({ looks, fit, rates }: FigureS1Data): string {
  const delays = [...new Set(looks.map(({ delay }) => delay))].sort((a, b) => a - b)
  const line =
    fit === undefined
      ? 'too few for a line'
      : `slope ${formatFixed(fit.slope, 3)}, R² ${formatFixed(fit.rSquared, 3)}`
  const off = rates.measured.map((rate, i) => Math.abs(rate / rates.predicted[i]! - 1))
  const worst =
    off.length === 0 ? 'not measured' : `within ${formatNumber(100 * extent(off)[1], 2)}% of the formula`
  return `Observed against predicted switching step, ${looks.length} looks at trained networks of delays ${delays.join(', ') || 'none'}: ${line}. Critical learning rates at ${rates.ratio.length} ratios of response window to delay: ${worst}.`
}
