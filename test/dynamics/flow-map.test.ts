import { describe, expect, it } from 'vitest'
import { createFlow } from '../../src/dynamics/create-flow.js'
import { drivenDecision, rankOneDecision } from '../../src/dynamics/decision.js'
import { type FlowMapOptions, flowMap, type ShownPoint } from '../../src/dynamics/flow-map.js'
import { drivenWeights, latentNetworkFlow, latentOf, stateFlow } from '../../src/dynamics/network-flow.js'
import { drivenViews, initialiseDriven } from '../../src/models/driven.js'
import { TorchGenerator } from '../../src/numerics/torch-generator.js'

const state = (...values: number[]) => Float64Array.from(values)

/** x' = μ + x², y' = −y, seen whole. */
const saddleNode = (mu: number) => createFlow({ dimension: 2, velocity: ([x, y]) => [mu + x! * x!, -y!] })

/** The ghost of x' = μ + x² in closed form: r = μ, a = 1, passage π/√μ. */
function ghostOf(mu: number, position: Float64Array, direction: Float64Array): ShownPoint {
  const form = { centre: position, direction, covector: direction, r: mu, lambda: 0, a: 1, effectiveR: mu }
  const rest = { scale: mu, dwellTime: Math.PI / Math.sqrt(mu), halfDistance: undefined, spectralGap: 1 }
  const canonicalForm = { ...form, ...rest, dimension: 1 }
  return { kind: 'ghost', position, speed: mu, stable: true, index: 0, canonicalForm }
}

const fixedPoint = (...values: number[]): ShownPoint => ({
  kind: 'fixed point',
  position: state(...values),
  speed: 0,
  stable: true,
  index: 0,
  canonicalForm: undefined,
})

describe('a map of a plane flow', () => {
  const extent: [number, number][] = [
    [-1, 1],
    [-2, 2],
  ]
  const map = flowMap(saddleNode(0.04), { extent, gridPoints: 5 })

  it('has speed and velocity at every grid point, the first axis fastest', () => {
    expect(map.grid.map(values => [...values])).toEqual([
      [-1, -0.5, 0, 0.5, 1],
      [-2, -1, 0, 1, 2],
    ])
    for (let j = 0; j < 5; j++) {
      for (let i = 0; i < 5; i++) {
        const [x, y] = [map.grid[0]![i]!, map.grid[1]![j]!]
        expect(map.velocity[0]![5 * j + i]).toBeCloseTo(0.04 + x * x, 14)
        expect(map.velocity[1]![5 * j + i]).toBeCloseTo(-y, 14)
        expect(map.speed[5 * j + i]).toBeCloseTo(Math.hypot(0.04 + x * x, y), 14)
      }
    }
  })

  it('loses nothing of the velocity, and nothing lies off it', () => {
    expect(Math.max(...map.leaving)).toBe(0)
    const withPath = flowMap(saddleNode(0.04), { extent, paths: [{ states: [state(0.3, 0.7)] }] })
    expect(withPath.paths[0]!.places[0]).toEqual({ at: state(0.3, 0.7), off: 0 })
  })

  it('has a decision at every grid point', () => {
    const decision = { value: ([x, y]: Float64Array) => x! + 10 * y!, levels: [0], answers: ['a', 'b'] }
    const { values } = flowMap(saddleNode(0.04), { extent, gridPoints: 5, decision }).decision!
    expect([...values.slice(0, 5)]).toEqual([-21, -20.5, -20, -19.5, -19])
  })
})

