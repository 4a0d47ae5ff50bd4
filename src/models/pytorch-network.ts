import { InputError } from '../settings/input-error.js'
import { type FoundNetwork, type FoundReadOut, transposed } from './found-network.js'
import type { NamedArrays } from './named-arrays.js'

/**
 * The network in a PyTorch state_dict: h ← tanh(W_ih·u + b_ih + W_hh·h + b_hh), h a column. Names end in `_l0` of
 * nn.RNN, in nothing of nn.RNNCell, after any prefix. The sizes of W_hh tell nn.RNN from nn.GRU and nn.LSTM, which
 * stack the matrices of 3 and 4 gates; whether an nn.RNN was built with tanh or relu is not in the file.
 */

const recurrentName = /^(.*?)weight_hh(_l\d+)?(_reverse)?$/
const accepted = 'nn.RNN or nn.RNNCell of one layer and one direction, with tanh'

/**
 * @param chosen the name of the recurrent weights, if the file has several networks
 * @returns undefined if no name is one of PyTorch's recurrent weights
 * @throws InputError if the arrays are of another kind of network, or do not fit together
 */
export function pytorchNetwork(arrays: NamedArrays, chosen?: string): FoundNetwork | undefined {
  const name = chosen ?? theRecurrentWeights(arrays)
  const [found, prefix = '', layer = ''] = recurrentName.exec(name ?? '') ?? []
  if (found === undefined) return undefined
  refuseOtherKinds(arrays, found, prefix)
  const [rows = 0, neurons = 0] = arrays.shapeOf(found)
  if (rows !== neurons || neurons === 0) throw otherShape(arrays, found)
  const inputName = `${prefix}weight_ih${layer}`
  const inputs = arrays.has(inputName) ? (arrays.shapeOf(inputName)[1] ?? 0) : 0
  const biases = biasesOf(
    arrays,
    ['bias_ih', 'bias_hh'].map(bias => `${prefix}${bias}${layer}`),
  )
  const output = readOutOf(arrays, neurons)
  return {
    source: 'nn.RNN',
    names: {
      weights: found,
      ...(inputs > 0 && { inputWeights: inputName }),
      ...(biases.length > 0 && { bias: biases.join(' + ') }),
      ...output?.names,
    },
    neurons,
    recurrent: { left: undefined, right: transposed(arrays.read(found, [neurons, neurons]), neurons) },
    bias: sumOf(
      biases.map(bias => arrays.read(bias, [neurons])),
      neurons,
    ),
    inputWeights: inputs > 0 ? transposed(arrays.read(inputName, [neurons, inputs]), neurons) : undefined,
    readOut: output?.readOut,
    leak: 1,
    initialState: 0,
  }
}

/** Both biases or neither, as PyTorch writes them. @throws InputError if one is missing */
function biasesOf(arrays: NamedArrays, names: readonly string[]): string[] {
  const there = names.filter(name => arrays.has(name))
  if (there.length !== 1) return there
  const missing = names.find(name => name !== there[0])
  throw new InputError(
    arrays.file,
    `holds ${there[0]} without ${missing}`,
    'both biases of nn.RNN, or neither',
  )
}

/** The only name of recurrent weights in a file; of several layers, the first's. */
function theRecurrentWeights(arrays: NamedArrays): string | undefined {
  const found = arrays.all.map(({ name }) => name).filter(name => recurrentName.test(name))
  const prefixes = new Set(found.map(name => recurrentName.exec(name)![1]))
  if (prefixes.size > 1) {
    throw new InputError(
      arrays.file,
      `holds several networks: ${found.join(', ')}`,
      '--weights with one of these',
    )
  }
  return found.find(name => /weight_hh(_l0)?$/.test(name)) ?? found[0]
}

function refuseOtherKinds(arrays: NamedArrays, name: string, prefix: string): void {
  const names = arrays.all.map(array => array.name).filter(other => other.startsWith(prefix))
  const refuse = (problem: string) => new InputError(`${arrays.file}: ${name}`, problem, accepted)
  const other = (pattern: RegExp) => names.find(found => pattern.test(found.slice(prefix.length)))
  const reverse = other(/^weight_hh_l\d+_reverse$/)
  if (reverse !== undefined) throw refuse(`is of a bidirectional network: there is ${reverse}`)
  const second = other(/^weight_hh_l[1-9]\d*$/)
  if (second !== undefined) throw refuse(`is of a network of several layers: there is ${second}`)
  const projection = other(/^weight_hr_l\d+$/)
  if (projection !== undefined) throw refuse(`is of nn.LSTM with projections: there is ${projection}`)
}

function otherShape(arrays: NamedArrays, name: string): InputError {
  const [rows = 0, columns = 0] = arrays.shapeOf(name)
  const kinds: Readonly<Record<number, string>> = { 3: 'nn.GRU', 4: 'nn.LSTM' }
  const kind = kinds[rows / columns]
  if (kind === undefined) return arrays.wrongShape(name, '(N, N)')
  return new InputError(
    `${arrays.file}: ${name}`,
    `is of ${kind}: shape (${rows}, ${columns}), ${rows / columns} gates`,
    accepted,
  )
}

/** The one linear layer that sees the state, if there is exactly one: a `.weight` of N columns with its `.bias`. */
function readOutOf(arrays: NamedArrays, neurons: number) {
  const biasOf = (name: string) => name.replace(/weight$/, 'bias')
  const layers = arrays.all.filter(
    ({ name, shape }) =>
      /(^|\.)weight$/.test(name) && shape.length === 2 && shape[1] === neurons && arrays.has(biasOf(name)),
  )
  const [layer, another] = layers
  if (layer === undefined || another !== undefined) return undefined
  return linearReadOut(arrays, layer.name, biasOf(layer.name), neurons)
}

/** A layer y = W·h + b with W `[outputs, N]`; no bias unless the file has it. */
export function linearReadOut(arrays: NamedArrays, name: string, biasName: string, neurons: number) {
  const shape = arrays.shapeOf(name)
  const outputs = shape.length === 1 ? 1 : shape[0]!
  const hasBias = arrays.has(biasName)
  const readOut: FoundReadOut = {
    weights: arrays.read(name, [outputs, neurons], [neurons]),
    bias: hasBias ? arrays.read(biasName, [outputs]) : new Float64Array(outputs),
    sees: 'state',
  }
  return { names: { readOut: name, ...(hasBias && { readOutBias: biasName }) }, readOut }
}

function sumOf(vectors: readonly Float64Array[], length: number): Float64Array {
  return Float64Array.from({ length }, (_, i) => vectors.reduce((sum, vector) => sum + vector[i]!, 0))
}
