import { argumentError } from './require-number.js'
import type { TorchGenerator } from './torch-generator.js'

/** The parameters of a linear layer. */
export interface LinearParameters {
  /** `[outFeatures, inFeatures]`, row by row. */
  readonly weight: Float32Array
  /** `[outFeatures]`. */
  readonly bias: Float32Array
}

/**
 * Weight and bias as `torch.nn.Linear(inFeatures, outFeatures)` draws them: uniform on ±1/√inFeatures, the
 * weight row by row and then the bias. Throws a RangeError for a size that is not a positive integer.
 */
export function linearInit(
  generator: TorchGenerator,
  inFeatures: number,
  outFeatures: number,
): LinearParameters {
  checkSize('linearInit', inFeatures, outFeatures)
  const bound = 1 / Math.sqrt(inFeatures)
  return {
    weight: generator.uniform32(outFeatures * inFeatures, -bound, bound),
    bias: generator.uniform32(outFeatures, -bound, bound),
  }
}

/**
 * A `[rows, columns]` matrix, row by row, as `torch.nn.init.xavier_uniform_` draws it: uniform on
 * ±√(6 / (rows + columns)), with rows = fan out and columns = fan in (Glorot & Bengio 2010). Throws a
 * RangeError for a size that is not a positive integer.
 */
export function xavierUniform(generator: TorchGenerator, rows: number, columns: number): Float32Array {
  checkSize('xavierUniform', rows, columns)
  const bound = Math.sqrt(6 / (rows + columns))
  return generator.uniform32(rows * columns, -bound, bound)
}

function checkSize(caller: string, ...sizes: number[]): void {
  const wrong = sizes.find(size => !Number.isSafeInteger(size) || size < 1)
  if (wrong !== undefined) throw argumentError(caller, 'sizes', 'positive integers', wrong)
}