describe('a section of a flow of three dimensions', () => {
  // A linear flow, so that every number is a product of matrices: x' = A x.
  const a = [
    [-1, 2, 0],
    [0, -2, 1],
    [3, 0, -1],
  ]
  const flow = createFlow({
    dimension: 3,
    velocity: x => a.map(row => row.reduce((sum, entry, j) => sum + entry * x[j]!, 0)),
  })
  const section = { centre: state(0, 0, 1), axes: [state(0.6, 0.8, 0), state(0, 0, 1)] }
  const options: FlowMapOptions = {
    section,
    extent: [
      [-1, 1],
      [-1, 1],
    ],
    gridPoints: 3,
  }

  it('has the whole speed, the velocity along its axes, and what leaves it by Pythagoras', () => {
    const map = flowMap(flow, options)
    for (let i = 0; i < 9; i++) {
      const [u, v] = [map.grid[0]![i % 3]!, map.grid[1]![Math.floor(i / 3)]!]
      const [x, y, z] = [0.6 * u, 0.8 * u, 1 + v]
      const f = [-x + 2 * y, -2 * y + z, 3 * x - z]
      const speed = Math.hypot(...f)
      const along = [0.6 * f[0]! + 0.8 * f[1]!, f[2]!]
      expect(map.speed[i]).toBeCloseTo(speed, 12)
      expect(map.velocity[0]![i]).toBeCloseTo(along[0]!, 12)
      expect(map.velocity[1]![i]).toBeCloseTo(along[1]!, 12)
      const leaving = speed === 0 ? 0 : Math.sqrt(Math.max(0, 1 - Math.hypot(...along) ** 2 / speed ** 2))
      expect(map.leaving[i]).toBeCloseTo(leaving, 6)
    }
  })

  it('has the distance of points, paths and starts from it', () => {
    // (−0.8, 0.6, 0) is at right angles to the section.
    const off = state(0.6 - 0.5 * 0.8, 0.8 + 0.5 * 0.6, 3)
    const map = flowMap(flow, {
      ...options,
      starts: [off],
      paths: [{ states: [off], name: 'a' }],
      slowPoints: [{ ...fixedPoint(), position: off }],
    })
    for (const place of [map.starts[0]!, map.paths[0]!.places[0]!, map.points[0]!]) {
      expect(place.off).toBeCloseTo(0.5, 12)
      expect([...place.at]).toEqual([expect.closeTo(1, 12), expect.closeTo(2, 12)])
    }
  })

  it('is refused unless it is a line or a plane with orthonormal axes and fits the flow', () => {
    const { centre, axes } = section
    expect(() => flowMap(flow)).toThrow('3 dimensions needs a section of 1 or 2 axes, got 3')
    expect(() => flowMap(flow, { section: { centre, axes: [] } })).toThrow('1 or 2 axes, got 0')
    const skew = { centre, axes: [axes[0]!, state(1, 0, 0)] }
    expect(() => flowMap(flow, { section: skew })).toThrow('axes must be orthonormal')
    expect(() => flowMap(saddleNode(1), { section })).toThrow('must have 2 coordinates')
  })
})

describe('a ghost in a map', () => {
  const mu = 0.04

  it('has its dwell time in time units, and in steps where the flow moves in steps', () => {
    const velocity = ([x]: Float64Array) => [mu + x! * x!]
    const ghost = ghostOf(mu, state(0), state(1))
    const inTime = flowMap(createFlow({ dimension: 1, velocity }), { slowPoints: [ghost] })
    expect([inTime.points[0]!.dwell, inTime.timeUnit]).toEqual([Math.PI / 0.2, 'time units'])
    const inSteps = flowMap(createFlow({ dimension: 1, velocity, step: 0.5 }), { slowPoints: [ghost] })
    expect([inSteps.points[0]!.dwell, inSteps.timeUnit]).toEqual([(2 * Math.PI) / 0.2, 'steps'])
  })

  it('has a window at whose ends the flow is twice as fast, and through which half the passage goes', () => {
    const map = flowMap(saddleNode(mu), { slowPoints: [ghostOf(mu, state(0, 0), state(1, 0))] })
    const [from, to] = map.points[0]!.window!.map(end => end[0]!)
    for (const x of [from!, to!]) expect(mu + x * x).toBeCloseTo(2 * mu, 14)
    // ∫ dx/(μ + x²) by the midpoint rule.
    const pieces = 10_000
    const width = (to! - from!) / pieces
    let time = 0
    for (let i = 0; i < pieces; i++) time += width / (mu + (from! + (i + 0.5) * width) ** 2)
    expect(time).toBeCloseTo(map.points[0]!.dwell! / 2, 6)
  })

  it('has neither without a canonical form, and no other point has them', () => {
    const bare = { ...ghostOf(mu, state(0, 0), state(1, 0)), canonicalForm: undefined }
    const { points } = flowMap(saddleNode(mu), { slowPoints: [bare, fixedPoint(1, 0)] })
    for (const { dwell, window } of points) expect([dwell, window]).toEqual([undefined, undefined])
  })
})

