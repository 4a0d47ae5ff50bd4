import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { additionError, fma64 } from '../../src/numerics/float64.js'
import { exactMultiplyAdd } from './exact-rounding.js'

const moderate = fc
  .tuple(fc.double({ min: -2, max: 2, noNaN: true }), fc.integer({ min: -60, max: 60 }))
  .map(([value, exponent]) => (Math.abs(value) < 2 ** -400 ? 0 : value * 2 ** exponent))

/** Products that lie half-way between two float64 values, and an addend far below their last bit. */
const nearTie = fc
  .tuple(
    fc.integer({ min: 94906266, max: 2 ** 27 - 1 }),
    fc.integer({ min: 94906266, max: 2 ** 27 - 1 }),
    fc.integer({ min: -3, max: 3 }),
    fc.integer({ min: -120, max: 2 }),
  )
  .map(([a, b, sign, exponent]): [number, number, number] => [a | 1, b | 1, sign * 2 ** exponent])

describe('fused multiply-add in float64', () => {
  it('rounds a product and sum once, as exact integer arithmetic does', () => {
    fc.assert(
      fc.property(moderate, moderate, moderate, (a, b, c) => {
        expect(fma64(a, b, c) + 0).toBe(exactMultiplyAdd(a, b, c, 'float64') + 0)
      }),
      { numRuns: 3000 },
    )
  })

  it('rounds to the right side of a tie however small the addend', () => {
    fc.assert(
      fc.property(nearTie, ([a, b, c]) => {
        expect(fma64(a, b, c)).toBe(exactMultiplyAdd(a, b, c, 'float64'))
      }),
      { numRuns: 3000 },
    )
  })

  it('gives the error of a rounded product when the product is subtracted', () => {
    const third = 1 / 3
    expect(fma64(third, 3, -1)).toBe(-(2 ** -54))
    expect(fma64(1 + 2 ** -52, 1 + 2 ** -52, -(1 + 2 ** -51))).toBe(2 ** -104)
  })
})

describe('the rounding error of an addition', () => {
  it('makes the rounded sum exact again', () => {
    expect(additionError(1, 2 ** -60, 1)).toBe(2 ** -60)
    expect(additionError(2 ** -60, 1, 1)).toBe(2 ** -60)
    expect(additionError(2 ** 53, 1, 2 ** 53)).toBe(1)
    expect(additionError(0.5, 0.25, 0.75)).toBe(0)
  })
})
