import type { Flow } from './flow.js'

/** The flow of the one-dimensional model, x' = x² + r, with exact derivatives. Source: docs/theory.md §1. */
export function toyFlow(r: number): Flow {
  return {
    dimension: 1,
    step: undefined,
    velocity: ([x]) => Float64Array.of(x! * x! + r),
    jacobian: ([x]) => Float64Array.of(2 * x!),
    secondDerivative: (_, [u], [v]) => Float64Array.of(2 * u! * v!),
    weightedHessian: (_, [w]) => Float64Array.of(2 * w!),
  }
}
