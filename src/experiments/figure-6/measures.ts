import { type BootstrapInterval, bootstrapInterval } from '../../numerics/bootstrap.js'
import { clusteredShare } from '../../numerics/clustered-share.js'
import { fitLine, mean, type ShareInterval, wilsonInterval } from '../../numerics/statistics.js'
import { eventThresholds } from '../../training/events.js'
import type { RunEnd } from './training.js'

/** Figure 6b counts a network as learned below this share of its first loss. */
export const rankThreshold = 0.01

/** Ended below half of the plateau: it has learned, and not lost it again. */
export function learned({ finalLoss, plateau }: RunEnd): boolean {
  return finalLoss < eventThresholds.firstFall * plateau
}

/** The criterion of figure 6b. */
export function learnedWell({ finalLoss, firstLoss }: RunEnd): boolean {
  return finalLoss < rankThreshold * firstLoss
}

/** The highest rates at which rank-one and full-rank networks learn. */
export interface RateLimits {
  /** Geometric means over the seeds; of the seeds that learn at some rate. */
  readonly rankOne: BootstrapInterval
  readonly full: BootstrapInterval
  /** Full over rank-one, within a seed. */
  readonly ratio: BootstrapInterval
  readonly seeds: number
  /** Seeds whose rank-one network learns at no rate: they are left out of the ratio. */
  readonly neverRankOne: number
  /** Seeds whose full-rank network still learns at the highest rate run: its limit lies above. */
  readonly fullAtTop: number
  /** Full-rank networks at rates above the highest of any rank-one network's, and up to ten times that. */
  readonly beyond: {
    readonly learned: number
    readonly runs: number
    readonly above: number
    /** The share that learns, its interval over seeds; undefined if there are no such networks. */
    readonly share: ShareInterval | undefined
  }
}

export function rateLimits(runs: readonly RunEnd[]): RateLimits {
  const rankOne = runs.filter(({ network }) => network === 'rank-one')
  const full = runs.filter(({ network }) => network === 'full')
  const lowestFull = Math.min(...full.map(({ rate }) => rate))
  const topFull = Math.max(...full.map(({ rate }) => rate))
  const seeds = distinct(rankOne.map(({ seed }) => seed)).map(seed => ({
    rankOne: highestLearned(rankOne, seed),
    // A full-rank network that never learns speaks against the claim as much as it can.
    full: highestLearned(full, seed) ?? lowestFull,
  }))
  type Seed = (typeof seeds)[number]
  const geometric = (of: (seed: Seed) => number | undefined) => (drawn: readonly Seed[]) =>
    Math.exp(
      mean(
        drawn
          .map(of)
          .filter(value => value !== undefined)
          .map(Math.log),
      ),
    )
  const top = Math.max(...seeds.map(seed => seed.rankOne ?? 0))
  const beyond = full.filter(({ rate }) => rate > top && rate <= 10 * top)
  return {
    rankOne: bootstrapInterval(
      seeds,
      geometric(seed => seed.rankOne),
    ),
    full: bootstrapInterval(
      seeds,
      geometric(seed => seed.full),
    ),
    ratio: bootstrapInterval(
      seeds,
      geometric(seed => (seed.rankOne === undefined ? undefined : seed.full / seed.rankOne)),
    ),
    seeds: seeds.length,
    neverRankOne: seeds.filter(seed => seed.rankOne === undefined).length,
    fullAtTop: seeds.filter(seed => seed.full === topFull).length,
    beyond: {
      learned: beyond.filter(learned).length,
      runs: beyond.length,
      above: top,
      share:
        beyond.length === 0 ? undefined : clusteredShare(bySeed(beyond).map(group => group.map(learned))),
    },
  }
}

function highestLearned(runs: readonly RunEnd[], seed: number): number | undefined {
  const rates = runs.filter(run => run.seed === seed && learned(run)).map(({ rate }) => rate)
  return rates.length === 0 ? undefined : Math.max(...rates)
}

/** How the share of networks that learn goes with their rank. */
export interface RankTrend {
  readonly ranks: readonly number[]
  /** At each learning rate, ascending: the share by rank, and the slope of its fit. */
  readonly byRate: readonly {
    readonly rate: number
    readonly share: readonly ShareInterval[]
    readonly slope: number
    /** Whether some networks learn at this rate, and others do not. */
    readonly mixed: boolean
  }[]
  /** The share over all rates by rank, its interval over seeds. */
  readonly pooled: readonly ShareInterval[]
  /** Rise of the pooled share with every tenfold rank, and where its fit is at rank 1. */
  readonly slope: BootstrapInterval
  readonly intercept: number
  readonly seeds: number
}

export function rankTrend(runs: readonly RunEnd[]): RankTrend {
  const ranked = runs.filter(({ network }) => typeof network === 'number')
  const ranks = distinct(ranked.map(({ network }) => Number(network)))
  const sharesOf = (some: readonly RunEnd[]) =>
    ranks.map(rank => mean(some.filter(run => run.network === rank).map(run => (learnedWell(run) ? 1 : 0))))
  const lineThrough = (shares: readonly number[]) => fitLine(ranks.map(Math.log10), shares)
  /** The shares of each seed: what is independent. */
  const seeds = bySeed(ranked).map(sharesOf)
  const slopeOf = (drawn: readonly (readonly number[])[]) =>
    lineThrough(ranks.map((_, index) => mean(drawn.map(shares => shares[index]!)))).slope
  return {
    ranks,
    byRate: distinct(ranked.map(({ rate }) => rate)).map(rate => {
      const here = ranked.filter(run => run.rate === rate)
      const count = here.filter(learnedWell).length
      return {
        rate,
        share: ranks.map(rank => shareInterval(here.filter(({ network }) => network === rank))),
        slope: lineThrough(sharesOf(here)).slope,
        mixed: count > 0 && count < here.length,
      }
    }),
    pooled: ranks.map(rank =>
      clusteredShare(
        bySeed(ranked.filter(({ network }) => network === rank)).map(group => group.map(learnedWell)),
      ),
    ),
    slope: bootstrapInterval(seeds, slopeOf),
    intercept: lineThrough(sharesOf(ranked)).intercept,
    seeds: seeds.length,
  }
}

function shareInterval(runs: readonly RunEnd[]): ShareInterval {
  return wilsonInterval(runs.filter(learnedWell).length, runs.length)
}

/** The trainings of each seed. */
function bySeed(runs: readonly RunEnd[]): RunEnd[][] {
  return distinct(runs.map(({ seed }) => seed)).map(seed => runs.filter(run => run.seed === seed))
}

/** Ascending, each once. */
export function distinct(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b)
}
