import { describe, expect, it } from 'vitest'
import { autonomousLayout, autonomousViews } from '../../src/models/autonomous.js'
import { drivenLayout, drivenViews } from '../../src/models/driven.js'
import type { FoundNetwork } from '../../src/models/found-network.js'
import {
  namedArrays,
  type ParameterArray,
  type ParameterShape,
  totalSize,
} from '../../src/models/parameters.js'
import { rankOneLayout, rankOneViews } from '../../src/models/rank-one.js'
import { recogniseNetwork } from '../../src/models/recognise-network.js'
import type { StoredArray } from '../../src/models/stored-array.js'
import { InputError } from '../../src/settings/input-error.js'

/** Arrays as a file would give them. */
const stored = (arrays: Readonly<Record<string, ParameterArray>>): StoredArray[] =>
  Object.entries(arrays).map(([name, { shape, data }]) => ({ name, shape, type: '<f8', read: () => data }))

const array = (
  shape: readonly number[],
  value = (i: number) => Math.sin(i + shape.length),
): ParameterArray => ({
  shape,
  data: Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => value(i)),
})

const drawn = (layout: readonly ParameterShape[]) =>
  Float64Array.from({ length: totalSize(layout) }, (_, i) => Math.sin(1 + i))

/** What a network's next drive is at a state and an input, by the definition in FoundNetwork. */
function drive(
  { recurrent: { left, right }, bias, inputWeights, neurons }: FoundNetwork,
  x: number[],
  u: number[],
) {
  const latent = left === undefined ? neurons : right.length / neurons
  const kappa = Array.from({ length: latent }, (_, k) =>
    left === undefined ? x[k]! : x.reduce((sum, value, i) => sum + value * left[i * latent + k]!, 0),
  )
  return Array.from(bias, (value, j) => {
    const input = u.reduce((sum, entry, i) => sum + entry * inputWeights![i * neurons + j]!, 0)
    return kappa.reduce((sum, entry, k) => sum + entry * right[k * neurons + j]!, value + input)
  })
}

const expectClose = (actual: readonly number[], expected: readonly number[]) => {
  expect(actual).toHaveLength(expected.length)
  for (const [i, value] of expected.entries()) expect(actual[i]).toBeCloseTo(value, 12)
}

const [x, u] = [
  [0.3, -0.2, 0.9],
  [0.5, -1],
]

