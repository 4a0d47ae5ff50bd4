import { describe, expect, it } from 'vitest'
import { claims, findings } from '../../src/experiments/figure-6/claims.js'
import { rankTrend, rateLimits } from '../../src/experiments/figure-6/measures.js'
import { extents, partPlans, ratesOf } from '../../src/experiments/figure-6/settings.js'
import type { RunEnd } from '../../src/experiments/figure-6/training.js'
import { figure6 } from '../../src/experiments/figure-6.js'

const seeds = [...Array(10).keys()]

function run(network: RunEnd['network'], rate: number, seed: number, learns: boolean): RunEnd {
  const finalLoss = learns ? 0.001 : 0.9
  return { network, rate, seed, firstLoss: 1, plateau: 1, finalLoss, lossAt: [1, finalLoss] }
}

/** Trainings of which each learns up to a limit. */
function limited(network: RunEnd['network'], rates: readonly number[], limit: (seed: number) => number) {
  return seeds.flatMap(seed => rates.map(rate => run(network, rate, seed, rate <= limit(seed))))
}

const rankOneRates = [0.001, 0.003, 0.01, 0.03, 0.1]
const fullRates = [0.01, 0.1, 1, 10]
const ranks = [1, 10, 100] as const

interface Made {
  rankOne: (seed: number) => number
  full: (seed: number) => number
  /** Whether a network of a rank learns. */
  learns: (rank: number, rate: number, seed: number) => boolean
}

const ideal: Made = {
  rankOne: () => 0.01,
  full: () => 1,
  learns: (rank, rate, seed) => (rate === 0.1 ? rank === 100 || seed < rank / 5 : rate < 0.1),
}

function runsOf(change: Partial<Made>): RunEnd[] {
  const made = { ...ideal, ...change }
  return [
    ...limited('rank-one', rankOneRates, made.rankOne),
    ...limited('full', fullRates, made.full),
    ...ranks.flatMap(rank =>
      [0.01, 0.1, 1].flatMap(rate => seeds.map(seed => run(rank, rate, seed, made.learns(rank, rate, seed)))),
    ),
  ]
}

const judged = (change: Partial<Made>) => findings({ all: runsOf(change) })

describe('the claims of figure 6', () => {
  it('are all judged, and can all be supported', () => {
    const found = judged({})
    expect(Object.keys(found).sort()).toEqual(claims.map(({ id }) => id).sort())
    expect(Object.values(found).map(({ verdict }) => verdict)).toEqual(['supported', 'supported'])
  })

  it.each<[string, string, Partial<Made>]>([
    [
      '6a',
      'full rank fails just above the limit of rank one',
      { rankOne: () => 0.003, full: seed => (seed < 7 ? 0.01 : 0.001) },
    ],
    [
      '6b',
      'the share falls with the rank at one rate',
      {
        learns: (rank, rate, seed) => (rate === 1 ? rank === 1 && seed < 2 : ideal.learns(rank, rate, seed)),
      },
    ],
    ['6b', 'rank 1 fails nowhere for certain', { learns: (rank, _, seed) => seed < 4 || rank > 1 }],
  ])('%s is partly so if %s', (id, _, change) => {
    expect(judged(change)[id]?.verdict).toBe('partly')
  })

  it.each<[string, string, Partial<Made>]>([
    ['6a', 'both learn up to the same rate', { full: () => 0.01 }],
    [
      '6a',
      'the ratio goes either way from seed to seed',
      { rankOne: () => 0.1, full: seed => (seed % 2 ? 1 : 0.01) },
    ],
    ['6a', 'no rank-one network learns', { rankOne: () => 0 }],
    ['6a', 'no full-rank network learns', { full: () => 0 }],
    ['6b', 'the rank does not matter', { learns: (_, rate) => rate < 0.1 }],
    ['6b', 'the share falls with the rank', { learns: (rank, rate, seed) => seed < 10 / rank && rate < 1 }],
    ['6b', 'nothing learns', { learns: () => false }],
  ])('%s is not supported if %s', (id, _, change) => {
    expect(judged(change)[id]?.verdict).toBe('not supported')
  })

  it('count a training without a final loss as one that has not learned', () => {
    const broken = runsOf({}).map(end => (end.network === 'full' ? { ...end, finalLoss: Number.NaN } : end))
    expect(findings({ all: broken })['6a']?.verdict).toBe('not supported')
  })
})

describe('the highest rates that learn', () => {
  it('are geometric means over the seeds, and their ratio one within seeds', () => {
    const limits = rateLimits(
      runsOf({ rankOne: seed => (seed % 2 ? 0.001 : 0.1), full: seed => (seed % 2 ? 0.1 : 10) }),
    )
    expect(limits.rankOne.estimate).toBeCloseTo(0.01)
    expect(limits.full.estimate).toBeCloseTo(1)
    expect(limits.ratio).toEqual({
      estimate: expect.closeTo(100),
      low: expect.closeTo(100),
      high: expect.closeTo(100),
    })
    expect(limits.fullAtTop).toBe(5)
  })
})

describe('the trend with the rank', () => {
  it('is the slope of a share that rises by a third with every tenfold rank', () => {
    const learns = (rank: number, rate: number) => ({ 1: 0, 10: 0.01, 100: 0.1 })[rank]! >= rate
    const { slope, intercept, pooled } = rankTrend(runsOf({ learns }))
    expect(pooled.map(({ share }) => share)).toEqual([0, expect.closeTo(1 / 3), expect.closeTo(2 / 3)])
    expect(slope.estimate).toBeCloseTo(1 / 3)
    expect(intercept).toBeCloseTo(0)
  })
})

describe('the parts of figure 6', () => {
  it('run as published in the paper profile: every rate of every network and seed once', () => {
    const runs = partPlans.flatMap(part =>
      ratesOf(part, 'paper').map(rate => `${part.plan.network} ${part.seed} ${rate}`),
    )
    expect(new Set(runs).size).toBe(runs.length)
    expect(runs).toHaveLength(10 * (30 + 30 + 9 * 10))
    expect(figure6.partsOf('paper')).toHaveLength(partPlans.length)
  })

  it.each(['quick', 'standard'] as const)('run what the %s profile names, in its parts alone', profile => {
    const { rates, ranks: ranksRun, seeds: count } = extents[profile]
    const runs = partPlans.flatMap(part => ratesOf(part, profile))
    const wanted =
      count.rates * (rates.rankOne!.length + rates.full!.length) +
      count.ranks * ranksRun.length * rates.rank!.length
    expect(runs).toHaveLength(wanted)
    expect(figure6.partsOf(profile).length).toBeLessThan(partPlans.length)
  })
})
