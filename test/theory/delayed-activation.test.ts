import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loss, lossGradient, optimum, switchingTime, zoneEdge } from '../../src/theory/delayed-activation.js'
import { centralDifference, timeToReach } from './integrate.js'
import { toyFixture } from './toy-fixture.js'

const published = { delay: 100 }

const times = fc
  .record({
    exponent: fc.double({ min: 0, max: 3, noNaN: true }),
    share: fc.double({ min: 0.05, max: 4, noNaN: true }),
  })
  .map(({ exponent, share }) => ({ delay: 10 ** exponent, response: share * 10 ** exponent }))

/** Switching time of the toy by simulation from x = 0; `limit` where it has not switched by then. */
function simulatedSwitching(r: number, limit: number): number {
  if (r <= 0) return limit
  return Math.min(limit, timeToReach(x => x * x + r, 0, 1e6 * Math.sqrt(r), 1e-11) + 1e-6 / Math.sqrt(r))
}

/** The squared error over the trial of an output that switches once, summed cell by cell against the target. */
function simulatedTimeWrong(r: number, delay: number, response: number): number {
  const end = delay + response
  const switchedOn = simulatedSwitching(r, end)
  const cells = 100_000
  let sum = 0
  for (let i = 0; i < cells; i++) {
    const t = ((i + 0.5) / cells) * end
    const output = t > switchedOn ? 1 : 0
    const target = t > delay ? 1 : 0
    sum += (output - target) ** 2
  }
  return (sum * end) / cells
}

describe('the toy at infinite confidence', () => {
  it('switches on when the simulated state blows up', () => {
    fc.assert(
      fc.property(fc.double({ min: -6, max: 1, noNaN: true }), exponent => {
        const r = 10 ** exponent
        expect(switchingTime(r) / simulatedSwitching(r, Infinity)).toBeCloseTo(1, 8)
      }),
      { numRuns: 30 },
    )
    expect(switchingTime(0)).toBe(Infinity)
    expect(switchingTime(-1)).toBe(Infinity)
  })

  it('has the loss that a simulated trial accumulates, in both normalisations', () => {
    fc.assert(
      fc.property(times, fc.double({ min: -1, max: 4, noNaN: true }), ({ delay, response }, inOptima) => {
        fc.pre(Math.abs(inOptima) > 1e-3)
        const r = (inOptima * Math.PI ** 2) / (4 * delay ** 2)
        const wrong = simulatedTimeWrong(r, delay, response)
        const cell = (delay + response) / 100_000
        expect(Math.abs(loss(r, { delay, response }, 'un-normalised') - wrong)).toBeLessThan(3 * cell)
        expect(Math.abs(loss(r, { delay, response }, 'normalised') - wrong / delay)).toBeLessThan(
          (3 * cell) / delay,
        )
      }),
      { numRuns: 60 },
    )
  })

  it('has the optimum and the zone edge where its switching time is the delay and the end of the trial', () => {
    fc.assert(
      fc.property(times, ({ delay, response }) => {
        expect(simulatedSwitching(optimum(delay), Infinity) / delay).toBeCloseTo(1, 8)
        const end = simulatedSwitching(zoneEdge({ delay, response }), Infinity)
        expect(end / (delay + response)).toBeCloseTo(1, 8)
      }),
      { numRuns: 30 },
    )
  })

  it('has its zone edge at a quarter of the optimum when the response is as long as the delay, which is the default', () => {
    expect(zoneEdge(published) / optimum(100)).toBeCloseTo(0.25, 14)
    expect(zoneEdge(published)).toBe(zoneEdge({ delay: 100, response: 100 }))
  })

  it('has the gradient that differences of its simulated loss show, on either side of the optimum', () => {
    fc.assert(
      fc.property(times, fc.double({ min: 0.02, max: 0.98, noNaN: true }), ({ delay, response }, share) => {
        const best = Math.PI ** 2 / (4 * delay ** 2)
        const edge = best / (1 + response / delay) ** 2
        const simulated = (r: number) => Math.abs(delay - simulatedSwitching(r, Infinity))
        for (const r of [edge + share * (best - edge), best * (1 + 9 * share)]) {
          const h = 0.005 * Math.min(Math.abs(r - best), r - edge, r)
          const slope = centralDifference(simulated, r, h)
          expect(lossGradient(r, { delay, response }, 'un-normalised') / slope).toBeCloseTo(1, 3)
          expect((lossGradient(r, { delay, response }, 'normalised') * delay) / slope).toBeCloseTo(1, 3)
        }
      }),
      { numRuns: 20 },
    )
  })

  it('has no gradient at all in the no-learning zone, and none at the minimum', () => {
    fc.assert(
      fc.property(times, fc.double({ min: -5, max: 1, noNaN: true }), (trial, share) => {
        const r = share * zoneEdge(trial)
        expect(lossGradient(r, trial, 'normalised')).toBe(0)
        expect(loss(r, trial, 'un-normalised')).toBe(trial.response)
      }),
    )
    expect(lossGradient(optimum(100), published, 'normalised')).toBe(0)
  })
})

