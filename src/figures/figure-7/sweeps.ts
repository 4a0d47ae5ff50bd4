import * as Plot from '@observablehq/plot'
import type { Axis } from '../axis.js'
import type { LegendEntry } from '../legend.js'
import { logTicks } from '../log-ticks.js'
import { curve, type LineStyle, note } from '../marks.js'
import { formatCount, formatNumber } from '../numbers.js'
import type { BarePanel } from '../panels.js'
import { seriesStyles } from '../rate-curves.js'
import type { Theme } from '../theme.js'
import { extent, spreadOver } from '../thinning.js'
import type { TaskSweep } from './data.js'

/** Half the width of a box, as a factor of the rate. */
const boxHalf = 1.13

/** Loss, gradient norm and norm of the recurrent weights against the rate, a panel each. */
export function sweepPanels(sweep: TaskSweep, theme: Theme): BarePanel[] {
  const { name, loss, gradientNorm, recurrentNorm } = sweep
  const legend = boxLegend(theme)
  return [
    { ...boxPanel(sweep, loss, 'mean loss', theme), title: `${name}: loss`, legend },
    { ...boxPanel(sweep, gradientNorm, 'mean gradient norm', theme), title: 'Gradient', legend },
    { ...boxPanel(sweep, recurrentNorm, 'mean ‖W_rec‖', theme), title: 'Recurrent weights', legend },
  ]
}

function boxLegend({ colours, lineWidth }: Theme): LegendEntry[] {
  return [
    { label: 'a seed', symbol: 'dot', colour: colours.measurement },
    { label: 'quartiles', area: colours.measurement },
    { label: 'median', line: { stroke: colours.ink, strokeWidth: lineWidth.data } },
  ]
}

function boxPanel(
  { rate, limit }: TaskSweep,
  values: readonly Float64Array[],
  label: string,
  theme: Theme,
): BarePanel {
  const { colours } = theme
  const x = rateAxis(rate)
  const [low, high] = extent(...values.map(some => some.filter(value => value > 0)))
  const y = logAxis(low > 0 && high > low ? [low / 1.5, high * 1.5] : [0.5, 2], label)
  const marker = {
    at: limit.estimate,
    label: `learns up to ${formatNumber(limit.estimate, 2)}`,
    colour: colours.lost,
  }
  return {
    x,
    y,
    markers: Number.isFinite(limit.estimate) ? [marker] : [],
    marks: boxMarks(rate, values, theme),
  }
}

/** A point a seed, and a box from the lower to the upper quartile with the median. */
function boxMarks(
  rate: Float64Array,
  values: readonly Float64Array[],
  { colours, lineWidth }: Theme,
): Plot.Markish[] {
  const seeds = values.flatMap((some, i) =>
    Array.from(some, value => ({ rate: rate[i]!, value })).filter(({ value }) => value > 0),
  )
  const boxes = values.flatMap((some, i) => {
    const positive = some.filter(value => value > 0).sort()
    if (positive.length === 0) return []
    const [low, middle, high] = [0.25, 0.5, 0.75].map(share => quantile(positive, share))
    return [{ x1: rate[i]! / boxHalf, x2: rate[i]! * boxHalf, low, middle, high }]
  })
  const span = { x1: 'x1', x2: 'x2', clip: true } as const
  return [
    Plot.rect(boxes, {
      ...span,
      y1: 'low',
      y2: 'high',
      fill: colours.measurement,
      fillOpacity: 0.2,
      stroke: colours.measurement,
      strokeWidth: lineWidth.axis,
    }),
    Plot.ruleY(boxes, { ...span, y: 'middle', stroke: colours.ink, strokeWidth: lineWidth.data }),
    Plot.dot(seeds, {
      x: 'rate',
      y: 'value',
      r: 2,
      fill: colours.measurement,
      fillOpacity: 0.7,
      clip: true,
    }),
  ]
}

/** Of ascending values, at least one; between neighbours in proportion. */
function quantile(values: Float64Array, share: number): number {
  const place = share * (values.length - 1)
  const [below, above] = [values[Math.floor(place)]!, values[Math.ceil(place)]!]
  return below + (place - Math.floor(place)) * (above - below)
}

/** Rates that training curves are drawn of: shades that can be told apart. */
const mostExamples = 5

/** Loss against the epoch, at some rates. */
export function examplePanel({ name, examples, exampleSeed }: TaskSweep, theme: Theme): BarePanel {
  const shown = spreadOver(examples, mostExamples)
  const epochs = extent(...shown.map(({ epoch }) => epoch))
  const [low, high] = extent(...shown.map(({ loss }) => loss.filter(value => value > 0)))
  const x: Axis = {
    domain: epochs[1] > epochs[0] ? epochs : [0, 10],
    label: 'epoch',
    ticks: 5,
    format: formatCount,
  }
  const y = logAxis(low > 0 && high > low ? [low / 1.5, high * 1.5] : [0.5, 2], 'loss')
  const styles = seriesStyles(shown.length, theme)
  return {
    title: `${name}: training of seed ${exampleSeed}`,
    legend: shown.map(({ rate }, i): LegendEntry => {
      return { label: `${i === 0 ? 'rate ' : ''}${formatNumber(rate, 2)}`, line: styles[i]! }
    }),
    x,
    y,
    marks: [
      ...shown.map(({ epoch, loss }, i) => curve(epoch, loss, { x, y }, styles[i]!)),
      ...endLabels(shown, styles, y, theme),
    ],
  }
}

/** About how many px the frame of an example is high, and a line of text. */
const [frameHeight, lineHeight] = [200, 13]

/** The rate of each curve beside its end, above or below it so that no two lie on one another. */
function endLabels(
  shown: TaskSweep['examples'],
  styles: readonly LineStyle[],
  { domain: [low, high] }: Axis,
  theme: Theme,
): Plot.Markish[] {
  const ends = shown.map(({ rate, epoch, loss }, i) => {
    const value = loss.at(-1) ?? Number.NaN
    const fromTop = (Math.log(high / value) / Math.log(high / low)) * frameHeight
    return { rate, x: epoch.at(-1) ?? 0, value, fromTop, colour: styles[i]!.stroke }
  })
  const drawn = ends.filter(({ value }) => value >= low && value <= high)
  let above = -lineHeight
  return drawn
    .sort((a, b) => a.fromTop - b.fromTop)
    .map(({ rate, x, value, fromTop, colour }) => {
      const free = [-9, 10].map(dy => fromTop + dy).find(y => y - above >= lineHeight)
      above = free ?? above + lineHeight
      const place = { dx: -4, dy: above - fromTop, textAnchor: 'end', fontWeight: 600 } as const
      return note(formatNumber(rate, 2), { x, y: value }, colour, theme, place)
    })
}

function rateAxis(rate: Float64Array): Axis {
  const [low, high] = extent(rate)
  return logAxis(low > 0 && low < high ? [low / 1.4, high * 1.4] : [1e-3, 10], 'learning rate α')
}

function logAxis(domain: readonly [number, number], label: string): Axis {
  return { domain, scale: 'log', label, ticks: logTicks(domain), format: formatNumber }
}
