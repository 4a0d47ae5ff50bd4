import type { TorchGenerator } from '../numerics/torch-generator.js'
import { type ParameterShape, totalSize, viewsOf } from './parameters.js'
import { type NetworkShape, type RecurrentWeights, recurrentLayout, recurrentViews } from './recurrence.js'

/**
 * The autonomous networks of arXiv:2501.02378, figure 6, without input: of full rank or of rank K
 *
 *     x_t = (1 − α)x_{t−1} + α·tanh(x_{t−1}·W + b)          or  tanh((x_{t−1}·m)·n + b)
 *     y_t = φ(x_t·w_out + b_out),  t = 1 … steps
 *
 * with every neuron at the rank-one network's initial state −0.3 before the first step and the output read after each update. φ is the task's
 * output function.
 */
export interface AutonomousModel extends NetworkShape {}

/** Parameter arrays in the order of the flat vector: W, or m and n; b, w_out, b_out. */
export function autonomousLayout(model: AutonomousModel): readonly ParameterShape[] {
  return [
    ...recurrentLayout(model, { full: 'W', left: 'm', right: 'n' }),
    { name: 'b', shape: [model.neurons] },
    { name: 'w_out', shape: [model.neurons] },
    { name: 'b_out', shape: [1] },
  ]
}

/** The arrays of an autonomous network, views of a flat vector. */
export interface AutonomousParameters {
  readonly recurrent: RecurrentWeights
  /** `[N]` */
  readonly b: Float64Array
  /** `[N]` */
  readonly outputWeights: Float64Array
  /** `[1]` */
  readonly outputBias: Float64Array
}

/** The flat parameter vector split into its arrays (views). */
export function autonomousViews(model: AutonomousModel, flat: Float64Array): AutonomousParameters {
  const views = viewsOf(autonomousLayout(model), flat)
  const [b, outputWeights, outputBias] = views.slice(-3)
  return {
    recurrent: recurrentViews(model, views),
    b: b!,
    outputWeights: outputWeights!,
    outputBias: outputBias!,
  }
}

/**
 * Initial parameters, drawn in this order: the recurrent weights (W, or m then n), w_out, b_out, all from
 * N(0, 1)/√N, divided in float32 as PyTorch does; b = 0.
 */
export function initialiseAutonomous(model: AutonomousModel, generator: TorchGenerator): Float64Array {
  const layout = autonomousLayout(model)
  const flat = new Float64Array(totalSize(layout))
  const root = Math.fround(Math.sqrt(model.neurons))
  const views = viewsOf(layout, flat)
  for (const [index, { name }] of layout.entries()) {
    const array = views[index]!
    if (name === 'b') continue
    const drawn = generator.normal32(array.length)
    for (let i = 0; i < array.length; i++) array[i] = Math.fround(drawn[i]! / root)
  }
  return flat
}
