import type { RecurrentWeights } from './recurrence.js'

/**
 * A leaky tanh network read from a file:
 *
 *     x ← (1 − α)x + α·tanh(u·W_in + b + x·left·right)
 *
 * for a state x, a row vector; what the file has of another convention is turned round.
 */
export interface FoundNetwork {
  /** What the names in the file say it is. */
  readonly source: 'rank-one' | 'autonomous' | 'driven' | 'nn.RNN' | 'named arrays'
  /** The arrays used, by what they are used as. */
  readonly names: Readonly<Record<string, string>>
  /** N. */
  readonly neurons: number
  readonly recurrent: RecurrentWeights
  /** b, `[N]`. */
  readonly bias: Float64Array
  /** W_in, `[inputs, N]`; undefined if the file has none. */
  readonly inputWeights: Float64Array | undefined
  readonly readOut: FoundReadOut | undefined
  /** α, unless another is asked for. */
  readonly leak: number
  /** The state of every neuron before the first step. */
  readonly initialState: number
}

/** A linear read-out, before any output function. */
export interface FoundReadOut {
  /** `[outputs, N]`; `[outputs, K]` if it sees the latent variables. */
  readonly weights: Float64Array
  /** `[outputs]` */
  readonly bias: Float64Array
  readonly sees: 'state' | 'latent variables'
}

/** Aᵀ `[columns, rows]` of a row-major A `[rows, columns]`. */
export function transposed(matrix: Float64Array, rows: number): Float64Array {
  const columns = matrix.length / rows
  return Float64Array.from(matrix, (_, i) => matrix[(i % rows) * columns + Math.floor(i / rows)]!)
}