describe('the extent of a map', () => {
  const flow = saddleNode(0.04)
  const along = (...states: Float64Array[]) => [{ states }]
  const rangeOf = (options: FlowMapOptions) =>
    flowMap(flow, { ...options, gridPoints: 2 }).grid.map(values => [values[0]!, values[1]!])

  it('holds paths and starts, with 12% of their spread on every side', () => {
    const paths = along(state(0, 0), state(1, 2))
    expect(rangeOf({ paths, starts: [state(2, -2)] })).toEqual([
      [expect.closeTo(-0.24, 12), expect.closeTo(2.24, 12)],
      [expect.closeTo(-2.48, 12), expect.closeTo(2.48, 12)],
    ])
  })

  it('holds slow points near the paths, but none further from them than they are wide', () => {
    const paths = along(state(0, 0), state(1, 1))
    const near = rangeOf({ paths, slowPoints: [fixedPoint(1.5, 0.5), fixedPoint(0.5, 30)] })
    expect(near[0]![1]).toBeCloseTo(1.5 + 0.12 * 1.5, 12)
    expect(near[1]![1]).toBeCloseTo(1.12, 12)
  })

  it('holds all slow points where there are no paths', () => {
    expect(rangeOf({ slowPoints: [fixedPoint(0, 0), fixedPoint(10, 20)] })[1]).toEqual([
      expect.closeTo(-2.4, 12),
      expect.closeTo(22.4, 12),
    ])
  })

  it('has a width where nothing is spread', () => {
    const one = rangeOf({ slowPoints: [fixedPoint(3, 4)] })
    for (const [low, high] of one) expect(high! - low!).toBeCloseTo(1.24, 12)
    const line = rangeOf({ starts: [state(0, 5), state(4, 5 + 1e-15)] })
    expect(line[1]![1]! - line[1]![0]!).toBeCloseTo(4.96, 9)
  })

  it('is refused if it does not ascend, is of other axes, or cannot be taken from anything', () => {
    expect(() => flowMap(flow)).toThrow('without an extent it needs slow points, paths or starts')
    expect(() => flowMap(flow, { extent: [[0, 1]] })).toThrow('2 axes need 2 extents, got 1')
    for (const end of [0, -1, Number.NaN, Infinity]) {
      const extent: [number, number][] = [
        [0, 1],
        [0, end],
      ]
      expect(() => flowMap(flow, { extent })).toThrow(`got 0 to ${end}`)
    }
  })

  it('is refused where the flow is not finite', () => {
    const pole = createFlow({ dimension: 1, velocity: ([x]) => [1 / x!] })
    expect(() => flowMap(pole, { extent: [[-1, 1]], gridPoints: 3 })).toThrow('not finite at the state 0')
  })
})

describe('decisions', () => {
  it.each([2, 'full'] as const)('of driven networks of rank %s are the output at the state', rank => {
    const model = { neurons: 12, rank, leak: 0.5 }
    const parameters = drivenViews(model, initialiseDriven(model, new TorchGenerator(4)))
    const x = Float64Array.from(new TorchGenerator(5).normal32(16).slice(0, 12))
    const { recurrent, outputWeights, outputBias } = parameters
    // y = φ(Σ_k (Σ_i x_i S_ik) w_k + b), written out.
    let readOut = outputBias[0]!
    for (let k = 0; k < outputWeights.length; k++) {
      for (let i = 0; i < 12; i++) {
        const weight = recurrent.left?.[i * outputWeights.length + k] ?? (i === k ? 1 : 0)
        readOut += x[i]! * weight * outputWeights[k]!
      }
    }
    const tanh = drivenDecision(parameters, 'tanh')
    expect(tanh.value(x)).toBeCloseTo(Math.tanh(readOut), 12)
    expect(tanh.value(latentOf(recurrent, x))).toBeCloseTo(Math.tanh(readOut), 12)
    expect([tanh.levels, tanh.answers]).toEqual([
      [-0.33, 0.33],
      ['−1', '0', '+1'],
    ])
    const sigmoid = drivenDecision(parameters, 'sigmoid')
    expect(sigmoid.value(x)).toBeCloseTo(1 / (1 + Math.exp(-readOut)), 12)
    expect([sigmoid.levels, sigmoid.answers]).toEqual([[0.5], ['0', '1']])
  })

  it('of a rank-one network change at κ = 1', () => {
    expect(rankOneDecision.value(state(0.3))).toBe(0.3)
    expect([rankOneDecision.levels, rankOneDecision.answers]).toEqual([[1], ['off', 'on']])
  })
})

it('the latent map of a network is the projection of its state map: κ′ = x′·left', () => {
  const model = { neurons: 12, rank: 2, leak: 0.5 }
  const parameters = drivenViews(model, initialiseDriven(model, new TorchGenerator(4)))
  const weights = drivenWeights(parameters, 0.5)
  const x = Float64Array.from(new TorchGenerator(5).normal32(16).slice(0, 12))
  const kappa = latentOf(weights.recurrent, x)
  const map = flowMap(latentNetworkFlow(weights), {
    extent: [
      [kappa[0]!, kappa[0]! + 1],
      [kappa[1]!, kappa[1]! + 1],
    ],
    gridPoints: 2,
  })
  const expected = latentOf(weights.recurrent, stateFlow(weights).velocity(x))
  for (const k of [0, 1]) expect(map.velocity[k]![0]).toBeCloseTo(expected[k]!, 12)
  expect(map.timeUnit).toBe('steps')
})
