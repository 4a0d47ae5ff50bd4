import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  blowUpTime,
  fixedPointPair,
  fullPassageTime,
  trajectory,
  windowPassageTime,
} from '../../src/theory/saddle-node.js'
import { integrate, timeToReach } from './integrate.js'

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true })
const power = (min: number, max: number) => between(min, max).map(exponent => 10 ** exponent)
const relative = (actual: number, expected: number) =>
  Math.abs(actual - expected) / Math.max(1e-9, Math.abs(expected))

/** Blow-up time by simulation: to x = 10⁴, and from there ∫dx/(x² + r) ≈ 1/x − r/(3x³). */
function simulatedBlowUp(x0: number, r: number): number {
  return timeToReach(x => x * x + r, x0, 1e4) + 1e-4 - r / 3e12
}

describe('the trajectory of x′ = r + x²', () => {
  it('is the one a Runge–Kutta integrator finds, on both sides of the bifurcation', () => {
    fc.assert(
      fc.property(between(-2, 2), between(-1.5, 1.5), between(0.01, 0.9), (r, x0, share) => {
        const time = share * Math.min(5, blowUpTime(x0, r))
        const simulated = integrate(x => r + x * x, x0, time)
        expect(Math.abs(trajectory(time, x0, r) - simulated)).toBeLessThan(1e-7 * (1 + Math.abs(simulated)))
      }),
      { numRuns: 200 },
    )
  })

  it('is √r·tan(√r·t + atan(x0/√r)) past the bifurcation', () => {
    for (const [t, x0, r] of [
      [0.3, 0, 1],
      [2, -3, 0.7],
      [4, -20, 0.4],
    ] as const) {
      const s = Math.sqrt(r)
      expect(trajectory(t, x0, r)).toBeCloseTo(s * Math.tan(s * t + Math.atan(x0 / s)), 12)
    }
  })

  it('stays at a fixed point, the unstable one too', () => {
    for (const x0 of [-0.5, 0.5]) expect(trajectory(1000, x0, -0.25)).toBe(x0)
    expect(trajectory(1000, 0, 0)).toBe(0)
  })

  it('comes to rest at the stable fixed point from anywhere below the unstable one', () => {
    for (const x0 of [-7, -0.4, 0, 0.49]) expect(trajectory(1000, x0, -0.25)).toBeCloseTo(-0.5, 12)
  })

  it('joins smoothly at r = 0', () => {
    for (const r of [-1e-14, 0, 1e-14]) expect(trajectory(2, 0.3, r)).toBeCloseTo(0.3 / (1 - 0.6), 11)
  })

  it('is infinite from the blow-up time on', () => {
    for (const [x0, r] of [
      [0, 1],
      [-2, 0.5],
      [1, 0],
      [2, -1],
    ] as const) {
      const end = blowUpTime(x0, r)
      expect(trajectory(end * (1 - 1e-9), x0, r)).toBeGreaterThan(1e8)
      expect(trajectory(end, x0, r)).toBe(Infinity)
      expect(trajectory(2 * end, x0, r)).toBe(Infinity)
    }
  })
})

describe('the blow-up time', () => {
  it('is the one simulation finds', () => {
    fc.assert(
      fc.property(between(-1, 1), between(0.01, 1), (r, above) => {
        const x0 = r < 0 ? Math.sqrt(-r) + above : above - 0.5
        fc.pre(r <= -0.01 || r >= 0.01 || x0 > 0.05)
        expect(relative(blowUpTime(x0, r), simulatedBlowUp(x0, r))).toBeLessThan(1e-7)
      }),
      { numRuns: 60 },
    )
  })

  it('is π/(2√r) from 0', () => {
    expect(blowUpTime(0, Math.PI ** 2 / 4e4)).toBeCloseTo(100, 11)
  })

  it('is infinite for every start from which a fixed point is reached', () => {
    for (const x0 of [-100, -1, 0, 0.99, 1]) expect(blowUpTime(x0, -1)).toBe(Infinity)
    for (const x0 of [-100, 0]) expect(blowUpTime(x0, 0)).toBe(Infinity)
  })
})

