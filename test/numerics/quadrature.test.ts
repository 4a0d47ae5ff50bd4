import { describe, expect, it } from 'vitest'
import { integral } from '../../src/numerics/quadrature.js'

describe('the integral', () => {
  it('of e^x from 0 to 1 is e − 1', () => {
    expect(Math.abs(integral(Math.exp, 0, 1) - (Math.E - 1))).toBeLessThan(1e-10)
  })

  it('of a peak, 1/(r + x²), is an arc tangent however narrow the peak', () => {
    for (const r of [1, 1e-2, 1e-4, 1e-6]) {
      const expected = (Math.atan(2 / Math.sqrt(r)) + Math.atan(3 / Math.sqrt(r))) / Math.sqrt(r)
      expect(Math.abs(integral(x => 1 / (r + x * x), -3, 2) / expected - 1)).toBeLessThan(1e-9)
    }
  })

  it('changes its sign with its direction', () => {
    expect(integral(Math.sin, 2, 0)).toBeCloseTo(-(1 - Math.cos(2)), 12)
  })

  it('of what is not finite is not finite', () => {
    expect(integral(x => 1 / x, -1, 1)).not.toSatisfy(Number.isFinite)
  })
})
