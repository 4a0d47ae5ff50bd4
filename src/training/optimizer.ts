import type { Moments } from '../kernel/network-kernel.js'

export const optimizerKinds = ['sgd', 'adam'] as const

/** Which rule updates the parameters, and its learning rate. */
export interface OptimizerChoice {
  readonly kind: (typeof optimizerKinds)[number]
  readonly rate: number
}

/** Adam's constants, PyTorch's defaults: decay of the means of gradient and squared gradient, and ε. */
export const adamConstants = { meanDecay: 0.9, squareDecay: 0.999, epsilon: 1e-8 } as const

/** θ ← θ − rate·g. */
export function sgdUpdate(parameters: Float64Array, gradient: Float64Array, rate: number): void {
  for (let i = 0; i < parameters.length; i++) parameters[i] = parameters[i]! - rate * gradient[i]!
}

/**
 * Adam as PyTorch defines it, without weight decay; updates parameters and moments. For the k-th update:
 *
 *     m ← β₁m + (1 − β₁)g,   v ← β₂v + (1 − β₂)g²
 *     θ ← θ − rate/(1 − β₁ᵏ) · m / (√v/√(1 − β₂ᵏ) + ε)
 *
 * Source: Kingma & Ba, "Adam: a method for stochastic optimization", ICLR 2015.
 * @param updatesBefore k − 1
 */
export function adamUpdate(
  parameters: Float64Array,
  gradient: Float64Array,
  rate: number,
  { mean, square }: Moments,
  updatesBefore: number,
): void {
  const { meanDecay, squareDecay, epsilon } = adamConstants
  const step = rate / (1 - meanDecay ** (updatesBefore + 1))
  const spread = Math.sqrt(1 - squareDecay ** (updatesBefore + 1))
  for (let i = 0; i < parameters.length; i++) {
    const g = gradient[i]!
    mean[i] = meanDecay * mean[i]! + (1 - meanDecay) * g
    square[i] = squareDecay * square[i]! + (1 - squareDecay) * g * g
    parameters[i] = parameters[i]! - (step * mean[i]!) / (Math.sqrt(square[i]!) / spread + epsilon)
  }
}

/** Moments before the first update. */
export function zeroMoments(size: number): Moments {
  return { mean: new Float64Array(size), square: new Float64Array(size) }
}
