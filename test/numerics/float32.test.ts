import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cos32, fma32, log32, sin32 } from '../../src/numerics/float32.js'
import { exactMultiplyAdd } from './exact-rounding.js'

const finite = fc.float({ noNaN: true, noDefaultInfinity: true })
const nearOne = fc.float({ min: -2, max: 2, noNaN: true })

/** Products of 25 bits, half-way between two float32 values when odd, and an addend that may be far below. */
const nearTie = fc
  .tuple(
    fc.integer({ min: 4096, max: 5791 }),
    fc.integer({ min: 4096, max: 5791 }),
    fc.integer({ min: -60, max: 60 }),
    fc.integer({ min: -3, max: 3 }),
    fc.integer({ min: -80, max: 2 }),
  )
  .map(([a, b, scale, sign, exponent]): [number, number, number] => [
    (a | 1) * 2 ** scale,
    b | 1,
    sign * 2 ** (exponent + scale),
  ])

function expectOneRounding(a: number, b: number, c: number): void {
  expect(fma32(a, b, c) + 0).toBe(exactMultiplyAdd(a, b, c, 'float32') + 0)
}

describe('fused multiply-add in float32', () => {
  it('rounds once, as exact integer arithmetic does, for any three float32 values', () => {
    fc.assert(fc.property(finite, finite, finite, expectOneRounding), { numRuns: 3000 })
    fc.assert(fc.property(nearOne, nearOne, nearOne, expectOneRounding), { numRuns: 3000 })
  })

  it('rounds to the right side of a tie however small the addend', () => {
    fc.assert(
      fc.property(nearTie, args => expectOneRounding(...args)),
      { numRuns: 3000 },
    )
  })

  it('rounds up past a tie that two roundings would take for one', () => {
    expect(Math.fround(4097 * 4097 + 2 ** -40)).toBe(16785408)
    expect(fma32(4097, 4097, 2 ** -40)).toBe(16785410)
    expect(fma32(-4097, 4097, -(2 ** -40))).toBe(-16785410)
    expect(fma32(4097, 4097, 0)).toBe(16785408)
  })

  it('rounds once at the ends of the range', () => {
    const largest = Math.fround(3.4028234663852886e38)
    const half = 2 ** 103
    expect(fma32(2 ** 64, 2 ** 64, -half)).toBe(Infinity)
    expect(fma32(2 ** 52, 2 ** 51, largest)).toBe(Infinity)
    // 31 · 1082401 = 2^25 - 1: the product is half-way between the largest float32 value and 2^128.
    expect(fma32(31 * 2 ** 60, 1082401 * 2 ** 43, -1)).toBe(largest)
    expect(fma32(31 * 2 ** 60, 1082401 * 2 ** 43, 1)).toBe(Infinity)
    expect(fma32(2 ** -75, 2 ** -75, 2 ** -149)).toBe(2 ** -148)
    expect(fma32(2 ** -75, 2 ** -75, 0)).toBe(0)
    expect(fma32(-1, 0, -0)).toBe(-0)
    expect(fma32(Infinity, 1, 1)).toBe(Infinity)
    expect(fma32(Infinity, 1, -Infinity)).toBeNaN()
  })
})

/** The distance from |x| rounded to float32 to the next float32 value. */
function unitInLastPlace(x: number): number {
  return 2 ** (Math.floor(Math.log2(Math.abs(x))) - 23)
}

describe('the float32 polynomials', () => {
  it('the logarithm of a uniform draw is within one unit in the last place', () => {
    let worst = 0
    for (let i = 1; i < 2 ** 24; i += 97) {
      const exact = Math.log(i * 2 ** -24)
      worst = Math.max(worst, Math.abs(log32(i * 2 ** -24) - exact) / unitInLastPlace(exact))
    }
    expect(worst).toBeLessThan(1)
  })

  it('the logarithm of one is zero', () => {
    expect(log32(1)).toBe(0)
  })

  it('sine and cosine of the first turn are within 2^-23', () => {
    let worst = 0
    for (let i = 0; i < 2 ** 24; i += 97) {
      const angle = Math.fround(2 * Math.PI * i * 2 ** -24)
      worst = Math.max(
        worst,
        Math.abs(sin32(angle) - Math.sin(angle)),
        Math.abs(cos32(angle) - Math.cos(angle)),
      )
    }
    expect(worst).toBeLessThan(2 ** -23)
  })

  it('the results are float32 values', () => {
    fc.assert(
      fc.property(fc.float({ min: Math.fround(2 ** -24), max: 1, noNaN: true }), x => {
        for (const value of [log32(x), sin32(x), cos32(x)]) expect(Math.fround(value)).toBe(value)
      }),
    )
  })
})
