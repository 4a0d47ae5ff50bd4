import { describe, expect, it } from 'vitest'
import {
  argumentError,
  requireFinite,
  requireNonNegative,
  requirePositive,
} from '../../src/numerics/require-number.js'

describe('a numeric argument', () => {
  it('comes back as it is when it keeps the rule', () => {
    expect(requireFinite('f', 'x', -2.5)).toBe(-2.5)
    expect(requireNonNegative('f', 'x', 0)).toBe(0)
    expect(requirePositive('f', 'x', 5e-324)).toBe(5e-324)
  })

  it('is refused with a RangeError that names function, parameter, rule and value', () => {
    for (const value of [Number.NaN, Infinity, -Infinity]) {
      expect(() => requireFinite('f', 'x', value)).toThrow(
        new RangeError(`f: x must be finite, got ${value}`),
      )
      expect(() => requirePositive('f', 'x', value)).toThrow(RangeError)
      expect(() => requireNonNegative('f', 'x', value)).toThrow(RangeError)
    }
    expect(() => requirePositive('f', 'x', 0)).toThrow(
      new RangeError('f: x must be positive and finite, got 0'),
    )
    expect(() => requireNonNegative('f', 'x', -1e-9)).toThrow(
      new RangeError('f: x must be non-negative and finite, got -1e-9'),
    )
    expect(argumentError('g', 'mode', 'one of a, b', 'c').message).toBe('g: mode must be one of a, b, got c')
  })

  it('is refused when a caller without types passes something that is no number', () => {
    // @ts-expect-error: a string that looks like a number
    expect(() => requireFinite('f', 'x', '3')).toThrow('f: x must be finite, got 3')
    // @ts-expect-error: nothing at all
    expect(() => requirePositive('f', 'x', undefined)).toThrow(
      'f: x must be positive and finite, got undefined',
    )
  })
})
