import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFlow, createMap } from '../../src/dynamics/create-flow.js'
import { latentPortrait } from '../../src/dynamics/latent-ghost.js'
import { latentNetworkFlow, latentOf, rankOneWeights, stateFlow } from '../../src/dynamics/network-flow.js'
import type { SlowPoint } from '../../src/dynamics/slow-point.js'
import { findSlowPoints } from '../../src/dynamics/slow-points.js'
import { rankOneViews } from '../../src/models/rank-one.js'
import { distance } from '../../src/numerics/linear-algebra.js'
import { linspace } from '../../src/numerics/spacing.js'
import { TorchGenerator } from '../../src/numerics/torch-generator.js'
import { createTrainer } from '../../src/training/create-trainer.js'

/** All states whose coordinates are among the values. */
function grid(dimension: number, values: readonly number[]): Float64Array[] {
  let states: number[][] = [[]]
  for (let i = 0; i < dimension; i++) states = states.flatMap(state => values.map(value => [...state, value]))
  return states.map(state => Float64Array.from(state))
}

const places = (points: readonly SlowPoint[], kind: SlowPoint['kind']) =>
  points.filter(point => point.kind === kind).map(({ position }) => [...position])

const close = (expected: readonly number[], digits = 9) =>
  expected.map(value => expect.closeTo(value, digits))

describe('the saddle-node normal form with a stable direction', () => {
  const flow = (mu: number) => createFlow({ dimension: 2, velocity: ([x, y]) => [mu + x! ** 2, -y!] })
  const starts = grid(2, [-1, 0.3, 1])

  it.each([1e-2, 1e-6, 1e-10, 1e-13])('has one ghost for μ = %d, whose dwell time is π/√μ', mu => {
    const { points, rejected } = findSlowPoints(flow(mu), starts)
    expect(rejected).toEqual([])
    expect(points.map(({ kind, starts }) => [kind, starts])).toEqual([['ghost', 9]])
    const [ghost] = points
    expect([...ghost!.position]).toEqual(close([0, 0]))
    expect(ghost!.speed / mu).toBeCloseTo(1, 9)
    expect(ghost!.energy / (mu ** 2 / 2)).toBeCloseTo(1, 9)
    expect((ghost!.canonicalForm!.dwellTime! * Math.sqrt(mu)) / Math.PI).toBeCloseTo(1, 9)
    expect([ghost!.stable, ghost!.index, ghost!.canonicalForm!.spectralGap]).toEqual([
      true,
      0,
      expect.closeTo(1, 9),
    ])
    expect(ghost!.nearestStart).toBeCloseTo(Math.hypot(0.3, 0.3), 9)
  })

  it.each([-1e-2, -1e-6, -1e-10])('has a stable and an unstable fixed point for μ = %d, and no ghost', mu => {
    const { points } = findSlowPoints(flow(mu), starts)
    const root = Math.sqrt(-mu)
    expect(points.map(({ kind }) => kind)).toEqual(['fixed point', 'fixed point'])
    expect(points.map(({ position }) => position[0]! / root)).toEqual(close([-1, 1], 5))
    expect(points.map(({ stable, index }) => [stable, index])).toEqual([
      [true, 0],
      [false, 1],
    ])
  })

  it('has a single fixed point at the bifurcation', () => {
    const { points } = findSlowPoints(flow(0), starts)
    expect(points.map(({ kind, position }) => [kind, Math.abs(position[0]!) < 1e-6])).toEqual([
      ['fixed point', true],
    ])
  })
})

describe('ghosts of several dimensions', () => {
  it.each([2, 3])('%d uncoupled copies of μ + x² meet in one, with the dwell time of a copy', copies => {
    const flow = createFlow({ dimension: copies, velocity: x => x.map(value => 0.01 + value ** 2) })
    const { points } = findSlowPoints(flow, [new Float64Array(copies).fill(-1)])
    expect(points.map(({ kind }) => kind)).toEqual(['ghost'])
    expect(points[0]!.canonicalForm!.dimension).toBe(copies)
    expect(points[0]!.speed).toBeCloseTo(0.01 * Math.sqrt(copies), 9)
    expect(points[0]!.canonicalForm!.dwellTime).toBeCloseTo(Math.PI / 0.1, 6)
  })
})

