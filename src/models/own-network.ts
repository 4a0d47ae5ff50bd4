import type { FoundNetwork, FoundReadOut } from './found-network.js'
import type { NamedArrays } from './named-arrays.js'
import { initialState } from './rank-one.js'
import type { RecurrentWeights } from './recurrence.js'

/** This program's leak unless its settings say otherwise; parameter files do not hold it. */
const ownLeak = 0.5

/**
 * The network in a parameter file of this program, by its names: m, n, b; W or m, n with b; W_in, b_in, W_rec or
 * S_l, S_r. A read-out may be missing.
 * @returns undefined if these names are not there
 * @throws InputError if they are, and the arrays do not fit together
 */
export function ownNetwork(arrays: NamedArrays): FoundNetwork | undefined {
  if (arrays.has('W_in', 'b_in') && (arrays.has('W_rec') || arrays.has('S_l', 'S_r'))) return driven(arrays)
  if (arrays.has('m', 'n', 'b')) {
    return arrays.shapeOf('m').length === 1 ? rankOne(arrays) : autonomous(arrays, factors(arrays, 'm', 'n'))
  }
  if (arrays.has('W', 'b')) return autonomous(arrays, whole(arrays, 'W'))
  return undefined
}

interface Recurrence {
  readonly neurons: number
  /** K, or N at full rank. */
  readonly latent: number
  readonly recurrent: RecurrentWeights
  readonly names: Readonly<Record<string, string>>
}

function whole(arrays: NamedArrays, name: string): Recurrence {
  const neurons = arrays.shapeOf(name)[0] ?? 0
  if (neurons < 1) throw arrays.wrongShape(name, '(N, N)')
  const right = arrays.read(name, [neurons, neurons])
  return { neurons, latent: neurons, recurrent: { left: undefined, right }, names: { weights: name } }
}

function factors(arrays: NamedArrays, left: string, right: string): Recurrence {
  const [neurons = 0, latent = 0] = arrays.shapeOf(left)
  if (neurons < 1 || latent < 1 || arrays.shapeOf(left).length !== 2) throw arrays.wrongShape(left, '(N, K)')
  const recurrent = {
    left: arrays.read(left, [neurons, latent]),
    right: arrays.read(right, [latent, neurons]),
  }
  return { neurons, latent, recurrent, names: { left, right } }
}

function rankOne(arrays: NamedArrays): FoundNetwork {
  const [neurons = 0] = arrays.shapeOf('m')
  if (neurons < 1) throw arrays.wrongShape('m', '(N,)')
  const [right, left, bias] = ['m', 'n', 'b'].map(name => arrays.read(name, [neurons]))
  return {
    source: 'rank-one',
    names: { left: 'n', right: 'm', bias: 'b' },
    neurons,
    recurrent: { left, right: right! },
    bias: bias!,
    inputWeights: undefined,
    readOut: undefined,
    leak: ownLeak,
    initialState,
  }
}

function autonomous(arrays: NamedArrays, { neurons, recurrent, names }: Recurrence): FoundNetwork {
  const output = readOutOf(arrays, neurons, 'state')
  return {
    source: 'autonomous',
    names: { ...names, bias: 'b', ...output?.names },
    neurons,
    recurrent,
    bias: arrays.read('b', [neurons]),
    inputWeights: undefined,
    readOut: output?.readOut,
    leak: ownLeak,
    initialState,
  }
}

function driven(arrays: NamedArrays): FoundNetwork {
  const { neurons, latent, recurrent, names } = arrays.has('W_rec')
    ? whole(arrays, 'W_rec')
    : factors(arrays, 'S_l', 'S_r')
  const [inputs = 0] = arrays.shapeOf('W_in')
  const output = readOutOf(arrays, latent, recurrent.left === undefined ? 'state' : 'latent variables')
  return {
    source: 'driven',
    names: { ...names, inputWeights: 'W_in', bias: 'b_in', ...output?.names },
    neurons,
    recurrent,
    bias: arrays.read('b_in', [neurons]),
    inputWeights: arrays.read('W_in', [neurons], [inputs, neurons]),
    readOut: output?.readOut,
    leak: ownLeak,
    initialState: 0,
  }
}

function readOutOf(arrays: NamedArrays, length: number, sees: FoundReadOut['sees']) {
  if (!arrays.has('w_out', 'b_out')) return undefined
  const readOut: FoundReadOut = {
    weights: arrays.read('w_out', [length]),
    bias: arrays.read('b_out', [1]),
    sees,
  }
  return { names: { readOut: 'w_out', readOutBias: 'b_out' }, readOut }
}
