import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFlow } from '../../src/dynamics/create-flow.js'
import type { Flow } from '../../src/dynamics/flow.js'
import { integrate, type Trajectory } from '../../src/dynamics/integrate.js'
import { traceGhosts } from '../../src/dynamics/trace-ghosts.js'
import { matrixVector, solve } from '../../src/numerics/linear-algebra.js'
import { TorchGenerator } from '../../src/numerics/torch-generator.js'
import { windowPassageTime } from '../../src/theory/saddle-node.js'
import * as systems from './systems.js'
import { only, reasons, traced } from './traced.js'

describe('x′ = μ + x², y′ = −y at μ = 0.01', () => {
  const flow = systems.saddleNode(0.01)
  // From x₀ the state is at 0 after atan(−x₀/√μ)/√μ.
  const arrival = (x0: number) => Math.atan(-x0 / 0.1) / 0.1

  it('from (−1, 0.5) has one ghost of dimension 1 at the origin', () => {
    const ghost = only(traced(flow, [-1, 0.5], { until: 30, sampleEvery: 0.05 }))
    expect(Math.hypot(...ghost.position)).toBeLessThan(1e-6)
    expect(ghost.speed).toBeCloseTo(0.01, 8)
    expect(ghost.energy).toBeCloseTo(0.01 ** 2 / 2, 10)
    expect(ghost.dimension).toBe(1)
    expect(ghost.stable).toBe(true)
    expect(ghost.dwellTime).toBeCloseTo(Math.PI / 0.1, 5)
    expect(ghost.visits.length).toBe(1)
    expect(ghost.visits[0]!.time).toBeCloseTo(arrival(-1), 1)
    expect(ghost.visits[0]!.speed).toBeCloseTo(0.01, 4)
  })

  it('has one eigenvalue crossing zero, as fast as 2μ', () => {
    const [visit] = only(traced(flow, [-1, 0.5], { until: 30, relativeTolerance: 1e-8 })).visits
    expect(visit!.crossings.length).toBe(1)
    expect(visit!.crossings[0]!.time).toBeCloseTo(arrival(-1), 3)
    expect(visit!.crossings[0]!.slope).toBeCloseTo(0.02, 5)
  })

  it.each([-0.5, -1, -2, -4])('from x = %d takes the time of the canonical form through the window', x0 => {
    const ghost = only(traced(flow, [x0, 0.5], { until: 28.5 }))
    expect(ghost.window.halfWidth).toBeCloseTo(0.3, 6)
    expect(ghost.window.predictedTime).toBeCloseTo(windowPassageTime(0.01, 1, 0.3, 0.3), 5)
    expect(Math.abs(ghost.visits[0]!.passageTime! / ghost.window.predictedTime - 1)).toBeLessThan(0.01)
    expect(ghost.visits[0]!.time).toBeCloseTo(arrival(x0), 1)
  })

  it.each([0.01, 0.2, 1, 2, 4, 7, 14])('is read the same from samples %d apart', sampleEvery => {
    const path = integrate(flow, [-1, 0.5], { until: 29, sampleEvery, relativeTolerance: 1e-8 })
    const { visits } = only(traceGhosts(flow, path))
    expect(visits.length).toBe(1)
    expect(Math.abs(visits[0]!.time - arrival(-1))).toBeLessThan(0.05)
  })

  it('is timed through a window of choice', () => {
    const { window, visits } = only(
      traced(flow, [-1, 0.5], { until: 30, relativeTolerance: 1e-8 }, { halfWidth: 0.1 }),
    )
    // Half of the whole passage: atan 1 is half of atan ∞.
    expect(window.predictedTime).toBeCloseTo(Math.PI / 0.2, 6)
    expect(visits[0]!.passageTime).toBeCloseTo(Math.PI / 0.2, 2)
  })

  it('is visited by a trajectory that starts at it or ends in it, without a passage time', () => {
    const starts = only(traced(flow, [0, 0], { until: 15 }))
    expect(starts.visits[0]!.time).toBe(0)
    expect(starts.visits[0]!.passageTime).toBeUndefined()
    const ends = only(traced(flow, [-1, 0], { until: 15 }))
    expect(ends.visits[0]!.passageTime).toBeUndefined()
  })

  it('is not visited by one that starts behind it or has not reached it', () => {
    expect(traced(flow, [0.3, 0.5], { until: 2 }).ghosts).toEqual([])
    const early = traced(flow, [-1, 0.5], { until: 3 })
    expect(early.ghosts).toEqual([])
    expect(reasons(early)).toEqual([expect.stringContaining('the trajectory does not get there')])
  })

  it('is found through noise on the samples', () => {
    const generator = new TorchGenerator(3)
    const { times, states } = integrate(flow, [-1, 0.5], {
      until: 29,
      sampleEvery: 0.05,
      relativeTolerance: 1e-8,
    })
    const noisy = states.map(state => state.map(value => value + 1e-3 * generator.normal64(1)[0]!))
    const { visits } = only(traceGhosts(flow, { times, states: noisy }))
    expect(visits.length).toBe(1)
    expect(Math.abs(visits[0]!.time - arrival(-1))).toBeLessThan(0.5)
  })
})