describe('a state_dict of PyTorch', () => {
  const columns = (w: ParameterArray, from: readonly number[]) =>
    Array.from({ length: w.shape[0]! }, (_, i) =>
      from.reduce((sum, value, j) => sum + w.data[i * from.length + j]! * value, 0),
    )
  const rnn = {
    weight_ih: array([3, 2]),
    weight_hh: array([3, 3], i => Math.cos(i)),
    bias_ih: array([3]),
    bias_hh: array([3], i => i / 7),
  }

  it('with one of its two biases, or of no neurons, is refused by name', () => {
    const { bias_hh: _, ...withoutOne } = rnn
    expect(() => recogniseNetwork('rnn.npz', stored(withoutOne))).toThrow('holds bias_ih without bias_hh')
    expect(() => recogniseNetwork('rnn.npz', stored({ weight_hh: array([0, 0]) }))).toThrow(
      /weight_hh.*\(0, 0\)/,
    )
  })
  const named = (prefix: string, suffix: string) =>
    Object.fromEntries(Object.entries(rnn).map(([name, value]) => [`${prefix}${name}${suffix}`, value]))
  const expected = columns(rnn.weight_ih, u).map(
    (value, i) => value + columns(rnn.weight_hh, x)[i]! + rnn.bias_ih.data[i]! + rnn.bias_hh.data[i]!,
  )

  it.each([
    ['nn.RNN', '', '_l0'],
    ['nn.RNN in a module', 'core.rnn.', '_l0'],
    ['nn.RNNCell', '', ''],
    ['nn.RNNCell in a module', 'cell.', ''],
  ])('of %s is W_ih·u + b_ih + W_hh·h + b_hh', (_, prefix, suffix) => {
    const found = recogniseNetwork('net.npz', stored(named(prefix, suffix)))
    expect(found).toMatchObject({ source: 'nn.RNN', neurons: 3, leak: 1, readOut: undefined })
    expectClose(drive(found, x, u), expected)
  })

  it('without biases has none', () => {
    const found = recogniseNetwork(
      'net.npz',
      stored({ weight_ih_l0: rnn.weight_ih, weight_hh_l0: rnn.weight_hh }),
    )
    expect([...found.bias]).toEqual([0, 0, 0])
    expect(found.names).toEqual({ weights: 'weight_hh_l0', inputWeights: 'weight_ih_l0' })
  })

  it('has as read-out the one linear layer that sees the state', () => {
    const linear = { 'fc.weight': array([2, 3]), 'fc.bias': array([2]) }
    const { readOut, names } = recogniseNetwork('net.npz', stored({ ...named('rnn.', '_l0'), ...linear }))
    expect(readOut).toEqual({
      weights: linear['fc.weight'].data,
      bias: linear['fc.bias'].data,
      sees: 'state',
    })
    expect(names).toMatchObject({ readOut: 'fc.weight', readOutBias: 'fc.bias' })
    const two = { ...linear, 'gate.weight': array([1, 3]), 'gate.bias': array([1]) }
    expect(recogniseNetwork('net.npz', stored({ ...named('rnn.', '_l0'), ...two })).readOut).toBeUndefined()
  })

  it('of several networks needs the name of one', () => {
    const both = stored({ ...named('a.', '_l0'), 'b.weight_hh_l0': array([2, 2]) })
    expect(() => recogniseNetwork('net.npz', both)).toThrow(
      'net.npz: holds several networks: a.weight_hh_l0, b.weight_hh_l0; accepted: --weights with one of these',
    )
    expectClose(drive(recogniseNetwork('net.npz', both, { weights: 'a.weight_hh_l0' }), x, u), expected)
    expect(recogniseNetwork('net.npz', both, { weights: 'b.weight_hh_l0' }).neurons).toBe(2)
  })

  const kinds = 'accepted: nn.RNN or nn.RNNCell of one layer and one direction, with tanh'
  it.each([
    ['nn.GRU', { weight_hh_l0: array([9, 3]) }, 'weight_hh_l0: is of nn.GRU: shape (9, 3), 3 gates'],
    ['nn.LSTM', { 'l.weight_hh': array([12, 3]) }, 'l.weight_hh: is of nn.LSTM: shape (12, 3), 4 gates'],
    [
      'several layers',
      { weight_hh_l0: array([3, 3]), weight_hh_l1: array([3, 3]) },
      'weight_hh_l0: is of a network of several layers: there is weight_hh_l1',
    ],
    [
      'two directions',
      { weight_hh_l0: array([3, 3]), weight_hh_l0_reverse: array([3, 3]) },
      'weight_hh_l0: is of a bidirectional network: there is weight_hh_l0_reverse',
    ],
  ])('of %s is refused by name', (_, arrays, problem) => {
    expect(() => recogniseNetwork('net.npz', stored(arrays))).toThrow(
      new InputError(
        `net.npz: ${problem.split(': ')[0]}`,
        problem.split(': ').slice(1).join(': '),
        kinds.slice(10),
      ),
    )
  })
})

describe('a parameter file of this program', () => {
  it('of a rank-one network is m κ + b with κ = n·x', () => {
    const model = { neurons: 3, leak: 0.5 }
    const flat = drawn(rankOneLayout(model))
    const { m, n, b } = rankOneViews(model, flat)
    const kappa = n.reduce((sum, weight, i) => sum + weight * x[i]!, 0)
    const found = recogniseNetwork('run.npz', stored(namedArrays(rankOneLayout(model), flat)))
    expect(found).toMatchObject({ source: 'rank-one', leak: 0.5, initialState: -0.3 })
    expectClose(
      drive(found, x, []),
      Array.from(m, (weight, i) => weight * kappa + b[i]!),
    )
  })

  it.each(['full', 2, 1] as const)(
    'of an autonomous network of rank %s is what its model makes of it',
    rank => {
      const model = { neurons: 3, rank, leak: 0.5 }
      const flat = drawn(autonomousLayout(model))
      const found = recogniseNetwork('run.npz', stored(namedArrays(autonomousLayout(model), flat)))
      const { recurrent, b, outputWeights, outputBias } = autonomousViews(model, flat)
      expect(found).toMatchObject({ source: 'autonomous', recurrent, bias: b, inputWeights: undefined })
      expect(found.readOut).toEqual({ weights: outputWeights, bias: outputBias, sees: 'state' })
    },
  )

  it.each(['full', 2] as const)('of a driven network of rank %s is what its model makes of it', rank => {
    const model = { neurons: 3, rank, leak: 0.5 }
    const flat = drawn(drivenLayout(model))
    const found = recogniseNetwork('run.npz', stored(namedArrays(drivenLayout(model), flat)))
    const { recurrent, inputWeights, inputBias, outputWeights } = drivenViews(model, flat)
    expect(found).toMatchObject({ source: 'driven', recurrent, bias: inputBias, inputWeights })
    expect(found.readOut).toMatchObject({
      weights: outputWeights,
      sees: rank === 'full' ? 'state' : 'latent variables',
    })
  })
})

