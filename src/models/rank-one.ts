import type { TorchGenerator } from '../numerics/torch-generator.js'
import { type ParameterShape, totalSize, viewsOf } from './parameters.js'

/**
 * The rank-one network of arXiv:2501.02378, figures 3 and 8b:
 *
 *     κ_t = n·x_t,   x_{t+1} = (1 − α)x_t + α·tanh(m κ_t + b),   y_t = σ(c(κ_t − 1)),  t = 1 … steps
 *
 * with every neuron at −0.3 before the first step and the output read after each update.
 */
export interface RankOneModel {
  readonly neurons: number
  /** α = dt/τ in (0, 1]. */
  readonly leak: number
  /** Whether c is a parameter, trained with the others; fixed unless given. */
  readonly trainConfidence?: boolean | undefined
}

/** State of every neuron before the first step. */
export const initialState = -0.3

/** The value of κ at which the output is one half. */
export const readoutThreshold = 1

/** Parameter arrays in the order of the flat vector: m, n, b, and c if it is trained. */
export function rankOneLayout({ neurons, trainConfidence }: RankOneModel): readonly ParameterShape[] {
  const layout = ['m', 'n', 'b'].map(name => ({ name, shape: [neurons] }))
  return trainConfidence ? [...layout, { name: 'c', shape: [1] }] : layout
}

/** The flat parameter vector split into m, n and b (views). */
export function rankOneViews(model: RankOneModel, flat: Float64Array): RankOneParameters {
  const [m, n, b] = viewsOf(rankOneLayout(model), flat)
  return { m: m!, n: n!, b: b! }
}

/** m, n and b, each `[neurons]`. */
export interface RankOneParameters {
  readonly m: Float64Array
  readonly n: Float64Array
  readonly b: Float64Array
}

/**
 * Initial parameters: m, then n from N(0, 1)/√N, divided in float32 as PyTorch does; b = 0.
 * @param confidence where c starts, if it is trained
 */
export function initialiseRankOne(
  model: RankOneModel,
  generator: TorchGenerator,
  confidence = 10,
): Float64Array {
  const flat = new Float64Array(totalSize(rankOneLayout(model)))
  const { m, n } = rankOneViews(model, flat)
  const root = Math.fround(Math.sqrt(model.neurons))
  for (const array of [m, n]) {
    const drawn = generator.normal32(model.neurons)
    for (let i = 0; i < array.length; i++) array[i] = Math.fround(drawn[i]! / root)
  }
  if (model.trainConfidence) flat[flat.length - 1] = confidence
  return flat
}

/** κ before the first step: −0.3 Σ n. */
export function initialKappa({ n }: RankOneParameters): number {
  let sum = 0
  for (const weight of n) sum += weight
  return initialState * sum
}

/**
 * The latent flow in time units of the time constant:  F(κ) = −κ + n·tanh(mκ + b), with F'(κ).
 * One step is α time units. Source: docs/theory.md §7.
 */
export function latentFlow({ m, n, b }: RankOneParameters, kappa: number): { flow: number; slope: number } {
  let flow = -kappa
  let slope = -1
  for (let i = 0; i < m.length; i++) {
    const h = tanh(m[i]! * kappa + b[i]!)
    flow += n[i]! * h
    slope += n[i]! * m[i]! * (1 - h * h)
  }
  return { flow, slope }
}

/** To 2e-16 absolute, and several times faster than `Math.tanh`, which keeps relative accuracy near 0. */
function tanh(x: number): number {
  const decay = Math.exp(-2 * Math.abs(x))
  const size = (1 - decay) / (1 + decay)
  return x < 0 ? -size : size
}