describe('the dimension of a ghost', () => {
  it.each([2, 3])('is %d for as many copies of x′ = μ + x²', count => {
    const mus = Array(count).fill(0.01)
    const ghost = only(
      traced(systems.manySaddleNodes(mus), Array(count).fill(-1), { until: 30, sampleEvery: 0.01 }),
    )
    expect(ghost.dimension).toBe(count)
    expect(Math.hypot(...ghost.position)).toBeLessThan(1e-3)
    expect(ghost.speed).toBeCloseTo(0.01 * Math.sqrt(count), 6)
    expect(ghost.visits[0]!.crossings.length).toBe(count)
    expect(ghost.dwellTime).toBeCloseTo(Math.PI / 0.1, 3)
  })

  it('is that of the copies, whose passages need not coincide', () => {
    const ghost = only(traced(systems.manySaddleNodes([0.01, 0.005]), [-1, -2], { until: 28 }))
    expect(ghost.dimension).toBe(2)
    expect(ghost.visits.length).toBe(1)
  })

  it('does not count directions that grow; the ghost then repels', () => {
    const ghost = only(traced(systems.manySaddleNodes([0.01, 0.01], 1), [-1, -1, 1e-9], { until: 20 }))
    expect([ghost.dimension, ghost.index, ghost.stable]).toEqual([2, 1, false])
    expect(Math.hypot(...ghost.position)).toBeLessThan(1e-6)
  })

  it('is not met by a trajectory that such a direction carries away', () => {
    expect(traced(systems.manySaddleNodes([0.01, 0.01], 1), [-1, -1, -1], { until: 20 }).ghosts).toEqual([])
  })
})

describe('no ghost is seen', () => {
  it.each([0.1, 1, 5, 20])('in the van der Pol oscillator at μ = %d', mu => {
    expect(traced(systems.vanDerPol(mu), [2, 0], { until: Math.max(30, 3 * mu) }).ghosts).toEqual([])
  })

  it('in the FitzHugh–Nagumo model while it oscillates', () => {
    for (const current of [0.35, 0.5, 1, 1.4]) {
      for (const tau of [5, 12.5, 100]) {
        const flow = systems.fitzHughNagumo(current, { tau })
        expect(traced(flow, [-1, 1], { until: 20 * tau }).ghosts).toEqual([])
      }
    }
  })

  const others: [string, Flow, number[], number][] = [
    ['a node', systems.linear([-1, 0], [0, -1]), [1, 2], 30],
    ['a node that is far from normal', systems.linear([-1, 30], [0, -2]), [1, 2], 30],
    ['a focus', systems.linear([-0.1, 5], [-1, -0.1]), [1, 2], 60],
    ['a passage by a saddle', systems.linear([-1, 0], [0, 1]), [1, 1e-4], 20],
    ['a damped pendulum', systems.drivenPendulum(0, 0.3), [3, 0], 60],
    ['the Lorenz attractor', systems.lorenz(28), [1, 1, 1], 40],
    ['the Rössler attractor', systems.roessler(), [1, 1, 1], 100],
    ['the Brusselator', systems.brusselator(1, 3), [1, 1], 60],
    ['predator and prey on their cycle', systems.rosenzweigMacArthur(4), [1, 1], 200],
  ]
  it.each(others)('in %s', (_, flow, start, until) => {
    const trace = traced(flow, start, { until })
    expect(trace.ghosts).toEqual([])
    expect(trace.rejected.length).toBeGreaterThan(0)
  })

  it('where the trajectory arrives at a fixed point, and this is said', () => {
    const trace = traced(systems.saddleNode(-0.01), [-1, 0.5], { until: 100 })
    expect(trace.ghosts).toEqual([])
    expect(reasons(trace)).toEqual(['arrives at the stable fixed point at (-0.1, 0)'])
    expect(reasons(traced(systems.linear([-1, 0], [0, -1]), [1, 2], { until: 20 }))).toEqual([
      'arrives at the stable fixed point at (0, 0)',
    ])
  })

  it('on a heteroclinic cycle, whose slow places are saddles', () => {
    // The axes' states attract and repel by 1 − α > 0 and 1 − β < 0.
    const trace = traced(systems.mayLeonard(0.8, 1.3), [0.6, 0.3, 0.2], { until: 200 })
    expect(trace.ghosts).toEqual([])
    const passed = reasons(trace).filter(reason =>
      reason.startsWith('passes the saddle (1 of 3 directions grow)'),
    )
    for (const axis of ['(1, 0, 0)', '(0, 1, 0)', '(0, 0, 1)']) {
      expect(passed.some(reason => reason.endsWith(axis))).toBe(true)
    }
  })
})

