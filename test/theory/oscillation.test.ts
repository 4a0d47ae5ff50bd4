import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { criticalLearningRate } from '../../src/theory/critical-rate.js'
import { lossFloor, oscillationBand, relativeStep, stepSizes } from '../../src/theory/oscillation.js'
import { descend, descentStep, spreadStarts } from './descent.js'
import { toyFixture } from './toy-fixture.js'

const times = fc
  .record({
    exponent: fc.double({ min: 0, max: 3, noNaN: true }),
    share: fc.double({ min: 0.05, max: 4, noNaN: true }),
  })
  .map(({ exponent, share }) => ({ delay: 10 ** exponent, response: share * 10 ** exponent }))
const below = fc.double({ min: 0.01, max: 1, noNaN: true })
const optimumOf = (delay: number) => Math.PI ** 2 / (4 * delay ** 2)

/** Mean of |1 − t*(r)/T| over the second half of a long descent, at a rate on the un-normalised loss. */
function measuredFloor(learningRate: number, delay: number, response: number): number {
  const best = optimumOf(delay)
  const late = descend({ delay, response, learningRate }, 3.3 * best, 80_000).subarray(40_000)
  return late.reduce((sum, r) => sum + Math.abs(1 - Math.sqrt(best / r)), 0) / late.length
}

describe('steps from either side of the optimum', () => {
  it('are those of simulated descent, and the step up is the larger', () => {
    fc.assert(
      fc.property(times, below, fc.double({ min: 1e-3, max: 0.99, noNaN: true }), (trial, ratio, share) => {
        const best = optimumOf(trial.delay)
        const distance = share * (best - Math.PI ** 2 / (4 * (trial.delay + trial.response) ** 2))
        const learningRate = ratio * criticalLearningRate(trial, 'un-normalised')
        const { up, down } = stepSizes(distance, learningRate, trial, 'un-normalised')
        const step = descentStep({ ...trial, learningRate })
        expect(Math.abs(step(best - distance) - (best - distance) - up)).toBeLessThan(1e-12 * (best + up))
        expect(Math.abs(best + distance - step(best + distance) - down)).toBeLessThan(1e-12 * best)
        expect(up).toBeGreaterThan(down)
        const normalised = stepSizes(distance, learningRate * trial.delay, trial, 'normalised')
        expect(normalised.up / up).toBeCloseTo(1, 12)
        expect(normalised.down / down).toBeCloseTo(1, 12)
      }),
    )
  })

  it('are equal in the limit at the kink, a share of the optimum called the relative step', () => {
    fc.assert(
      fc.property(times, below, (trial, ratio) => {
        const best = optimumOf(trial.delay)
        const learningRate = ratio * criticalLearningRate(trial, 'normalised')
        const { up, down } = stepSizes(0, learningRate, trial, 'normalised')
        expect(up).toBe(down)
        expect(relativeStep(learningRate, trial.delay, 'normalised') / (up / best)).toBeCloseTo(1, 12)
        const room = 1 - (trial.delay / (trial.delay + trial.response)) ** 2
        expect(relativeStep(learningRate, trial.delay, 'normalised')).toBeCloseTo(ratio * room, 12)
      }),
    )
  })
})

