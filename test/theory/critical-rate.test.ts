import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  criticalLearningRate,
  fateOfRate,
  shortResponseCriticalRate,
} from '../../src/theory/critical-rate.js'
import { countLost, descentStep, spreadStarts } from './descent.js'
import { toyFixture } from './toy-fixture.js'

const times = fc
  .record({
    exponent: fc.double({ min: 0, max: 3, noNaN: true }),
    share: fc.double({ min: 0.05, max: 4, noNaN: true }),
  })
  .map(({ exponent, share }) => ({ delay: 10 ** exponent, response: share * 10 ** exponent }))

/** Lowest rate at which one step from some r in (r*, 3r*] lands in the zone, by bisection over simulated steps. */
function measuredCriticalRate(delay: number, response: number): number {
  const best = Math.PI ** 2 / (4 * delay ** 2)
  const edge = Math.PI ** 2 / (4 * (delay + response) ** 2)
  const starts = [best * (1 + 1e-12), ...spreadStarts(best, 3 * best, 200)]
  const enters = (learningRate: number) => {
    const step = descentStep({ delay, response, learningRate })
    return starts.some(start => step(start) <= edge)
  }
  let low = 1e-12 / delay ** 5
  let high = 1e3 / delay ** 5
  for (let i = 0; i < 80; i++) {
    const middle = Math.sqrt(low * high)
    if (enters(middle)) high = middle
    else low = middle
  }
  return high
}

describe('the critical learning rate', () => {
  it('is the lowest at which any step lands in the zone', () => {
    fc.assert(
      fc.property(times, ({ delay, response }) => {
        const measured = measuredCriticalRate(delay, response)
        expect(criticalLearningRate({ delay, response }, 'un-normalised') / measured).toBeCloseTo(1, 8)
        expect(criticalLearningRate({ delay, response }, 'normalised') / delay / measured).toBeCloseTo(1, 8)
      }),
      { numRuns: 60 },
    )
  })

  it('keeps every one of many starts out of the zone at 0.98 of it, for any response window', () => {
    fc.assert(
      fc.property(times, ({ delay, response }) => {
        const best = Math.PI ** 2 / (4 * delay ** 2)
        const edge = Math.PI ** 2 / (4 * (delay + response) ** 2)
        const learningRate = 0.98 * criticalLearningRate({ delay, response }, 'un-normalised')
        const starts = spreadStarts(edge, 10 * best, 20)
        expect(countLost({ delay, response, learningRate }, starts, 4000)).toBe(0)
      }),
      { numRuns: 20 },
    )
  })

  it('loses every one of forty starts at 1.05 of it when the response is as long as the delay', () => {
    const best = toyFixture.rstar
    const starts = spreadStarts(best, 10 * best, 40)
    const lostAt = (ratio: number) => {
      const learningRate = ratio * criticalLearningRate({ delay: 100 }, 'un-normalised')
      return countLost({ delay: 100, response: 100, learningRate }, starts, 20_000)
    }
    expect(lostAt(0.98)).toBe(0)
    expect(lostAt(1.05)).toBe(40)
  })

  it('is not the rate at which every start is lost when the response is half the delay', () => {
    const best = toyFixture.rstar
    const learningRate = 1.2 * criticalLearningRate({ delay: 100, response: 50 }, 'un-normalised')
    const lost = countLost(
      { delay: 100, response: 50, learningRate },
      spreadStarts(best, 10 * best, 100),
      20_000,
    )
    expect(lost).toBeGreaterThan(10)
    expect(lost).toBeLessThan(90)
  })

  it('approaches its limit for short responses with an error of (3/2)·T_R/T', () => {
    for (const share of [1e-2, 1e-3, 1e-4, 1e-6]) {
      const trial = { delay: 37, response: 37 * share }
      for (const normalisation of ['normalised', 'un-normalised'] as const) {
        const ratio =
          shortResponseCriticalRate(trial, normalisation) / criticalLearningRate(trial, normalisation)
        expect((ratio - 1) / (1.5 * share)).toBeCloseTo(1, share > 1e-3 ? 1 : 2)
      }
    }
  })

  it('is 3π⁴/(32·T⁴) and 3π⁴/(32·T⁵) for a response as long as the delay', () => {
    expect(criticalLearningRate({ delay: 2 }, 'normalised')).toBeCloseTo((3 * Math.PI ** 4) / 512, 12)
    expect(criticalLearningRate({ delay: 2 }, 'un-normalised')).toBeCloseTo((3 * Math.PI ** 4) / 1024, 12)
  })
})

describe('the independent double-precision program', () => {
  it('measures the critical rate by bisection over 8000 random starts to 2 parts in 100,000', () => {
    expect(toyFixture.alpha_c.rows).toHaveLength(4)
    for (const [delay, measured] of toyFixture.alpha_c.rows) {
      const ratio = criticalLearningRate({ delay: delay! }, 'un-normalised') / measured!
      expect(Math.abs(ratio - 1)).toBeLessThan(2e-5)
    }
  })

  it('loses some of 2000 random starts at exactly the rates whose fate is to be lost', () => {
    const rows = toyFixture.fraction_of_2000_random_starts_in_1_10_rstar_entering_zone_within_3000_epochs
    expect(rows.length).toBeGreaterThan(8)
    for (const [ratio, lost] of rows) {
      const { fate } = fateOfRate(ratio * toyFixture.alpha_c.value_T100, { delay: 100 }, 'un-normalised')
      expect(fate).toBe(lost > 0 ? 'exposed' : 'oscillates')
    }
  })

  it('is lost at 1e-9 and not at 1e-10, as the fates say', () => {
    for (const [rate, run] of [
      [1e-10, toyFixture.sgd['1e-10']],
      [1e-9, toyFixture.sgd['1e-09']],
    ] as const) {
      const { fate, ratio } = fateOfRate(rate, { delay: 100 }, 'un-normalised')
      expect(fate).toBe(run.first_epoch_in_zone === null ? 'oscillates' : 'exposed')
      expect(ratio * toyFixture.alpha_c.value_T100).toBeCloseTo(rate, 20)
    }
  })
})

describe('the fate of a learning rate', () => {
  it('is to oscillate at the critical rate itself and to be lost at the next number above', () => {
    fc.assert(
      fc.property(times, fc.constantFrom('normalised', 'un-normalised'), (trial, normalisation) => {
        const critical = criticalLearningRate(trial, normalisation)
        expect(fateOfRate(critical, trial, normalisation)).toEqual({ fate: 'oscillates', ratio: 1 })
        expect(fateOfRate(critical * (1 + 1e-15), trial, normalisation).fate).toBe('exposed')
      }),
    )
  })

  it('is refused for a rate that is no positive number', () => {
    expect(() => fateOfRate(-1, { delay: 1 }, 'normalised')).toThrow(
      'fateOfRate: learningRate must be positive and finite, got -1',
    )
    expect(() => criticalLearningRate({ delay: 0 }, 'normalised')).toThrow(
      'criticalLearningRate: delay must be positive and finite, got 0',
    )
    expect(() => shortResponseCriticalRate({ delay: 1, response: -1 }, 'normalised')).toThrow(
      'shortResponseCriticalRate: response must be positive and finite, got -1',
    )
    // @ts-expect-error: a caller without types
    expect(() => fateOfRate(1, { delay: 1 }, undefined)).toThrow(
      `fateOfRate: normalisation must be 'normalised' or 'un-normalised', got undefined`,
    )
  })
})
