import { describe, expect, it } from 'vitest'
import { TorchGenerator } from '../../src/numerics/torch-generator.js'
import { linearInit, xavierUniform } from '../../src/numerics/torch-initialisation.js'
import fixture from '../fixtures/torch-rng.json' with { type: 'json' }

interface TensorRecord {
  readonly shape: readonly number[]
  readonly first10: readonly number[]
  readonly sum_float64: number
  readonly sum_abs_float64: number
}

const modules = Object.entries(fixture.module_init).map(([seed, record]) => ({ seed: Number(seed), record }))

function sum(values: Iterable<number>): number {
  let total = 0
  for (const value of values) total += value
  return total
}

function expectTensor(values: Float32Array, expected: TensorRecord): void {
  expect(values).toHaveLength(expected.shape.reduce((product, size) => product * size, 1))
  expect(Array.from(values.subarray(0, 10))).toEqual(expected.first10)
  expect(sum(values)).toBe(expected.sum_float64)
  expect(sum(values.map(Math.abs))).toBe(expected.sum_abs_float64)
}

describe.each(modules)('with the seed $seed', ({ seed, record }) => {
  it('a driven network of 100 units has the parameters of PyTorch 1.13, before and after the Xavier draws', () => {
    const generator = new TorchGenerator(seed)
    const input = linearInit(generator, 1, 100)
    const recurrent = generator.normal32(100 * 100)
    const output = linearInit(generator, 100, 1)
    const before = record.before_xavier
    expectTensor(input.weight, before['W_in.weight'])
    expectTensor(input.bias, before['W_in.bias'])
    expectTensor(recurrent, before.W_rec)
    expectTensor(output.weight, before['W_out.weight'])
    expectTensor(output.bias, before['W_out.bias'])

    const after = record.after_xavier
    expectTensor(xavierUniform(generator, 100, 1), after['W_in.weight'])
    expectTensor(xavierUniform(generator, 100, 100), after.W_rec)
    expectTensor(xavierUniform(generator, 1, 100), after['W_out.weight'])
    expect(Array.from(generator.uniform32(3))).toEqual(record.next_rand3)
  })

  it('draws normals with a mean after a linear layer as PyTorch does', () => {
    const generator = new TorchGenerator(seed)
    linearInit(generator, 1, 100)
    const expected = record['normal_after_linear_mean.5_std.1']
    const normals = generator.normal32(100, 0.5, 0.1)
    expect(Array.from(normals.subarray(0, 10))).toEqual(expected.first10_of_100)
    expect(sum(normals)).toBe(expected.sum_float64)
    expect(Array.from(generator.normal32(5, 0.5, 0.1))).toEqual(expected.next_5)
  })
})

describe('the sizes of a layer', () => {
  it.each([0, -1, 1.5, Number.NaN])('%s is refused by name', size => {
    const generator = new TorchGenerator(0)
    expect(() => linearInit(generator, size, 3)).toThrow(
      new RangeError(`linearInit: sizes must be positive integers, got ${size}`),
    )
    expect(() => xavierUniform(generator, 3, size)).toThrow(
      `xavierUniform: sizes must be positive integers, got ${size}`,
    )
  })
})
