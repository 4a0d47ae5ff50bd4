import type { RecurrentWeights } from '../models/recurrence.js'
import { addMatrixVector, addOuterProduct, addVectorMatrix } from '../numerics/matrix.js'

/**
 * The recurrent input of a state x `[N]` and what comes back through it, in float64:
 *
 *     κ = x·left,   z = κ·right
 *     from δ = dL/dz:   dright += κ δᵀ,   dκ += right·δ,   dleft += x dκᵀ,   dx += left·dκ
 *
 * At full rank κ is x itself.
 */

/** Writes κ `[K]`. */
export function writeLatent(latent: Float64Array, { left }: RecurrentWeights, state: Float64Array): void {
  latent.fill(0)
  if (left === undefined) latent.set(state)
  else addVectorMatrix(latent, state, left)
}

/** A step of back-propagation through the recurrent weights. */
export interface RecurrentStep {
  readonly state: Float64Array
  /** κ of that state. */
  readonly latent: Float64Array
  /** δ, `[N]` */
  readonly inputGradient: Float64Array
  /** `[K]`: what reaches κ by other ways, a read-out of it; completed here. */
  readonly latentGradient: Float64Array
  /** dL/dx `[N]`, added to. */
  readonly stateGradient: Float64Array
}

/** Adds to `gradient`, the gradient of the weights, and to the gradients of κ and of the state. */
export function pullBack(weights: RecurrentWeights, gradient: RecurrentWeights, step: RecurrentStep): void {
  const { state, latent, inputGradient, latentGradient, stateGradient } = step
  addOuterProduct(gradient.right, latent, inputGradient)
  addMatrixVector(latentGradient, weights.right, inputGradient)
  if (weights.left === undefined || gradient.left === undefined) {
    for (let i = 0; i < stateGradient.length; i++) stateGradient[i] = stateGradient[i]! + latentGradient[i]!
    return
  }
  addOuterProduct(gradient.left, state, latentGradient)
  addMatrixVector(stateGradient, weights.left, latentGradient)
}