describe('descent below the critical rate', () => {
  it('ends in the band from any start outside the zone, and stays in it', () => {
    fc.assert(
      fc.property(times, below, fc.double({ min: 0.001, max: 1, noNaN: true }), (trial, ratio, height) => {
        const best = optimumOf(trial.delay)
        const edge = Math.PI ** 2 / (4 * (trial.delay + trial.response) ** 2)
        const learningRate = ratio * criticalLearningRate(trial, 'un-normalised')
        const { lowest, highest } = oscillationBand(learningRate, trial, 'un-normalised')
        expect(lowest).toBeGreaterThanOrEqual(edge * (1 - 1e-12))
        const step = descentStep({ ...trial, learningRate })
        let r = edge + height * (5 * best - edge)
        for (let epoch = 0; epoch < 1e6 && (r > highest || r < lowest); epoch++) r = step(r)
        for (let epoch = 0; epoch < 2000; epoch++) {
          expect(r >= lowest * (1 - 1e-12) && r <= highest * (1 + 1e-12)).toBe(true)
          r = step(r)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('can reach either end of the band in one step from within it', () => {
    fc.assert(
      fc.property(times, below, (trial, ratio) => {
        const best = optimumOf(trial.delay)
        const learningRate = ratio * criticalLearningRate(trial, 'un-normalised')
        const { lowest, highest } = oscillationBand(learningRate, trial, 'un-normalised')
        const step = descentStep({ ...trial, learningRate })
        const from = [
          best * (1 + 1e-10),
          best * (1 - 1e-10),
          lowest * (1 + 1e-10),
          ...spreadStarts(lowest, best, 500),
        ]
        const landings = from.map(step)
        expect(Math.min(...landings) / lowest).toBeCloseTo(1, 7)
        expect(Math.max(...landings) / highest).toBeCloseTo(1, 7)
      }),
      { numRuns: 60 },
    )
  })

  it('ends every pair of hops across the optimum higher than it began, so there is no 2-cycle', () => {
    fc.assert(
      fc.property(times, below, (trial, ratio) => {
        const best = optimumOf(trial.delay)
        const learningRate = ratio * criticalLearningRate(trial, 'un-normalised')
        const late = descend({ ...trial, learningRate }, 1.1 * best, 3000).subarray(1000)
        let pairs = 0
        for (let i = 0; i + 2 < late.length; i++) {
          const [first, second, third] = [late[i]!, late[i + 1]!, late[i + 2]!]
          const backAndForth = first > best !== second > best && second > best !== third > best
          if (!backAndForth) continue
          pairs++
          expect(third).toBeGreaterThan(first)
        }
        // At large rates one hop up is followed by several down, and pairs are rare.
        if (ratio < 0.1) expect(pairs).toBeGreaterThan(1000)
      }),
      { numRuns: 60 },
    )
  })

  it('takes one step down more every 4/(3k) epochs, at small relative steps k', () => {
    for (const k of [0.01, 0.03, 0.1]) {
      const delay = 10
      const learningRate = (k * Math.PI ** 4) / (8 * delay ** 5)
      const late = descend({ delay, response: 40, learningRate }, 2 * optimumOf(delay), 80_000).subarray(
        20_000,
      )
      const down = late.filter(r => r > optimumOf(delay)).length / late.length
      expect((down - 0.5) / ((3 / 8) * k)).toBeCloseTo(1, 1)
    }
  })

  it('brings neighbouring paths together by 1 − (15/8)·k² an epoch, at small relative steps k', () => {
    for (const k of [0.02, 0.04, 0.06]) {
      const delay = 10
      const learningRate = (k * Math.PI ** 4) / (8 * delay ** 5)
      const best = optimumOf(delay)
      const late = descend({ delay, response: 40, learningRate }, 2 * best, 80_000).subarray(20_000)
      const logSlope = (r: number) => Math.log(1 + (r > best ? 1.5 : -1.5) * k * (best / r) ** 2.5)
      const exponent = late.reduce((sum, r) => sum + logSlope(r), 0) / late.length
      expect(exponent / ((-15 / 8) * k ** 2)).toBeCloseTo(1, 1)
    }
  })
})

describe('the floor of the loss', () => {
  it('is within 1% of the mean late loss of simulated descent while the relative step is below a tenth', () => {
    fc.assert(
      fc.property(times, fc.double({ min: 0.005, max: 0.1, noNaN: true }), (trial, k) => {
        const learningRate = (k * Math.PI ** 4) / (8 * trial.delay ** 5)
        fc.pre(learningRate < criticalLearningRate(trial, 'un-normalised'))
        const measured = measuredFloor(learningRate, trial.delay, trial.response)
        expect(
          Math.abs(lossFloor(learningRate * trial.delay, trial, 'normalised') / measured - 1),
        ).toBeLessThan(0.01)
        expect(lossFloor(learningRate, trial, 'un-normalised')).toBeCloseTo(
          trial.delay * lossFloor(learningRate * trial.delay, trial, 'normalised'),
          10,
        )
      }),
      { numRuns: 30 },
    )
  })

  it('is in proportion to the learning rate in simulated descent up to a quarter of the critical rate', () => {
    const critical = toyFixture.alpha_c.value_T100
    const perRate = [0.01, 0.03, 0.1, 0.17, 0.25].map(
      ratio => measuredFloor(ratio * critical, 100, 100) / ratio,
    )
    for (const value of perRate) expect(Math.abs(value / perRate[0]! - 1)).toBeLessThan(0.05)
  })
})

describe('the independent double-precision program', () => {
  const run = toyFixture.sgd['1e-10']

  it('has its descent fill the band to 1% of its width', () => {
    const band = oscillationBand(1e-10, { delay: 100 }, 'un-normalised')
    const [lowest, highest] = run.tail_2000_3000_min_max_over_rstar.map(share => share * toyFixture.rstar)
    const width = band.highest - band.lowest
    expect(lowest).toBeGreaterThanOrEqual(band.lowest)
    expect(highest).toBeLessThanOrEqual(band.highest)
    expect(lowest! - band.lowest).toBeLessThan(0.01 * width)
    expect(band.highest - highest!).toBeLessThan(0.01 * width)
  })

  it('has the late loss of its descent within 0.5% of the floor', () => {
    const floor = lossFloor(1e-10, { delay: 100 }, 'un-normalised') / 100
    expect(Math.abs(run.tail_mean_loss_2000_3000 / floor - 1)).toBeLessThan(0.005)
  })
})

describe('errors of the oscillation functions', () => {
  it('name the function, the parameter and the value', () => {
    const trial = { delay: 100 }
    expect(() => relativeStep(0, 1, 'normalised')).toThrow(
      'relativeStep: learningRate must be positive and finite, got 0',
    )
    expect(() => stepSizes(1, 1e-10, trial, 'un-normalised')).toThrow(
      /^stepSizes: distance must be below r\* − r_z = 0\.000185.*, got 1$/,
    )
    expect(() => oscillationBand(1e-9, trial, 'un-normalised')).toThrow(
      /^oscillationBand: learningRate must be at or below the critical rate 9\.13.*e-10, got 1e-9$/,
    )
    expect(() => lossFloor(1e-9, trial, 'un-normalised')).toThrow(RangeError)
    expect(() => lossFloor(1e-9, { delay: -1 }, 'un-normalised')).toThrow(
      'lossFloor: delay must be positive and finite, got -1',
    )
  })
})