describe('the independent double-precision program', () => {
  it('has the same optimum and zone edge', () => {
    expect(optimum(100)).toBeCloseTo(toyFixture.rstar, 18)
    expect(zoneEdge(published)).toBeCloseTo(toyFixture.zone_edge, 18)
  })

  it('finds the same un-normalised gradient by automatic differentiation', () => {
    const rows = toyFixture.gradient_vs_autograd_r_over_rstar_auto_formula
    expect(rows.length).toBeGreaterThan(4)
    for (const [inOptima, automatic] of rows) {
      const ours = lossGradient(inOptima * toyFixture.rstar, published, 'un-normalised')
      expect(ours / automatic).toBeCloseTo(1, 13)
    }
  })

  it('has the same normalised loss across the landscape', () => {
    const rows = toyFixture.analytic_loss_same_r
    expect(rows.length).toBeGreaterThan(20)
    for (const [inOptima, expected] of rows) {
      expect(loss(inOptima * toyFixture.rstar, published, 'normalised')).toBeCloseTo(expected, 13)
    }
  })

  it('has the same loss along its descents', () => {
    for (const run of [toyFixture.sgd['1e-10'], toyFixture.sgd['1e-09']]) {
      for (const [, r, expected] of run.rows_epoch_r_loss) {
        expect(loss(r, published, 'normalised')).toBeCloseTo(expected, 13)
      }
    }
  })

  it('simulates, with a steep read-out, a loss within 1% of the trial of the one at infinite confidence', () => {
    const rows = toyFixture.euler['a=1']
    expect(rows.length).toBeGreaterThan(20)
    for (const [, r, simulated] of rows) {
      expect(Math.abs(loss(r!, published, 'normalised') - simulated!)).toBeLessThan(0.01)
    }
  })
})

describe('errors of the task’s functions', () => {
  it('name the function, the parameter and the value', () => {
    expect(() => optimum(0)).toThrow('optimum: delay must be positive and finite, got 0')
    expect(() => zoneEdge({ delay: -3 })).toThrow('zoneEdge: delay must be positive and finite, got -3')
    expect(() => loss(1, { delay: 1, response: 0 }, 'normalised')).toThrow(
      'loss: response must be positive and finite, got 0',
    )
    expect(() => lossGradient(Number.NaN, { delay: 1 }, 'normalised')).toThrow(
      'lossGradient: r must be finite, got NaN',
    )
    expect(() => switchingTime(Infinity)).toThrow('switchingTime: r must be finite, got Infinity')
    // @ts-expect-error: a caller without types
    expect(() => loss(1, { delay: 1 }, 'mean')).toThrow(
      `loss: normalisation must be 'normalised' or 'un-normalised', got mean`,
    )
  })
})
