import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bootstrapInterval } from '../../src/numerics/bootstrap.js'
import { mean } from '../../src/numerics/statistics.js'
import { TorchGenerator } from '../../src/numerics/torch-generator.js'

describe('bootstrapInterval', () => {
  it('of a mean is about 1.96 standard errors to either side', () => {
    // 400 units of alternating sign: mean 0, standard deviation 1, standard error 0.05.
    const values = Array.from({ length: 400 }, (_, i) => (i % 2 === 0 ? 1 : -1))
    const { estimate, low, high } = bootstrapInterval(values, mean)
    expect(estimate).toBe(0)
    expect(Math.abs(low + 0.098)).toBeLessThan(0.008)
    expect(Math.abs(high - 0.098)).toBeLessThan(0.008)
  })

  it('holds the mean that normal samples were drawn from in about 95 of 100 cases', () => {
    const generator = new TorchGenerator(1)
    let held = 0
    for (let trial = 0; trial < 300; trial++) {
      const sample = [...generator.normal64(50)]
      const { low, high } = bootstrapInterval(sample, mean, { resamples: 400 })
      if (low <= 0 && 0 <= high) held++
    }
    expect(held).toBeGreaterThan(270)
    expect(held).toBeLessThan(297)
  })

  it('is wider at a higher level, lies within the sample, and is the same every time', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 1 }), values => {
        const narrow = bootstrapInterval(values, mean, { level: 0.8, resamples: 200 })
        const wide = bootstrapInterval(values, mean, { level: 0.99, resamples: 200 })
        expect(wide.low).toBeLessThanOrEqual(narrow.low)
        expect(wide.high).toBeGreaterThanOrEqual(narrow.high)
        expect(wide.low).toBeGreaterThanOrEqual(Math.min(...values) - 1e-9)
        expect(wide.high).toBeLessThanOrEqual(Math.max(...values) + 1e-9)
        expect(bootstrapInterval(values, mean, { level: 0.99, resamples: 200 })).toEqual(wide)
      }),
      { numRuns: 50 },
    )
  })

  it('leaves draws out on which the statistic is not a number', () => {
    const spread = (drawn: readonly number[]) => (new Set(drawn).size === 1 ? Number.NaN : Math.max(...drawn))
    const { low, high } = bootstrapInterval([1, 2], spread)
    expect([low, high]).toEqual([2, 2])
  })

  it('refuses nothing, and a level that is no probability', () => {
    expect(() => bootstrapInterval([], () => 0)).toThrow('one or more units wanted')
    expect(() => bootstrapInterval([1], mean, { level: 1 })).toThrow('level must be between 0 and 1, got 1')
  })
})