describe('arrays named by hand', () => {
  const arrays = stored({
    J: array([3, 3]),
    c: array([3]),
    I: array([3, 2]),
    It: array([2, 3]),
    z: array([3]),
  })
  const J = array([3, 3]).data

  it('act on columns, or on rows if asked', () => {
    const found = recogniseNetwork('net.npz', arrays, {
      weights: 'J',
      bias: 'c',
      inputWeights: 'I',
      readOut: 'z',
    })
    const byColumns = [0, 1, 2].map(
      i =>
        array([3]).data[i]! +
        x.reduce((sum, value, j) => sum + J[3 * i + j]! * value, 0) +
        u.reduce((sum, value, j) => sum + array([3, 2]).data[2 * i + j]! * value, 0),
    )
    expectClose(drive(found, x, u), byColumns)
    expect(found.readOut).toEqual({ weights: array([3]).data, bias: Float64Array.of(0), sees: 'state' })
    const rows = recogniseNetwork('net.npz', arrays, { weights: 'J', inputWeights: 'It', transpose: true })
    const byRows = [0, 1, 2].map(
      i =>
        x.reduce((sum, value, j) => sum + J[3 * j + i]! * value, 0) +
        u.reduce((sum, value, j) => sum + array([2, 3]).data[3 * j + i]! * value, 0),
    )
    expectClose(drive(rows, x, u), byRows)
  })

  it.each([
    [{ weights: 'c' }, 'net.npz: c: is of shape (3,); accepted: (N, N)'],
    [{ weights: 'I' }, 'net.npz: I: is of shape (3, 2); accepted: (3, 3)'],
    [{ weights: 'J', bias: 'I' }, 'net.npz: I: is of shape (3, 2); accepted: (3,)'],
    [{ weights: 'J', inputWeights: 'It' }, 'net.npz: It: is of shape (2, 3); accepted: (3, 3)'],
    [{ weights: 'J', readOut: 'I' }, 'net.npz: I: is of shape (3, 2); accepted: (3, 3) or (3,)'],
    [
      { weights: 'K' },
      'net.npz: no array "K"; it holds J (3, 3) <f8, c (3,) <f8, I (3, 2) <f8, It (2, 3) <f8, z (3,) <f8; ',
    ],
  ])('that do not fit, as %j, are refused by name', (names, message) => {
    expect(() => recogniseNetwork('net.npz', arrays, names)).toThrow(message)
  })
})

describe('recogniseNetwork', () => {
  it('lists what a file without a network holds', () => {
    expect(() => recogniseNetwork('net.npz', stored({ a: array([]), b: array([2, 2]) }))).toThrow(
      /^net.npz: holds no network by the names of its arrays; it holds a \(\) <f8, b \(2, 2\) <f8; accepted: /,
    )
    expect(() => recogniseNetwork('net.npz', [])).toThrow('it holds no array; ')
    const many = Object.fromEntries(Array.from({ length: 15 }, (_, i) => [`a${i}`, array([1])]))
    expect(() => recogniseNetwork('net.npz', stored(many))).toThrow('a11 (1,) <f8 and 3 more; ')
  })

  it.each([
    ['W', [3, 2], 'net.npz: W: is of shape (3, 2); accepted: (3, 3)'],
    ['W', [], 'net.npz: W: is of shape (); accepted: (N, N)'],
    ['b', [2], 'net.npz: b: is of shape (2,); accepted: (3,)'],
    ['w_out', [3, 1], 'net.npz: w_out: is of shape (3, 1); accepted: (3,)'],
  ])('refuses %s of shape %j', (name, shape, message) => {
    const good = { W: array([3, 3]), b: array([3]), w_out: array([3]), b_out: array([1]) }
    expect(recogniseNetwork('net.npz', stored(good)).neurons).toBe(3)
    expect(() => recogniseNetwork('net.npz', stored({ ...good, [name]: array(shape) }))).toThrow(message)
  })

  it('says where a value is not finite', () => {
    const W = array([3, 3], i => (i === 5 ? Number.NaN : i))
    expect(() => recogniseNetwork('net.npz', stored({ W, b: array([3]) }))).toThrow(
      'net.npz: W[1, 2]: is NaN; accepted: finite numbers',
    )
  })
})
