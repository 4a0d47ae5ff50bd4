import { describe, expect, it } from 'vitest'
import { autonomousLayout, initialiseAutonomous } from '../../src/models/autonomous.js'
import { drivenLayout, initialiseDriven } from '../../src/models/driven.js'
import { namedArrays } from '../../src/models/parameters.js'
import type { NetworkShape, Rank } from '../../src/models/recurrence.js'
import { TorchGenerator } from '../../src/numerics/torch-generator.js'
import { readFixture } from '../read-fixture.js'

interface Case<Values> {
  readonly model: 'autonomous' | 'driven'
  readonly seed: number
  readonly neurons: number
  readonly rank: Rank
  readonly arrays: Readonly<Record<string, Values>>
}

interface Summary {
  readonly sum: number
  readonly absolute: number
  readonly first: readonly number[]
  readonly last: readonly number[]
}

const { small, large } = readFixture<{ small: Case<number[]>[]; large: Case<Summary>[] }>(
  'initial-parameters.json',
)

interface Initialisation {
  readonly before_xavier: Readonly<Record<string, { readonly first10: readonly number[] }>>
  readonly after_xavier: Readonly<
    Record<string, { readonly first10: readonly number[]; readonly sum_float64: number }>
  >
}
const { module_init } = readFixture<{ module_init: Record<string, Initialisation> }>('torch-rng.json')

/** The fixture's names for the arrays of a driven network. */
const moduleNames = {
  W_in: 'W_in.weight',
  b_in: 'W_in.bias',
  W_rec: 'W_rec',
  w_out: 'W_out.weight',
  b_out: 'W_out.bias',
}

function initial({ model, seed, neurons, rank }: Case<unknown>) {
  const shape: NetworkShape = { neurons, rank, leak: 0.5 }
  const generator = new TorchGenerator(seed)
  return model === 'autonomous'
    ? namedArrays(autonomousLayout(shape), initialiseAutonomous(shape, generator))
    : namedArrays(drivenLayout(shape), initialiseDriven(shape, generator))
}

const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0)

describe('initial parameters', () => {
  it.each(small)('are bit for bit those of PyTorch: $model, seed $seed, N = $neurons, K = $rank', example => {
    const arrays = initial(example)
    expect(Object.keys(arrays)).toEqual(Object.keys(example.arrays))
    for (const [name, values] of Object.entries(example.arrays)) {
      expect([...arrays[name]!.data], name).toEqual(values)
    }
  })

  it.each(large)('are those of PyTorch for 100 neurons: $model, K = $rank', example => {
    const arrays = initial(example)
    for (const [name, { sum, absolute, first, last }] of Object.entries(example.arrays)) {
      const { data } = arrays[name]!
      expect([...data.slice(0, 3)]).toEqual(first)
      expect([...data.slice(-3)]).toEqual(last)
      expect(Math.abs(total(data) - sum)).toBeLessThan(1e-9)
      expect(Math.abs(total(data.map(Math.abs)) - absolute)).toBeLessThan(1e-9)
    }
  })

  it.each(Object.keys(module_init))('of a driven network are those of its modules, seed %s', seed => {
    const arrays = initial({ model: 'driven', seed: Number(seed), neurons: 100, rank: 'full', arrays: {} })
    for (const [name, module] of Object.entries(moduleNames)) {
      const { first10, sum_float64 } = module_init[seed]!.after_xavier[module]!
      expect([...arrays[name]!.data.slice(0, 10)]).toEqual(first10)
      expect(Math.abs(total(arrays[name]!.data) - sum_float64)).toBeLessThan(1e-9)
    }
    expect([...arrays.W_in!.data.slice(0, 10)]).not.toEqual(
      module_init[seed]!.before_xavier['W_in.weight']!.first10,
    )
  })

  it('have the shapes of their layout', () => {
    const shapesOf = (model: 'autonomous' | 'driven', rank: Rank) =>
      Object.entries(initial({ model, seed: 1, neurons: 5, rank, arrays: {} })).map(
        ([name, { shape, data }]) => `${name} ${shape.join('×')} = ${data.length}`,
      )
    expect(shapesOf('autonomous', 2)).toEqual([
      'm 5×2 = 10',
      'n 2×5 = 10',
      'b 5 = 5',
      'w_out 5 = 5',
      'b_out 1 = 1',
    ])
    expect(shapesOf('autonomous', 'full')[0]).toBe('W 5×5 = 25')
    expect(shapesOf('driven', 2)).toEqual([
      'W_in 5 = 5',
      'b_in 5 = 5',
      'S_l 5×2 = 10',
      'S_r 2×5 = 10',
      'w_out 2 = 2',
      'b_out 1 = 1',
    ])
    expect(shapesOf('driven', 'full').slice(2)).toEqual(['W_rec 5×5 = 25', 'w_out 5 = 5', 'b_out 1 = 1'])
  })
})
