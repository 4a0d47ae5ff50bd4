import type { BootstrapInterval } from '../../numerics/bootstrap.js'
import type { ShareInterval } from '../../numerics/statistics.js'
import { type ClaimRule, type Finding, judge } from '../claim.js'
import { type RankTrend, type RateLimits, rankTrend, rateLimits } from './measures.js'
import type { RunEnd } from './training.js'

export const claims: readonly ClaimRule[] = [
  {
    id: '6a',
    statement: 'A network of full rank learns at rates at which one of the minimal rank fails',
    expected: 'the highest rate that still learns is higher at full rank than at rank one',
    rule: 'ratio of the highest rates at which full-rank and rank-one networks end below half of the plateau, geometric mean over seeds: lower end of the 95% bootstrap interval above 1 (main); of full-rank networks at rates up to ten times the highest at which any rank-one network learns, most learn, lower end of the 95% interval over seeds above 50%',
  },
  {
    id: '6b',
    statement: 'More trainable rank than the task needs makes learning stable',
    expected: 'the share of networks whose final loss is below 1% of the first rises with the rank',
    rule: 'slope of the share over all rates against log₁₀ of the rank: lower end of the 95% bootstrap interval above 0 (main); a positive slope at every rate at which some networks learn and others do not; a rate at which most networks of rank 1 fail and most of the highest rank learn, both by 95% intervals',
  },
]

/** What figure 6's claims are judged by: the trainings of each part. */
export type Figure6Parts = Record<string, readonly RunEnd[]>

export function findings(parts: Figure6Parts): Record<string, Finding> {
  const runs = Object.values(parts).flat()
  return { '6a': fullAgainstRankOne(rateLimits(runs)), '6b': shareAgainstRank(rankTrend(runs)) }
}

function fullAgainstRankOne({ ratio, rankOne, full, ...rest }: RateLimits): Finding {
  const { seeds, neverRankOne, fullAtTop, beyond } = rest
  const left = neverRankOne === 0 ? '' : `, ${neverRankOne} without a rank-one network that learns`
  const top =
    fullAtTop === 0
      ? ''
      : `; at full rank ${fullAtTop} learn${fullAtTop === 1 ? 's' : ''} at the highest rate run, so that these are lower bounds`
  const atLeast = fullAtTop === 0 ? '' : 'at least '
  return {
    measured: `highest rates ${atLeast}${interval(full)} at full rank, ${interval(rankOne)} at rank one; ratio ${atLeast}${interval(ratio)}, ${seeds} seeds${left}${top}; ${beyond.learned}/${beyond.runs} full-rank networks learn above, and up to ten times, ${number(beyond.above)}, the highest at which any rank-one network learns`,
    verdict: judge(ratio.low > 1, beyond.share !== undefined && beyond.share.low > 0.5),
  }
}

function shareAgainstRank({ slope, byRate, ranks, pooled, seeds }: RankTrend): Finding {
  const mixed = byRate.filter(rate => rate.mixed)
  const rising = mixed.filter(rate => rate.slope > 0)
  const rescued = byRate.filter(({ share }) => share[0]!.high < 0.5 && share.at(-1)!.low > 0.5)
  const shareAt = ({ share, low, high }: ShareInterval) =>
    `${percent(share)} (95%: ${(100 * low).toFixed(0)}–${percent(high)})`
  const first = `${shareAt(pooled[0]!)} at rank ${ranks[0]}`
  const last = `${shareAt(pooled.at(-1)!)} at rank ${ranks.at(-1)}`
  const rescuedAt =
    rescued.length === 0
      ? 'no rate'
      : `rate${rescued.length === 1 ? '' : 's'} ${rescued.map(({ rate }) => rate.toPrecision(2)).join(', ')}`
  return {
    measured: `${first}, ${last}, ${seeds} seeds: ${interval(slope)} more of the networks with every tenfold rank; rising at ${rising.length} of ${mixed.length} rates where some learn and others do not; most fail at rank ${ranks[0]} and most learn at rank ${ranks.at(-1)} at ${rescuedAt}`,
    verdict: judge(slope.low > 0, mixed.length > 0 && rising.length === mixed.length, rescued.length > 0),
  }
}

function interval({ estimate, low, high }: BootstrapInterval): string {
  if (Number.isNaN(estimate)) return '–'
  return `${number(estimate)} (95%: ${number(low)} to ${number(high)})`
}

const number = (value: number) => String(Number(value.toPrecision(2)))

const percent = (share: number) => `${(100 * share).toFixed(0)}%`