describe('any linear change of coordinates', () => {
  it('leaves the ghost where it is, and its visit', () => {
    const seed = fc.integer({ min: 0, max: 2 ** 31 })
    const property = (number: number, d: number, mu: number) => {
      const { flow, start, ghostAt } = embedded(number, d, mu)
      const ghost = only(
        traced(flow, [...start], {
          until: 2.9 / Math.sqrt(mu),
          relativeTolerance: 1e-7,
          absoluteTolerance: 1e-9,
        }),
      )
      expect(ghost.dimension).toBe(1)
      expect(ghost.stable).toBe(true)
      expect(ghost.visits.length).toBe(1)
      // The minimum of ½‖F‖² is off the slow line by a share of μ that depends on the coordinates.
      expect(Math.hypot(...ghost.position.map((value, i) => value - ghostAt[i]!))).toBeLessThan(20 * mu)
      expect(Math.abs(ghost.dwellTime / (Math.PI / Math.sqrt(mu)) - 1)).toBeLessThan(1e-4)
      const arrival = Math.atan(1 / Math.sqrt(mu)) / Math.sqrt(mu)
      expect(Math.abs(ghost.visits[0]!.time - arrival)).toBeLessThan(0.02 * arrival)
      expect(Math.abs(ghost.visits[0]!.passageTime! / ghost.window.predictedTime - 1)).toBeLessThan(0.01)
    }
    fc.assert(
      fc.property(
        seed,
        fc.integer({ min: 2, max: 6 }),
        fc.double({ min: 1e-3, max: 0.01, noNaN: true }),
        property,
      ),
      {
        numRuns: 25,
        seed: 1,
      },
    )
  })
})

/** x₁′ = μ + x₁², the others decay at rates from 1 to 3, seen through z = A·x + b. */
function embedded(seed: number, d: number, mu: number) {
  const generator = new TorchGenerator(seed)
  const matrix = generator
    .normal64(d * d, 0, 0.3 / Math.sqrt(d))
    .map((value, k) => (k % (d + 1) === 0 ? value + 1 : value))
  const offset = generator.normal64(d)
  const rates = generator.uniform64(d).map(value => 1 + 2 * value)
  const out = (x: Float64Array) => matrixVector(matrix, x).map((value, i) => value + offset[i]!)
  const flow = createFlow({
    dimension: d,
    velocity: z => {
      const x = solve(
        matrix,
        z.map((value, i) => value - offset[i]!),
      )!
      return matrixVector(
        matrix,
        x.map((value, i) => (i === 0 ? mu + value * value : -rates[i]! * value)),
      )
    },
  })
  const inner = generator.normal64(d, 0, 0.3)
  inner[0] = -1
  return { flow, start: out(inner), ghostAt: out(new Float64Array(d)) }
}

describe('a trajectory that cannot be traced is refused by what is wrong with it', () => {
  const flow = systems.saddleNode(0.01)
  const states = [0, 1, 2, 3].map(value => Float64Array.of(value, 0))
  const refused: [string, Trajectory, string][] = [
    [
      'lengths',
      { times: Float64Array.of(0, 1), states },
      'times and states must be of one length, got 2 times and 4 states',
    ],
    [
      'too few samples',
      { times: Float64Array.of(0, 1), states: states.slice(2) },
      'at least 3 samples, got 2',
    ],
    ['times', { times: Float64Array.of(0, 1, 1, 2), states }, 'times must ascend, but time 2 is 1 after 1'],
    [
      'dimension',
      { times: Float64Array.of(0, 1, 2, 3), states: states.map(x => x.slice(1)) },
      'state 0 must hold 2 numbers, got 1',
    ],
    [
      'values',
      { times: Float64Array.of(0, 1, 2, 3), states: states.with(2, Float64Array.of(0, Number.NaN)) },
      'state 2 holds NaN at 1',
    ],
  ]
  it.each(refused)('%s', (_, trajectory, message) => {
    expect(() => traceGhosts(flow, trajectory)).toThrow(RangeError)
    expect(() => traceGhosts(flow, trajectory)).toThrow(message)
  })

  it('options', () => {
    const trajectory = integrate(flow, [-1, 0.5], { until: 30 })
    expect(() => traceGhosts(flow, trajectory, { halfWidth: 0 })).toThrow(
      'halfWidth must be positive and finite, got 0',
    )
    expect(() => traceGhosts(flow, trajectory, { periods: [1] })).toThrow('periods must be 2 numbers, got 1')
  })

  it('a trajectory of another flow is warned of', () => {
    const other = integrate(systems.saddleNode(0.3), [-1, 0.5], { until: 2, sampleEvery: 0.05 })
    expect(traceGhosts(flow, other).warnings[0]).toContain('the trajectory does not follow the flow in')
  })
})