describe('the passage of y′ = r + a·y²', () => {
  it('through a window takes the time simulation finds', () => {
    fc.assert(
      fc.property(power(-3, 0.5), power(-1, 1), between(0, 4), between(0.1, 4), (r, a, before, beyond) => {
        const simulated = timeToReach(y => r + a * y * y, -before, beyond)
        expect(relative(windowPassageTime(r, a, before, beyond), simulated)).toBeLessThan(1e-7)
      }),
      { numRuns: 60 },
    )
  })

  it('downwards for negative r and a takes the mirror image of the time upwards', () => {
    const simulated = timeToReach(y => 0.03 + 2 * y * y, -1.5, 0.7)
    expect(windowPassageTime(-0.03, -2, 1.5, 0.7)).toBeCloseTo(simulated, 8)
    expect(fullPassageTime(-0.03, -2)).toBe(fullPassageTime(0.03, 2))
  })

  it('from one infinity to the other is the limit of ever wider windows', () => {
    fc.assert(
      fc.property(power(-4, 0), power(-1, 1), (r, a) => {
        const wide = timeToReach(y => r + a * y * y, -1e3, 1e3, 1e-11)
        const tails = 2 / (a * 1e3)
        expect(relative(fullPassageTime(r, a), wide + tails)).toBeLessThan(1e-6)
      }),
      { numRuns: 20 },
    )
  })

  it('has a time scale that depends on the product r·a alone', () => {
    fc.assert(
      fc.property(power(-150, 0), power(-3, 3), (r, factor) => {
        const expected = Math.PI / Math.sqrt(r)
        expect(relative(fullPassageTime(r * factor, 1 / factor), expected)).toBeLessThan(1e-12)
      }),
    )
  })

  it('never ends where fixed points bar the way or the two have just merged', () => {
    for (const [r, a] of [
      [-0.01, 1],
      [0.01, -1],
      [0, 1],
    ] as const) {
      expect(fullPassageTime(r, a)).toBe(Infinity)
      expect(windowPassageTime(r, a, 1, 1)).toBe(Infinity)
    }
  })
})

describe('the fixed points of y′ = r + a·y²', () => {
  it('are zeros of the flow, with the slope that makes one stable and the other not', () => {
    fc.assert(
      fc.property(power(-6, 1), power(-2, 2), fc.boolean(), (size, curvature, flipped) => {
        const [r, a] = flipped ? [size, -curvature] : [-size, curvature]
        const pair = fixedPointPair(r, a)!
        const flow = (y: number) => r + a * y * y
        for (const y of [pair.stable, pair.unstable]) expect(Math.abs(flow(y))).toBeLessThan(1e-14 * size)
        const h = 1e-3 * Math.abs(pair.stable)
        expect(flow(pair.stable - h)).toBeGreaterThan(0)
        expect(flow(pair.stable + h)).toBeLessThan(0)
        expect(flow(pair.unstable - h)).toBeLessThan(0)
        expect(flow(pair.unstable + h)).toBeGreaterThan(0)
      }),
    )
  })

  it('are gone past the bifurcation and one at it', () => {
    expect(fixedPointPair(0.1, 2)).toBeUndefined()
    expect(fixedPointPair(-0.1, -2)).toBeUndefined()
    expect(fixedPointPair(0, 2)).toEqual({ stable: 0, unstable: 0 })
  })
})

describe('errors of the saddle-node functions', () => {
  it('name the function, the parameter and the value', () => {
    expect(() => trajectory(-1, 0, 1)).toThrow('trajectory: time must be non-negative and finite, got -1')
    expect(() => trajectory(1, Number.NaN, 1)).toThrow('trajectory: x0 must be finite, got NaN')
    expect(() => blowUpTime(0, Infinity)).toThrow('blowUpTime: r must be finite, got Infinity')
    expect(() => fullPassageTime(1, 0)).toThrow('fullPassageTime: a must be finite and not 0, got 0')
    expect(() => windowPassageTime(1, 1, -2, 1)).toThrow(
      'windowPassageTime: before must be non-negative and finite, got -2',
    )
    expect(() => fixedPointPair(Number.NaN, 1)).toThrow(RangeError)
  })
})
