import { describe, expect, it } from 'vitest'
import { createFlow, createMap } from '../../src/dynamics/create-flow.js'
import type { Flow } from '../../src/dynamics/flow.js'
import {
  latentNetworkFlow,
  latentOf,
  type NetworkWeights,
  stateFlow,
} from '../../src/dynamics/network-flow.js'
import { toyFlow } from '../../src/dynamics/toy-flow.js'
import { matrixVector, transposedVector } from '../../src/numerics/linear-algebra.js'
import { TorchGenerator } from '../../src/numerics/torch-generator.js'

const generator = new TorchGenerator(7)
const normals = (count: number, scale = 1) => generator.normal32(count).map(value => value * scale)
const vector = (count: number, scale = 1) => Float64Array.from(normals(count, scale))

function network(neurons: number, rank: number | 'full'): NetworkWeights {
  const recurrent =
    rank === 'full'
      ? { left: undefined, right: vector(neurons * neurons, 1 / Math.sqrt(neurons)) }
      : { left: vector(neurons * rank, 1 / Math.sqrt(neurons)), right: vector(rank * neurons) }
  return { recurrent, constant: vector(neurons, 0.3), leak: 0.5 }
}

const networks: [string, Flow][] = [
  ['a full-rank state', stateFlow(network(7, 'full'))],
  ['a rank-2 state', stateFlow(network(6, 2))],
  ['a rank-2 latent', latentNetworkFlow(network(9, 2))],
  ['the one-dimensional', toyFlow(0.3)],
  ['a rank-1 latent', latentNetworkFlow(network(9, 1))],
]

/** The same flow with nothing known but its velocity, or its velocity and Jacobian. */
const fromVelocity = ({ dimension, velocity }: Flow) => createFlow({ dimension, velocity })
const fromJacobian = ({ dimension, velocity, jacobian }: Flow) =>
  createFlow({ dimension, velocity, jacobian })

function expectClose(actual: Float64Array, expected: Float64Array, tolerance: number): void {
  const size = Math.max(1, ...expected.map(Math.abs))
  for (const [i, value] of expected.entries())
    expect(Math.abs(actual[i]! - value)).toBeLessThan(tolerance * size)
}

describe.each(networks)('the exact derivatives of %s flow', (_, flow) => {
  const d = flow.dimension
  const [x, u, v, w] = [vector(d), vector(d), vector(d), vector(d)]

  it('agree with differences of the velocity', () => {
    const differences = fromVelocity(flow)
    expectClose(differences.jacobian(x), flow.jacobian(x), 1e-11)
    expectClose(differences.secondDerivative(x, u, v), flow.secondDerivative(x, u, v), 1e-8)
    expectClose(differences.weightedHessian(x, w), flow.weightedHessian(x, w), 1e-8)
  })

  it('agree with differences of the Jacobian', () => {
    const differences = fromJacobian(flow)
    expectClose(differences.secondDerivative(x, u, v), flow.secondDerivative(x, u, v), 1e-10)
    expectClose(differences.weightedHessian(x, w), flow.weightedHessian(x, w), 1e-10)
  })

  it('agree with one another: w·D²F[u, v] is u·(weighted Hessian)·v', () => {
    const direct = w.reduce((sum, value, i) => sum + value * flow.secondDerivative(x, u, v)[i]!, 0)
    const weighted = matrixVector(flow.weightedHessian(x, w), v).reduce(
      (sum, value, i) => sum + value * u[i]!,
      0,
    )
    expect(weighted).toBeCloseTo(direct, 10)
  })
})

it('the latent flow is the projection of the state flow', () => {
  const weights = network(8, 2)
  const state = vector(8)
  const projected = latentOf(weights.recurrent, stateFlow(weights).velocity(state))
  const latent = latentNetworkFlow(weights).velocity(latentOf(weights.recurrent, state))
  // Only the driven part goes through κ alone, and both decays are linear.
  expectClose(projected, latent, 1e-12)
})

it('a map is a flow in steps of one: fixed where the map is, with multipliers 1 + λ', () => {
  const map = createMap({ dimension: 2, next: ([x, y]) => [0.5 * x!, 2 * y!] })
  expect(map.step).toBe(1)
  expect([...map.velocity(Float64Array.of(2, 3))]).toEqual([-1, 3])
  expectClose(map.jacobian(Float64Array.of(2, 3)), Float64Array.of(-0.5, 0, 0, 1), 1e-11)
  const known = createMap({
    dimension: 2,
    next: ([x, y]) => [0.5 * x!, 2 * y!],
    jacobian: () => [0.5, 0, 0, 2],
  })
  expect([...known.jacobian(Float64Array.of(2, 3))]).toEqual([-0.5, 0, 0, 1])
})

it('derivatives along nothing are nothing', () => {
  const flow = createFlow({ dimension: 2, velocity: ([x, y]) => [x! * x!, x! * y!] })
  const nothing = new Float64Array(2)
  expect([...flow.secondDerivative(Float64Array.of(1, 2), nothing, nothing)]).toEqual([0, 0])
})

it('a wrong dimension, step or length is said', () => {
  expect(() => createFlow({ dimension: 0, velocity: () => [] })).toThrow(
    'dimension must be a whole number from 1, got 0',
  )
  expect(() => createFlow({ dimension: 1, step: 0, velocity: () => [1] })).toThrow(
    'step must be positive and finite, got 0',
  )
  const short = createFlow({ dimension: 2, velocity: () => [1] })
  expect(() => short.velocity(Float64Array.of(1, 2))).toThrow('velocity must return 2 numbers, got 1')
  expect(transposedVector(Float64Array.of(1, 2, 3, 4), Float64Array.of(1, 1))).toEqual(Float64Array.of(4, 6))
})
