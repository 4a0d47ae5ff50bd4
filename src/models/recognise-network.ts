import { type FoundNetwork, transposed } from './found-network.js'
import { NamedArrays } from './named-arrays.js'
import { ownNetwork } from './own-network.js'
import { linearReadOut, pytorchNetwork } from './pytorch-network.js'
import type { StoredArray } from './stored-array.js'

/** Names of the arrays that make up a network, where their own do not say it. */
export interface NetworkNames {
  /** W `[N, N]`: h ← tanh(W·h + …), h a column. Of nn.RNN, the name of its recurrent weights is enough. */
  readonly weights?: string | undefined
  /** `[N]`; none unless given. */
  readonly bias?: string | undefined
  /** `[N, inputs]`, or `[N]` for one input; none unless given. */
  readonly inputWeights?: string | undefined
  /** `[outputs, N]`, or `[N]` for one output; none unless given. */
  readonly readOut?: string | undefined
  /** Whether the state is a row: h ← tanh(h·W + …), with input weights `[inputs, N]`. */
  readonly transpose?: boolean | undefined
}

const accepted =
  'arrays of nn.RNN (weight_hh_l0, …), of ghostpoint train --parameters (W, b, …), or named by --weights and --bias'

/**
 * Finds the network in the arrays of a file, by their names or by those given.
 * @param file its name, for messages
 * @throws InputError if there is none, or several; if it is of a kind that is not accepted; if arrays do not fit
 *   together or hold a value that is not finite
 */
export function recogniseNetwork(
  file: string,
  stored: readonly StoredArray[],
  names: NetworkNames = {},
): FoundNetwork {
  const arrays = new NamedArrays(file, stored)
  const { weights, bias, inputWeights, readOut } = names
  if (weights !== undefined) {
    const alone =
      bias === undefined && inputWeights === undefined && readOut === undefined && !names.transpose
    const found = alone && arrays.has(weights) ? pytorchNetwork(arrays, weights) : undefined
    return found ?? byNames(arrays, { ...names, weights })
  }
  const found = pytorchNetwork(arrays) ?? ownNetwork(arrays)
  if (found === undefined) throw arrays.missing('holds no network by the names of its arrays', accepted)
  return found
}

function byNames(arrays: NamedArrays, names: NetworkNames & { readonly weights: string }): FoundNetwork {
  const { weights, bias, inputWeights, readOut, transpose = false } = names
  const shape = arrays.shapeOf(weights)
  const neurons = shape[0] ?? 0
  if (neurons < 1 || shape.length !== 2) throw arrays.wrongShape(weights, '(N, N)')
  const matrix = arrays.read(weights, [neurons, neurons])
  const output = readOut === undefined ? undefined : linearReadOut(arrays, readOut, '', neurons)
  return {
    source: 'named arrays',
    names: {
      weights,
      ...(bias !== undefined && { bias }),
      ...(inputWeights !== undefined && { inputWeights }),
      ...output?.names,
    },
    neurons,
    recurrent: { left: undefined, right: transpose ? matrix : transposed(matrix, neurons) },
    bias: bias === undefined ? new Float64Array(neurons) : arrays.read(bias, [neurons]),
    inputWeights:
      inputWeights === undefined ? undefined : namedInput(arrays, inputWeights, neurons, transpose),
    readOut: output?.readOut,
    leak: 1,
    initialState: 0,
  }
}

/** Input weights as `[inputs, N]`. */
function namedInput(arrays: NamedArrays, name: string, neurons: number, transpose: boolean): Float64Array {
  const [rows = 0, columns = 1] = arrays.shapeOf(name)
  if (arrays.shapeOf(name).length === 1) return arrays.read(name, [neurons])
  return transpose
    ? arrays.read(name, [rows, neurons])
    : transposed(arrays.read(name, [neurons, columns]), neurons)
}
