import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linspace, logspace } from '../../src/numerics/spacing.js'
import { fitLine, mean, median, standardError, wilsonInterval } from '../../src/numerics/statistics.js'
import { TorchGenerator } from '../../src/numerics/torch-generator.js'

describe('spacing', () => {
  it('includes both ends exactly', () => {
    expect([...linspace(-1, 2, 4)]).toEqual([-1, 0, 1, 2])
    const values = linspace(0.1, 0.7, 11)
    expect([values[0], values.at(-1)]).toEqual([0.1, 0.7])
  })

  it('is even in the exponent of ten', () => {
    expect([...logspace(-2, 1, 4)]).toEqual([0.01, 0.1, 1, 10].map(value => expect.closeTo(value, 12)))
  })

  it('needs at least two values', () => {
    expect(() => linspace(0, 1, 1)).toThrow('count must be a whole number from 2, got 1')
  })
})

describe('statistics', () => {
  it('take the middle value, or the mean of the two in the middle', () => {
    expect(median([5, -1, 30])).toBe(5)
    expect(median([4, 10, 9, 1])).toBe(6.5)
    expect(median([])).toBeNaN()
  })

  it('have the mean and standard error of a textbook sample', () => {
    // Sample variance 32/7 of 8 values about 5.
    const values = [2, 4, 4, 4, 5, 5, 7, 9]
    expect(mean(values)).toBe(5)
    expect(standardError(values)).toBeCloseTo(Math.sqrt(32 / 7 / 8), 12)
  })

  it('fit a line through exact points exactly', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -50, max: 50 }),
        fc.integer({ min: -50, max: 50 }),
        (slope, intercept) => {
          const x = [0, 1, 2, 5, 9]
          const fit = fitLine(
            x,
            x.map(at => slope * at + intercept),
          )
          expect(fit.slope).toBeCloseTo(slope, 10)
          expect(fit.intercept).toBeCloseTo(intercept, 10)
          expect(fit.slopeError).toBeLessThan(1e-6)
        },
      ),
    )
  })

  it("fit Anscombe's first quartet as published", () => {
    const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5]
    const y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68]
    const fit = fitLine(x, y)
    expect(fit.slope).toBeCloseTo(0.5001, 4)
    expect(fit.intercept).toBeCloseTo(3.0001, 4)
    expect(fit.slopeError).toBeCloseTo(0.1179, 4)
  })

  it('have the Wilson interval of a published example, and its ends at 0 and 1', () => {
    // Newcombe, Statistics in Medicine 17 (1998) 857, table I: 81/263, 15/148, 0/20, 1/29.
    const published = [
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718],
    ] as const
    for (const [count, total, low, high] of published) {
      const interval = wilsonInterval(count, total)
      expect(interval.low).toBeCloseTo(low, 4)
      expect(interval.high).toBeCloseTo(high, 4)
    }
    expect(wilsonInterval(7, 7).high).toBe(1)
    expect(() => wilsonInterval(3, 2)).toThrow('got 3 of 2')
  })

  it('cover a share as often as they say', () => {
    const generator = new TorchGenerator(1)
    const [runs, total, share] = [2000, 60, 0.3]
    let covered = 0
    for (let run = 0; run < runs; run++) {
      const count = generator.uniform64(total).filter(value => value < share).length
      const { low, high } = wilsonInterval(count, total)
      if (low <= share && share <= high) covered++
    }
    expect(covered / runs).toBeGreaterThan(0.93)
    expect(covered / runs).toBeLessThan(0.97)
  })
})
