import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  arrivalEpoch,
  arrivalSlopeRatio,
  type GradientFlow,
  gradientFlowLoss,
  gradientFlowParameter,
} from '../../src/theory/gradient-flow.js'
import { descend } from './descent.js'
import { centralDifference, integrate } from './integrate.js'
import { toyFixture } from './toy-fixture.js'

const published = (learningRate: number): GradientFlow => ({
  start: 10 * toyFixture.rstar,
  learningRate,
  times: { delay: 100 },
  normalisation: 'un-normalised',
})

/** Flows of every scale: r0 in optima from just outside the zone to far above the optimum. */
const flows = fc
  .record({
    exponent: fc.double({ min: 0, max: 3, noNaN: true }),
    response: fc.double({ min: 0.05, max: 4, noNaN: true }),
    height: fc.double({ min: 0.01, max: 1, noNaN: true }),
    above: fc.boolean(),
    epochs: fc.double({ min: 1, max: 5, noNaN: true }),
    normalised: fc.boolean(),
  })
  .map(({ exponent, response, height, above, epochs, normalised }) => {
    const delay = 10 ** exponent
    const best = Math.PI ** 2 / (4 * delay ** 2)
    const edge = best / (1 + response) ** 2
    const start = above ? best * (1 + 20 * height) : best - (1 - height / 2) * (best - edge) * 0.99
    const weight = normalised ? 1 / delay : 1
    const speed = (weight * Math.PI) / (4 * start ** 1.5)
    const flow: GradientFlow = {
      start,
      // So that the initial speed alone would cover the way in about 10 to 10⁵ epochs.
      learningRate: Math.abs(start - best) / (speed * 10 ** epochs),
      times: { delay, response: response * delay },
      normalisation: normalised ? 'normalised' : 'un-normalised',
    }
    return { flow, best, weight }
  })

