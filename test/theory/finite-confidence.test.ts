import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  restingLoss,
  restingLossGradient,
  restingOutput,
  zoneGradientScale,
} from '../../src/theory/finite-confidence.js'
import { centralDifference, integrate, midpointIntegral } from './integrate.js'
import { toyFixture } from './toy-fixture.js'

const cases = fc.record({
  r: fc.double({ min: -3, max: 0.5, noNaN: true }).map(exponent => -(10 ** exponent)),
  confidence: fc.double({ min: -2, max: 0.5, noNaN: true }).map(exponent => 10 ** exponent),
  threshold: fc.double({ min: 0, max: 12, noNaN: true }),
  delay: fc.double({ min: 0, max: 3, noNaN: true }).map(exponent => 10 ** exponent),
  share: fc.double({ min: 0.05, max: 4, noNaN: true }),
})

/** Where an integrator finds that x′ = r + x² comes to rest, started near by and given time. */
const simulatedRest = (r: number) => integrate(x => r + x * x, 0, 40 / Math.sqrt(-r), 1e-10)

/** Normalised loss of a trial that starts at x0: squared error of σ(a(x − x*)) over both windows, over T. */
function simulatedLoss(
  x0: number,
  r: number,
  a: number,
  threshold: number,
  delay: number,
  response: number,
): number {
  const speed = Math.sqrt(-r)
  const c = Math.atanh(-x0 / speed)
  const state = (t: number) => -speed * Math.tanh(speed * t + c)
  const output = (t: number) => 1 / (1 + Math.exp(-a * (state(t) - threshold)))
  const off = midpointIntegral(t => output(t) ** 2, 0, delay, 20_000)
  const on = midpointIntegral(t => (1 - output(t)) ** 2, delay, delay + response, 20_000)
  return (off + on) / delay
}

describe('a trial spent at rest beyond the bifurcation', () => {
  it('has the output of the state that an integrator finds at rest', () => {
    fc.assert(
      fc.property(cases, ({ r, confidence, threshold }) => {
        const expected = 1 / (1 + Math.exp(-confidence * (simulatedRest(r) - threshold)))
        expect(restingOutput(r, { confidence, threshold }) / expected).toBeCloseTo(1, 7)
      }),
      { numRuns: 40 },
    )
  })

  it('has the squared error of a constant output, summed over both windows', () => {
    fc.assert(
      fc.property(cases, ({ r, confidence, threshold, delay, share }) => {
        const response = share * delay
        const output = 1 / (1 + Math.exp(confidence * (Math.sqrt(-r) + threshold)))
        const cells = 1000
        let sum = 0
        for (let i = 0; i < cells; i++) sum += (output ** 2 * delay + (1 - output) ** 2 * response) / cells
        const times = { delay, response }
        expect(restingLoss(r, { confidence, threshold }, times, 'un-normalised') / sum).toBeCloseTo(1, 10)
        expect((restingLoss(r, { confidence, threshold }, times, 'normalised') * delay) / sum).toBeCloseTo(
          1,
          10,
        )
      }),
    )
  })

  it('has the gradient that differences of its loss show', () => {
    fc.assert(
      fc.property(cases, ({ r, confidence, threshold, delay, share }) => {
        const times = { delay, response: share * delay }
        const readOut = { confidence, threshold }
        const difference = centralDifference(
          x => {
            const output = 1 / (1 + Math.exp(confidence * (Math.sqrt(-x) + threshold)))
            return output ** 2 + share * (1 - output) ** 2
          },
          r,
          -1e-3 * r,
        )
        const rounding = (1e-12 * (1 + share)) / -r
        const gradient = restingLossGradient(r, readOut, times, 'normalised')
        expect(Math.abs(gradient - difference)).toBeLessThan(1e-7 * Math.abs(difference) + rounding)
        const unNormalised = restingLossGradient(r, readOut, times, 'un-normalised')
        expect(Math.abs(unNormalised - delay * gradient)).toBeLessThanOrEqual(1e-12 * Math.abs(unNormalised))
      }),
    )
  })

  it('has a gradient that tends to −(T_R/T)/√(−r) times the zone’s scale as the confidence grows', () => {
    for (const confidence of [1, 2, 5, 20]) {
      for (const r of [-1e-4, -0.01, -1]) {
        const gradient = restingLossGradient(r, { confidence }, { delay: 10, response: 7 }, 'normalised')
        const limit = (-0.7 / Math.sqrt(-r)) * zoneGradientScale(r, { confidence })
        expect(Math.abs(gradient / limit - 1)).toBeLessThan(10 * Math.exp(-10 * confidence) + 1e-14)
      }
    }
  })

  it('has a gradient that falls by e^(−(x* + √(−r))) per unit of confidence', () => {
    const steep = restingLossGradient(-0.04, { confidence: 3 }, { delay: 10 }, 'normalised') / 3
    const steeper = restingLossGradient(-0.04, { confidence: 4 }, { delay: 10 }, 'normalised') / 4
    expect(Math.log(steep / steeper)).toBeCloseTo(10.2, 6)
  })

  it('is driven back towards learning only while its output is below T_R/(T + T_R)', () => {
    fc.assert(
      fc.property(cases, ({ r, confidence, threshold, delay, share }) => {
        const output = 1 / (1 + Math.exp(confidence * (Math.sqrt(-r) + threshold)))
        const best = share / (1 + share)
        fc.pre(Math.abs(output - best) > 1e-9 && output > 1e-12)
        const gradient = restingLossGradient(
          r,
          { confidence, threshold },
          { delay, response: share * delay },
          'normalised',
        )
        expect(gradient < 0).toBe(output < best)
      }),
    )
  })

  it('keeps a gradient above 0 in size at confidences where the exponential is still a number', () => {
    expect(restingLossGradient(-1, { confidence: 60 }, { delay: 1 }, 'normalised')).toBeLessThan(0)
    expect(restingLossGradient(-1, { confidence: 60 }, { delay: 1 }, 'normalised')).toBeGreaterThan(-1e-280)
  })
})

