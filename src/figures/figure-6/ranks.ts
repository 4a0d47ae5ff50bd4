import * as Plot from '@observablehq/plot'
import type { Axis } from '../axis.js'
import type { LegendEntry } from '../legend.js'
import { logTicks } from '../log-ticks.js'
import { curve, levelRule, note } from '../marks.js'
import { formatCount, formatFixed, formatNumber, formatPercent, formatPower } from '../numbers.js'
import type { BarePanel } from '../panels.js'
import { seriesStyles } from '../rate-curves.js'
import type { Theme } from '../theme.js'
import { extent, spreadOver } from '../thinning.js'
import type { Figure6Data } from './data.js'

/** Lines that can be told apart in one panel. */
const mostLines = 5

/** Loss curves at one rate, a line for each of up to five ranks. */
export function trainingPanel({ training, ranks }: Figure6Data, theme: Theme): BarePanel {
  const drawn = spreadOver(training.curves, mostLines)
  const epochs = extent(...drawn.map(({ epoch }) => epoch.filter(at => at > 0)))
  const [lowest] = extent(...drawn.map(({ loss }) => loss.filter(at => at > 0)), [ranks.threshold])
  const x: Axis = {
    domain: epochs[1] > epochs[0] ? epochs : [1, 10],
    scale: 'log',
    label: 'epoch',
    ticks: 5,
    format: formatPower,
  }
  const shown = [lowest / 2, 4] as const
  const y: Axis = {
    domain: shown,
    scale: 'log',
    label: 'loss / first loss',
    ticks: logTicks(shown),
    format: formatPower,
  }
  const styles = seriesStyles(drawn.length, theme)
  const threshold = {
    stroke: theme.colours.optimum,
    strokeWidth: theme.lineWidth.thin,
    strokeDasharray: '4 3',
  }
  return {
    title: `Training at rate ${formatNumber(training.rate, 2)}`,
    legend: [
      ...drawn.map(
        ({ rank }, i): LegendEntry => ({
          label: `${i === 0 ? 'rank ' : ''}${formatCount(rank)}`,
          line: styles[i]!,
        }),
      ),
      { label: 'learned', line: threshold },
    ],
    x,
    y,
    marks: [
      levelRule(ranks.threshold, threshold),
      ...drawn.map(({ epoch, loss }, i) => curve(epoch, loss, { x, y }, styles[i]!)),
    ],
  }
}

/** What is drawn at one rank stands side by side, by this factor. */
const asideFactor = 1.07

/**
 * The share of networks that learn against their rank: a line with 95% intervals for each of up to five rates, of those
 * at which some networks learn and others do not, if there are any.
 */
export function sharePanel({ ranks }: Figure6Data, theme: Theme): BarePanel {
  const differing = ranks.byRate.filter(({ share }) => new Set(share).size > 1)
  const drawn = spreadOver(differing.length > 0 ? differing : ranks.byRate, mostLines)
  const axes = shareAxes(ranks.rank)
  const styles = seriesStyles(drawn.length, theme)
  return {
    title: 'Networks that learn',
    legend: drawn.map(({ rate }, i): LegendEntry => {
      return { label: `${i === 0 ? 'rate ' : ''}${formatNumber(rate, 2)}`, line: styles[i]! }
    }),
    ...axes,
    marks: drawn.flatMap(({ share, low, high }, i) => {
      const { stroke } = styles[i]!
      const aside = ranks.rank.map(rank => rank * asideFactor ** (i - (drawn.length - 1) / 2))
      const points = Array.from(aside, (rank, j) => ({
        rank,
        share: share[j]!,
        low: low[j]!,
        high: high[j]!,
      }))
      return [
        Plot.ruleX(points, { x: 'rank', y1: 'low', y2: 'high', stroke, strokeOpacity: 0.5 }),
        curve(aside, share, axes, styles[i]!),
        Plot.dot(points, { x: 'rank', y: 'share', r: 2.5, fill: stroke }),
      ]
    }),
  }
}

/** The share over all rates, with its fitted trend. */
export function trendPanel({ ranks }: Figure6Data, theme: Theme): BarePanel {
  const { rank, pooled, slope, intercept } = ranks
  const { colours, lineWidth } = theme
  const axes = shareAxes(rank)
  const fitted = { stroke: colours.theory, strokeWidth: lineWidth.thin, strokeDasharray: '6 3' }
  const points = pooled.map((share, i) => ({ ...share, rank: rank[i]! }))
  return {
    title: 'Over all rates',
    legend: [
      { label: 'share, 95%', symbol: 'dot', colour: colours.measurement },
      { label: 'fitted trend', line: fitted },
    ],
    ...axes,
    marks: [
      curve(
        rank,
        rank.map(at => intercept + slope.estimate * Math.log10(at)),
        axes,
        fitted,
      ),
      Plot.ruleX(points, {
        x: 'rank',
        y1: 'low',
        y2: 'high',
        stroke: colours.measurement,
        strokeWidth: lineWidth.data,
      }),
      Plot.dot(points, { x: 'rank', y: 'estimate', r: 4, fill: colours.measurement }),
      ...trendNote(ranks, axes, theme),
    ],
  }
}

function trendNote(
  { slope }: Figure6Data['ranks'],
  { x, y }: { x: Axis; y: Axis },
  theme: Theme,
): Plot.Markish[] {
  if (!Number.isFinite(slope.estimate)) return []
  const signed = (value: number) => `${value > 0 ? '+' : ''}${formatFixed(100 * value, 0)}`
  const text = `${signed(slope.estimate)}% per tenfold rank\n(95%: ${signed(slope.low)} to ${signed(slope.high)}%)`
  const at = { x: x.domain[0], y: y.domain[1] }
  return [note(text, at, theme.colours.ink, theme, { dx: 8, dy: 12, textAnchor: 'start', lineAnchor: 'top' })]
}

function shareAxes(rank: Float64Array): { x: Axis; y: Axis } {
  const [low, high] = extent(rank)
  return {
    x: {
      domain: low < high ? [low / 1.25, high * 1.25] : [0.8, 125],
      scale: 'log',
      label: 'rank K',
      ticks: [...rank].filter(at => rank.length < 7 || ![2, 4].includes(at)),
      format: formatCount,
    },
    y: { domain: [-0.04, 1.04], label: 'share that learns', ticks: [0, 0.5, 1], format: formatPercent },
  }
}