describe('gradient flow on the toy’s loss', () => {
  it('follows the path a Runge–Kutta integrator finds, from above and from below the optimum', () => {
    fc.assert(
      fc.property(
        flows,
        fc.double({ min: 0.02, max: 0.98, noNaN: true }),
        ({ flow, best, weight }, share) => {
          const direction = flow.start > best ? -1 : 1
          const velocity = (x: number) =>
            (direction * flow.learningRate * weight * Math.PI) / (4 * (x * best) ** 1.5) / best
          const epoch = share * arrivalEpoch(flow)
          const simulated = integrate(velocity, flow.start / best, epoch, 1e-11)
          expect(gradientFlowParameter(epoch, flow) / best).toBeCloseTo(simulated, 7)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('is at the optimum from its arrival on, and not before', () => {
    fc.assert(
      fc.property(flows, ({ flow, best, weight }) => {
        const arrival = arrivalEpoch(flow)
        for (const epoch of [arrival * (1 + 1e-9), 3 * arrival]) {
          expect(gradientFlowParameter(epoch, flow) / best).toBeCloseTo(1, 12)
          expect(gradientFlowLoss(epoch, flow) / weight).toBeLessThan(1e-9 * flow.times.delay)
        }
        expect(Math.abs(gradientFlowParameter(0.99 * arrival, flow) / best - 1)).toBeGreaterThan(1e-6)
      }),
      { numRuns: 60 },
    )
  })

  it('never moves from a start in the no-learning zone', () => {
    const flow = { ...published(1e-9), start: 0.99 * toyFixture.zone_edge }
    expect(arrivalEpoch(flow)).toBe(Infinity)
    expect(gradientFlowParameter(1e9, flow)).toBe(flow.start)
    expect(gradientFlowLoss(1e9, flow)).toBe(100)
  })

  it('arrives when discrete descent does, to within a few epochs of 1500', () => {
    const descent = { delay: 100, response: 100, learningRate: 1e-10 }
    const path = descend(descent, 10 * toyFixture.rstar, 2000)
    const first = path.findIndex(r => r <= toyFixture.rstar)
    expect(first).toBeGreaterThan(1000)
    expect(Math.abs(arrivalEpoch(published(1e-10)) - first)).toBeLessThan(4)
  })

  it('has the loss of discrete descent on the plateau and in the fall, to half a percent of the delay', () => {
    const path = descend({ delay: 100, response: 100, learningRate: 1e-10 }, 10 * toyFixture.rstar, 1500)
    for (let epoch = 0; epoch <= 1500; epoch += 100) {
      const lossByHand = 100 - Math.PI / (2 * Math.sqrt(path[epoch]!))
      expect(Math.abs(gradientFlowLoss(epoch, published(1e-10)) - lossByHand)).toBeLessThan(0.5)
    }
  })

  it('takes T times as long on the normalised loss', () => {
    const normalised: GradientFlow = { ...published(1e-10), normalisation: 'normalised' }
    expect(arrivalEpoch(normalised) / arrivalEpoch(published(1e-10))).toBeCloseTo(100, 10)
  })
})

describe('the slope of the loss on arrival over the slope at the start', () => {
  it('is the ratio that differences of the integrated loss show', () => {
    fc.assert(
      fc.property(flows, ({ flow, best, weight }) => {
        const direction = flow.start > best ? -1 : 1
        const velocity = (x: number) =>
          (direction * flow.learningRate * weight * Math.PI) / (4 * (x * best) ** 1.5) / best
        const lossAt = (x: number) => Math.abs(1 - 1 / Math.sqrt(x))
        const slopeAt = (x: number) =>
          centralDifference(
            h => lossAt(x + velocity(x) * h),
            0,
            (1e-4 * Math.abs(1 - x)) / Math.abs(velocity(x)),
          )
        const nearArrival = 1 + 1e-5 * (flow.start / best - 1)
        const ratio = slopeAt(nearArrival) / slopeAt(flow.start / best)
        expect(arrivalSlopeRatio(flow.start, flow.times.delay) / ratio).toBeCloseTo(1, 2)
      }),
      { numRuns: 60 },
    )
  })

  it('is 1000 from ten times the optimum', () => {
    expect(arrivalSlopeRatio(10 * toyFixture.rstar, 100)).toBeCloseTo(1000, 8)
  })
})

describe('the independent double-precision program', () => {
  it('has gradient flow arrive at the same epoch', () => {
    for (const [rate, run] of [
      [1e-10, toyFixture.sgd['1e-10']],
      [1e-9, toyFixture.sgd['1e-09']],
    ] as const) {
      expect(arrivalEpoch(published(rate)) / run.gradient_flow_arrival_epoch).toBeCloseTo(1, 12)
    }
  })

  it('has its descent cross the optimum three epochs after gradient flow does', () => {
    for (const [rate, run] of [
      [1e-10, toyFixture.sgd['1e-10']],
      [1e-9, toyFixture.sgd['1e-09']],
    ] as const) {
      const delay = run.first_epoch_r_below_rstar - arrivalEpoch(published(rate))
      expect(delay).toBeGreaterThan(0)
      expect(delay).toBeLessThan(3)
    }
  })

  it('has its descent follow the flow to within 0.1% for the first thousand epochs', () => {
    const rows = toyFixture.sgd['1e-10'].rows_epoch_r_loss.filter(([epoch]) => epoch <= 1000)
    expect(rows.length).toBeGreaterThan(4)
    for (const [epoch, r] of rows) {
      expect(gradientFlowParameter(epoch, published(1e-10)) / r).toBeCloseTo(1, 3)
    }
  })
})

describe('errors of the gradient flow', () => {
  it('name the function, the parameter and the value', () => {
    const flow = published(1e-10)
    expect(() => gradientFlowParameter(-1, flow)).toThrow(
      'gradientFlowParameter: epoch must be non-negative and finite, got -1',
    )
    expect(() => gradientFlowLoss(1, { ...flow, learningRate: 0 })).toThrow(
      'gradientFlowLoss: learningRate must be positive and finite, got 0',
    )
    expect(() => arrivalEpoch({ ...flow, start: -1 })).toThrow(
      'arrivalEpoch: start must be positive and finite, got -1',
    )
    expect(() => arrivalEpoch({ ...flow, times: { delay: Number.NaN } })).toThrow(
      'arrivalEpoch: delay must be positive and finite, got NaN',
    )
    expect(() => arrivalSlopeRatio(0, 1)).toThrow(
      'arrivalSlopeRatio: start must be positive and finite, got 0',
    )
  })
})
