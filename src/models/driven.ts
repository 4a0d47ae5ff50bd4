import type { TorchGenerator } from '../numerics/torch-generator.js'
import { linearInit, xavierUniform } from '../numerics/torch-initialisation.js'
import { type ParameterShape, totalSize, viewsOf } from './parameters.js'
import {
  latentSize,
  type NetworkShape,
  type RecurrentWeights,
  recurrentLayout,
  recurrentViews,
} from './recurrence.js'

/**
 * The networks of arXiv:2501.02378, figures 4, 5, 7 and 8c, driven by the input u of a task:
 *
 *     y_t = φ(r_t·w_out + b_out)                           or  φ((r_t·S_l)·w_out + b_out)
 *     r_{t+1} = (1 − α)r_t + α·tanh(W_in u_t + b_in + r_t·W_rec + ξ_t)      or  (r_t·S_l)·S_r
 *
 * for t = 0 … steps − 1: the output is read before each update, so that the last update would show in nothing.
 * r_0 = tanh(σ_r·N(0, 1)) and ξ_t = σ·N(0, 1) are drawn anew for every trial and epoch. φ is the task's output
 * function. Of rank K, the read-out sees the K latent variables only.
 */
export interface DrivenModel extends NetworkShape {
  /** σ_r of the initial state, from 0. */
  readonly initialNoise: number
  /** σ of the noise in every step, from 0. */
  readonly noise: number
}

/** Standard deviation of b_in at the start, of networks of rank K. */
const inputBiasSpread = 0.1

/** Parameter arrays in the order of the flat vector: W_in, b_in; W_rec, or S_l and S_r; w_out, b_out. */
export function drivenLayout(model: NetworkShape): readonly ParameterShape[] {
  return [
    { name: 'W_in', shape: [model.neurons] },
    { name: 'b_in', shape: [model.neurons] },
    ...recurrentLayout(model, { full: 'W_rec', left: 'S_l', right: 'S_r' }),
    { name: 'w_out', shape: [latentSize(model)] },
    { name: 'b_out', shape: [1] },
  ]
}

/** The arrays of a driven network, views of a flat vector. */
export interface DrivenParameters {
  /** `[N]` */
  readonly inputWeights: Float64Array
  /** `[N]` */
  readonly inputBias: Float64Array
  readonly recurrent: RecurrentWeights
  /** `[N]`, or `[K]` of rank K. */
  readonly outputWeights: Float64Array
  /** `[1]` */
  readonly outputBias: Float64Array
}

/** The flat parameter vector split into its arrays (views). */
export function drivenViews(model: NetworkShape, flat: Float64Array): DrivenParameters {
  const views = viewsOf(drivenLayout(model), flat)
  const [outputWeights, outputBias] = views.slice(-2)
  return {
    inputWeights: views[0]!,
    inputBias: views[1]!,
    recurrent: recurrentViews(model, views.slice(2)),
    outputWeights: outputWeights!,
    outputBias: outputBias!,
  }
}

/**
 * Initial parameters, drawn as the modules of PyTorch draw theirs, each array's last draw counting:
 *
 * - full rank: Linear(1, N), normal W_rec, Linear(N, 1); then Xavier-uniform W_in, W_rec, w_out;
 * - rank K: Linear(1, N), normal S_l and S_r, then S_l of spread 1/√N and S_r of spread 1; Linear(K, 1);
 *   Xavier-uniform W_in and w_out; then b_in of spread 0.1.
 */
export function initialiseDriven(model: NetworkShape, generator: TorchGenerator): Float64Array {
  const layout = drivenLayout(model)
  const flat = new Float64Array(totalSize(layout))
  const arrays =
    model.rank === 'full'
      ? drawFull(model.neurons, generator)
      : drawFactors(model.neurons, model.rank, generator)
  for (const [index, view] of viewsOf(layout, flat).entries()) view.set(arrays[index]!)
  return flat
}

function drawFull(neurons: number, generator: TorchGenerator): Float32Array[] {
  const input = linearInit(generator, 1, neurons)
  generator.normal32(neurons * neurons)
  const output = linearInit(generator, neurons, 1)
  const inputWeights = xavierUniform(generator, neurons, 1)
  const recurrent = xavierUniform(generator, neurons, neurons)
  const outputWeights = xavierUniform(generator, 1, neurons)
  return [inputWeights, input.bias, recurrent, outputWeights, output.bias]
}

function drawFactors(neurons: number, rank: number, generator: TorchGenerator): Float32Array[] {
  linearInit(generator, 1, neurons)
  generator.normal32(neurons * rank)
  generator.normal32(rank * neurons)
  const left = generator.normal32(neurons * rank, 0, 1 / Math.sqrt(neurons))
  const right = generator.normal32(rank * neurons)
  const output = linearInit(generator, rank, 1)
  const inputWeights = xavierUniform(generator, neurons, 1)
  const outputWeights = xavierUniform(generator, 1, rank)
  const inputBias = generator.normal32(neurons, 0, inputBiasSpread)
  return [inputWeights, inputBias, left, right, outputWeights, output.bias]
}
