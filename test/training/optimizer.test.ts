import { describe, expect, it } from 'vitest'
import { adamUpdate, sgdUpdate, zeroMoments } from '../../src/training/optimizer.js'
import { readFixture } from '../read-fixture.js'

const { initial, steps, mean, square } = readFixture<{
  initial: number[]
  steps: { rate: number; gradient: number[]; parameters: number[] }[]
  mean: number[]
  square: number[]
}>('adam.json')

function expectClose(actual: Float64Array, expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length)
  expected.forEach((value, i) => {
    expect(Math.abs(actual[i]! - value)).toBeLessThanOrEqual(1e-14 * Math.max(Math.abs(value), 1e-3))
  })
}

describe('Adam', () => {
  it('updates as PyTorch does, through a change of rate, vanishing and tiny gradients', () => {
    const parameters = Float64Array.from(initial)
    const moments = zeroMoments(initial.length)
    expect(steps.length).toBeGreaterThan(10)
    for (const [k, { rate, gradient, parameters: expected }] of steps.entries()) {
      adamUpdate(parameters, Float64Array.from(gradient), rate, moments, k)
      expectClose(parameters, expected)
    }
    expectClose(moments.mean, mean)
    expectClose(moments.square, square)
  })

  it('moves by the rate in its first update, whatever the size of the gradient', () => {
    const parameters = Float64Array.of(1, 1, 1)
    adamUpdate(parameters, Float64Array.of(1e-3, -5, 4e6), 0.25, zeroMoments(3), 0)
    for (const [i, value] of [0.75, 1.25, 0.75].entries()) expect(parameters[i]).toBeCloseTo(value, 4)
  })
})

describe('gradient descent', () => {
  it('moves against the gradient by the rate', () => {
    const parameters = Float64Array.of(1, -2)
    sgdUpdate(parameters, Float64Array.of(4, -8), 0.5)
    expect([...parameters]).toEqual([-1, 2])
  })
})
