import type { Figure6Data } from '../../figures/figure-6/data.js'
import { mean, median, standardError } from '../../numerics/statistics.js'
import type { Profile } from '../experiment.js'
import { distinct, type RankTrend, rankThreshold, rankTrend, rateLimits } from './measures.js'
import { lossEpochs, type RunEnd } from './training.js'

/** What figure 6 shows of its trainings. */
export function figure6Data(runs: readonly RunEnd[], profile: Profile): Figure6Data {
  const limits = rateLimits(runs)
  const trend = rankTrend(runs)
  return {
    networks: [
      { name: 'Rank one', curves: rateCurvesOf('rank-one', runs, profile), limit: limits.rankOne },
      { name: 'Full rank', curves: rateCurvesOf('full', runs, profile), limit: limits.full },
    ],
    ratio: limits.ratio,
    training: trainingAt(steepest(trend), runs, profile),
    ranks: {
      threshold: rankThreshold,
      rank: Float64Array.from(trend.ranks),
      byRate: trend.byRate.map(({ rate, share }) => ({
        rate,
        share: Float64Array.from(share, interval => interval.share),
        low: Float64Array.from(share, interval => interval.low),
        high: Float64Array.from(share, interval => interval.high),
      })),
      pooled: trend.pooled.map(({ share, low, high }) => ({ estimate: share, low, high })),
      slope: trend.slope,
      intercept: trend.intercept,
    },
  }
}

/** A diverged training has no loss any more, and is left out of the means. */
function rateCurvesOf(network: RunEnd['network'], runs: readonly RunEnd[], profile: Profile) {
  const these = runs.filter(run => run.network === network)
  const rates = distinct(these.map(({ rate }) => rate))
  return lossEpochs(network, profile).map((epoch, i) => {
    const losses = rates.map(rate =>
      these.filter(run => run.rate === rate && Number.isFinite(run.lossAt[i])).map(run => run.lossAt[i]!),
    )
    return {
      epoch,
      rate: Float64Array.from(rates),
      mean: Float64Array.from(losses, mean),
      standardError: Float64Array.from(losses, standardError),
    }
  })
}

/** The rate at which the rank matters most. */
function steepest({ byRate }: RankTrend): number {
  return byRate.reduce((best, entry) => (entry.slope > best.slope ? entry : best)).rate
}

function trainingAt(rate: number, runs: readonly RunEnd[], profile: Profile): Figure6Data['training'] {
  const here = runs.filter(run => typeof run.network === 'number' && run.rate === rate)
  const ranks = distinct(here.map(({ network }) => Number(network)))
  return {
    rate,
    curves: ranks.map(rank => {
      const these = here.filter(({ network }) => network === rank)
      const epochs = lossEpochs(rank, profile)
      return {
        rank,
        epoch: Float64Array.from(epochs),
        loss: Float64Array.from(epochs, (_, i) =>
          median(these.map(run => run.lossAt[i]! / run.firstLoss).filter(Number.isFinite)),
        ),
      }
    }),
  }
}
