import * as Plot from '@observablehq/plot'
import { wilsonInterval } from '../../numerics/statistics.js'
import type { Axis } from '../axis.js'
import type { LegendEntry } from '../legend.js'
import { note, verticalRule } from '../marks.js'
import { formatCount, formatNumber, formatPercent } from '../numbers.js'
import type { BarePanel } from '../panels.js'
import type { Theme } from '../theme.js'
import { extent } from '../thinning.js'
import type { LearnedSeed, SeedShare, SeedsPicture } from './data.js'

/** Second fall and first ghost of every seed that learns, from its first fall on; up: when that is. */
export function ghostDelayPanel({ learned, trained, rates }: SeedsPicture, theme: Theme): BarePanel {
  const { colours, lineWidth } = theme
  const secondFall = ({ firstFall, secondFall }: LearnedSeed) => secondFall - firstFall
  const ghost = ({ firstFall, firstGhost }: LearnedSeed) => (firstGhost ?? Number.NaN) - firstFall
  const after = padded(extent([0], learned.map(secondFall), learned.map(ghost)), 0.08)
  const x: Axis = { domain: after, label: 'epochs after the first fall', ticks: 6, format: formatCount }
  const y: Axis = {
    domain: padded(extent(learned.map(({ firstFall }) => firstFall)), 0.12),
    label: 'first fall (1000 epochs)',
    ticks: 4,
    format: epoch => formatNumber(epoch / 1000),
  }
  const at = { y: 'firstFall', clip: true, strokeWidth: 1.5 } as const
  return {
    title: `Rate ${formatNumber(rates.slow)}, ${formatCount(trained)} seeds: falls and first ghosts`,
    legend: delayLegend(theme),
    x,
    y,
    areas: [verticalRule(0, { stroke: colours.measurement, strokeWidth: lineWidth.data })],
    marks: [
      Plot.ruleY(learned, {
        ...at,
        x1: 0,
        x2: seed => Math.max(secondFall(seed), ghost(seed) || 0),
        stroke: colours.axis,
        strokeWidth: lineWidth.axis,
      }),
      Plot.dot(learned, { ...at, x: secondFall, r: 4, stroke: colours.measurement, fill: colours.paper }),
      Plot.dot(
        learned.filter(({ firstGhost }) => firstGhost !== undefined),
        { ...at, x: ghost, r: 5, symbol: 'diamond', stroke: colours.paper, fill: colours.ghost },
      ),
    ],
  }
}

function delayLegend({ colours, lineWidth }: Theme): LegendEntry[] {
  return [
    { label: 'first fall', line: { stroke: colours.measurement, strokeWidth: lineWidth.data } },
    { label: 'second fall', symbol: 'ring', colour: colours.measurement },
    { label: 'first ghost', symbol: 'diamond', colour: colours.ghost },
  ]
}

/** Shares of seeds with their 95% intervals, in two groups: those of the slow rate, those of the fast one. */
export function sharesPanel({ shares, rates }: SeedsPicture, theme: Theme): BarePanel {
  const { colours } = theme
  const x: Axis = {
    domain: [0, 1],
    label: 'share of seeds',
    ticks: [0, 0.25, 0.5, 0.75, 1],
    format: formatPercent,
  }
  const rows: readonly (string | SeedShare)[] = [
    `rate ${formatNumber(rates.slow)}`,
    ...shares.filter(({ rate }) => rate === 'slow'),
    `rate ${formatNumber(rates.fast)}`,
    ...shares.filter(({ rate }) => rate === 'fast'),
  ]
  const y: Axis = { domain: [-rows.length + 0.4, 0.6], ticks: [], numbered: false }
  return {
    title: 'Over seeds, with 95% intervals',
    x,
    y,
    marks: rows.flatMap((row, i) =>
      typeof row === 'string'
        ? [note(row, { x: 0, y: -i }, colours.muted, theme, { dx: 8, textAnchor: 'start', fontWeight: 600 })]
        : shareMarks(row, -i, theme),
    ),
  }
}

function shareMarks({ label, count, total, colour }: SeedShare, y: number, theme: Theme): Plot.Markish[] {
  const stroke = theme.colours[colour]
  const text = `${label}: ${formatCount(count)} of ${formatCount(total)}`
  const name = note(text, { x: 0, y }, theme.colours.ink, theme, { dx: 8, dy: -8, textAnchor: 'start' })
  if (total === 0) return [name]
  const interval = wilsonInterval(count, total)
  const tick = { dy: 5, stroke: theme.colours.axis, strokeWidth: theme.lineWidth.axis }
  return [
    Plot.ruleY([0], { ...tick, y, x1: 0, x2: 1, strokeOpacity: 0.4 }),
    Plot.ruleX([0.5], { ...tick, y1: y - 0.13, y2: y + 0.13 }),
    Plot.ruleY([interval], { x1: 'low', x2: 'high', y, dy: 5, stroke, strokeWidth: theme.lineWidth.data }),
    Plot.dot([interval], { x: 'share', y, dy: 5, r: 4, fill: stroke, stroke: theme.colours.paper }),
    name,
  ]
}

/** A range that is never empty, with a share of it left free at both ends. */
function padded([low, high]: readonly [number, number], share: number): [number, number] {
  const span = high - low || 100
  return [low - share * span, high + share * span]
}

/** The seeds in words. */
export function describeSeeds({ learned, trained, shares, rates }: SeedsPicture): string {
  const range = (values: readonly number[]) =>
    `${formatCount(Math.min(...values))} to ${formatCount(Math.max(...values))}`
  const ghosts = learned.flatMap(({ firstGhost, firstFall }) =>
    firstGhost === undefined ? [] : [firstGhost - firstFall],
  )
  const falls =
    learned.length === 0
      ? ''
      : `, the loss falling first at epochs ${range(learned.map(({ firstFall }) => firstFall))} and again ${range(learned.map(({ firstFall, secondFall }) => secondFall - firstFall))} epochs later`
  const ghost = ghosts.length === 0 ? '' : `; first ghost ${range(ghosts)} epochs after the first fall`
  const shown = shares.map(({ label, rate, count, total }) => `${label} (${rate} rate): ${count} of ${total}`)
  return `Other seeds: ${learned.length} of ${trained} learn at rate ${formatNumber(rates.slow)}${falls}${ghost}. ${shown.join('; ')}.`
}