describe('systems without ghosts', () => {
  const starts = grid(2, [-2, -0.9, 0.1, 1.1, 2])

  it('van der Pol: the unstable fixed point alone, though searches run off along the slow branch', () => {
    const flow = createFlow({ dimension: 2, velocity: ([x, y]) => [y!, 3 * (1 - x! ** 2) * y! - x!] })
    const { points, rejected } = findSlowPoints(flow, starts)
    expect(points.map(({ kind, index }) => [kind, index])).toEqual([['fixed point', 2]])
    expect([...points[0]!.position]).toEqual(close([0, 0]))
    expect(points[0]!.starts + rejected.length).toBe(25)
    for (const { reason } of rejected) expect(reason).toMatch(/not converged|ran away/)
  })

  it('FitzHugh–Nagumo in its oscillating range: the unstable fixed point alone', () => {
    const velocity = ([v, w]: Float64Array) => [v! - v! ** 3 / 3 - w! + 0.5, 0.08 * (v! + 0.7 - 0.8 * w!)]
    const { points } = findSlowPoints(createFlow({ dimension: 2, velocity }), starts)
    expect(points.map(({ kind, stable }) => [kind, stable])).toEqual([['fixed point', false]])
  })

  it('a flow that slows down towards infinity: nothing is reported as a point', () => {
    const { points, rejected } = findSlowPoints(
      createFlow({ dimension: 1, velocity: ([x]) => [Math.exp(-x!)] }),
      grid(1, [-1, 0, 3]),
    )
    expect(points).toEqual([])
    expect(rejected.map(({ start }) => start)).toEqual([0, 1, 2])
  })
})

describe('the map h ← tanh(h·W) with rows of W rolled', () => {
  const map = (n: number) => {
    const first = linspace(-1, 1, n)
    return createMap({
      dimension: n,
      next: h =>
        Float64Array.from({ length: n }, (_, j) =>
          Math.tanh(-h.reduce((sum, value, i) => sum + value * first[(i + j) % n]!, 0)),
        ),
    })
  }

  it('has 0 and ± one stable point for n = 2', () => {
    const { points } = findSlowPoints(map(2), grid(2, [-1, 0, 1]))
    expect(places(points, 'fixed point')).toEqual([
      close([-0.9575, 0.9575], 4),
      close([0, 0]),
      close([0.9575, -0.9575], 4),
    ])
    expect(points.filter(({ stable }) => stable)).toHaveLength(2)
  })

  it('has 0 and ± one unstable point for n = 3', () => {
    const { points } = findSlowPoints(map(3), grid(3, [-1, 0, 1]))
    expect(places(points, 'fixed point')).toEqual([
      close([-0.9498, 0.4255, 0.8799], 4),
      close([0, 0, 0]),
      close([0.9498, -0.4255, -0.8799], 4),
    ])
    expect(points.filter(({ stable }) => stable)).toEqual([])
  })
})

describe('what is found', () => {
  // A cubic in the plane with three fixed points, a ghost, and a valley to infinity.
  const flow = createFlow({
    dimension: 2,
    velocity: ([x, y]) => [
      (x! ** 2 - 1) * x! * ((x! - 3) ** 2 + 0.0005) * Math.exp(-0.5 * x!),
      -y! + 0.3 * x!,
    ],
  })

  it('does not depend on the order of the starts', () => {
    const starts = grid(2, [-1.4, -0.6, 0.2, 0.9, 2.2, 3.1, 40])
    const summary = (order: readonly Float64Array[]) =>
      findSlowPoints(flow, order).points.map(({ kind, position, starts }) => [kind, [...position], starts])
    const expected = summary(starts)
    expect(expected.map(([kind]) => kind)).toEqual(['fixed point', 'fixed point', 'fixed point', 'ghost'])
    fc.assert(
      fc.property(fc.shuffledSubarray([...starts.keys()], { minLength: starts.length }), order => {
        expect(summary(order.map(i => starts[i]!))).toEqual(expected)
      }),
      { numRuns: 5 },
    )
  })

  it('is the same in other coordinates: fixed points exactly, ghosts by their scale', () => {
    const [a, b, c, d] = [1.3, 0.4, -0.2, 0.8]
    const back = ([x, y]: Float64Array) =>
      Float64Array.of((d * x! - b * y!) / (a * d - b * c), (a * y! - c * x!) / (a * d - b * c))
    const forth = ([x, y]: Float64Array) => Float64Array.of(a * x! + b * y!, c * x! + d * y!)
    const turned = createFlow({ dimension: 2, velocity: x => forth(flow.velocity(back(x))) })
    const starts = grid(2, [-1.4, -0.6, 0.2, 0.9, 3.1])
    const [here, there] = [
      findSlowPoints(flow, starts).points,
      findSlowPoints(turned, starts.map(forth)).points,
    ]
    for (const { position, kind, canonicalForm, spectrum } of here) {
      const match = there
        .filter(point => point.kind === kind)
        .sort((p, q) => distance(back(p.position), position) - distance(back(q.position), position))[0]!
      if (kind === 'fixed point') {
        expect(distance(back(match.position), position)).toBeLessThan(1e-8)
        expect([...match.spectrum.real]).toEqual(close([...spectrum.real], 6))
      } else {
        expect(distance(back(match.canonicalForm!.centre), canonicalForm!.centre)).toBeLessThan(1e-4)
        expect(match.canonicalForm!.scale / canonicalForm!.scale).toBeCloseTo(1, 5)
      }
    }
    expect(there).toHaveLength(here.length)
  })

  it('names starts of a wrong length or with NaN', () => {
    expect(() => findSlowPoints(flow, [Float64Array.of(1)])).toThrow('start 0 must hold 2 numbers, got 1')
    expect(() => findSlowPoints(flow, [Float64Array.of(1, 1), Float64Array.of(1, Number.NaN)])).toThrow(
      'start 1 holds NaN at 1',
    )
  })

  it('rejects a search whose flow is not finite, and keeps the others', () => {
    const log = createFlow({ dimension: 1, velocity: ([x]) => [Math.log(x!)] })
    const { points, rejected } = findSlowPoints(log, [
      Float64Array.of(-1),
      Float64Array.of(0.2),
      Float64Array.of(5),
    ])
    expect(places(points, 'fixed point')).toEqual([close([1])])
    expect(rejected).toEqual([
      expect.objectContaining({ start: 0, reason: 'the velocity is not finite at the start' }),
    ])
  })
})