describe('a trial from x = 0', () => {
  it('has the loss of a trial at rest to within the time it takes to come to rest', () => {
    for (const r of [-1, -0.1, -0.01]) {
      for (const confidence of [0.05, 0.1, 0.3]) {
        const simulated = simulatedLoss(0, r, confidence, 10, 300, 300)
        const resting = restingLoss(r, { confidence }, { delay: 300 }, 'normalised')
        expect(Math.abs(simulated - resting)).toBeLessThan(1 / (Math.sqrt(-r) * 300))
      }
    }
  })

  it('has the gradient of a trial at rest to 5% once √(−r)·T is above 30', () => {
    for (const [r, confidence] of [
      [-0.04, 0.1],
      [-0.2, 0.3],
      [-1, 0.05],
    ] as const) {
      const slope = centralDifference(x => simulatedLoss(0, x, confidence, 10, 300, 300), r, -1e-3 * r)
      const resting = restingLossGradient(r, { confidence }, { delay: 300 }, 'normalised')
      expect(Math.abs(resting / slope - 1)).toBeLessThan(0.05)
    }
  })
})

describe('the independent double-precision program', () => {
  it('simulates the loss of a trial at rest for negative r, to 0.0002', () => {
    for (const [name, confidence] of [
      ['a=0.1', 0.1],
      ['a=1', 1],
    ] as const) {
      const rows = toyFixture.euler[name].filter(row => row[1]! < 0)
      expect(rows.length).toBeGreaterThan(5)
      for (const [, r, simulated] of rows) {
        expect(
          Math.abs(restingLoss(r!, { confidence }, { delay: 100 }, 'normalised') - simulated!),
        ).toBeLessThan(2e-4)
      }
    }
  })
})

describe('errors of the finite-confidence functions', () => {
  it('name the function, the parameter and the value', () => {
    expect(() => restingOutput(0.1, { confidence: 1 })).toThrow(
      'restingOutput: r must be at most 0 and finite, got 0.1',
    )
    expect(() => restingLoss(-1, { confidence: 0 }, { delay: 1 }, 'normalised')).toThrow(
      'restingLoss: confidence must be positive and finite, got 0',
    )
    expect(() => restingLossGradient(0, { confidence: 1 }, { delay: 1 }, 'normalised')).toThrow(
      'restingLossGradient: r must be negative, got 0',
    )
    expect(() => zoneGradientScale(-1, { confidence: 1, threshold: Number.NaN })).toThrow(
      'zoneGradientScale: threshold must be finite, got NaN',
    )
  })
})