describe('the rank-one network of seed 40, trained at rate 0.003 in double precision', async () => {
  const model = { neurons: 100, leak: 0.5 }
  const trainer = await createTrainer({
    model: { kind: 'rank-one' },
    task: { kind: 'delayed-activation' },
    optimizer: { kind: 'sgd', rate: 0.003 },
    seed: 40,
    epochs: 60_000,
    precision: 'double',
  })
  trainer.advance(60_000)
  const parameters = rankOneViews(model, trainer.snapshot().parameters)
  const weights = rankOneWeights(parameters, model.leak)
  const latent = findSlowPoints(latentNetworkFlow(weights), grid(1, [-6, -3, -1, 0, 1, 3, 6]))

  it('has one fixed point and a ghost where an independent program finds them', () => {
    const positive = latent.points
      .filter(({ kind }) => kind === 'ghost')
      .filter(({ position }) => position[0]! < 1)
    expect(places(latent.points, 'fixed point')).toEqual([[expect.closeTo(3.648, 1)]])
    expect(positive.map(({ position, speed }) => [position[0], speed])).toEqual([
      [expect.closeTo(-1.431, 1), expect.closeTo(0.3078, 1)],
    ])
  })

  it('has the same points by the search and by the zeros of F′ on a grid', () => {
    const { fixedPoints, ghost } = latentPortrait(parameters, model.leak)
    expect(places(latent.points, 'fixed point')).toEqual(fixedPoints.map(({ x }) => [expect.closeTo(x, 9)]))
    const found = latent.points.find(({ kind }) => kind === 'ghost')!
    expect(found.position[0]).toBeCloseTo(ghost!.kappa, 9)
    expect(found.speed).toBeCloseTo(ghost!.speed, 9)
    expect(found.canonicalForm!.a).toBeCloseTo(ghost!.curvature, 9)
    expect(found.canonicalForm!.dwellTime! / model.leak).toBeCloseTo(ghost!.dwellSteps, 7)
  })

  it('has the same ghost among its 100 neurons as in its latent variable', () => {
    const flow = stateFlow(weights)
    const [ghost] = latent.points.filter(({ kind }) => kind === 'ghost')
    const generator = new TorchGenerator(1)
    const starts = Array.from({ length: 4 }, () =>
      Float64Array.from(generator.normal32(100), value => 0.2 * value - 0.3),
    )
    const inNeurons = findSlowPoints(flow, starts).points.find(({ kind }) => kind === 'ghost')!
    const centre = latentOf(weights.recurrent, inNeurons.canonicalForm!.centre)
    expect(Math.abs(centre[0]! - ghost!.position[0]!)).toBeLessThan(0.1)
    expect(inNeurons.canonicalForm!.scale / ghost!.canonicalForm!.scale).toBeCloseTo(1, 1)
    expect(inNeurons.spectrum.residual).toBeLessThan(1e-12)
  })
})

it.each([1e-6, 1e-3, 1e3, 1e6])('points are found alike where the state is of size %d', size => {
  const flowAt = (mu: number) =>
    createFlow({
      dimension: 2,
      scale: size,
      velocity: ([x, y]) => [size * mu + x! ** 2 / size, -y! + 0.4 * x!],
    })
  const starts = grid(2, [-1, 0.3, 1]).map(start => start.map(value => value * size))
  const [ghost] = findSlowPoints(flowAt(0.01), starts).points
  expect([ghost!.kind, ghost!.starts]).toEqual(['ghost', 9])
  expect(ghost!.canonicalForm!.dwellTime).toBeCloseTo(10 * Math.PI, 3)
  const pair = findSlowPoints(flowAt(-0.01), starts).points
  expect(pair.map(({ position }) => position[0]! / size)).toEqual(close([-0.1, 0.1], 6))
})
