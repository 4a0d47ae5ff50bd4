/**
 * Any flow x' = F(x) with its first two derivatives, and any map x ← f(x), which is the flow F(x) = f(x) − x
 * looked at in steps of 1. Ghosts, fixed points and their stability need no more than this.
 *
 * Every function takes a state `[d]` and returns an array of its own; matrices are row-major `[d, d]`.
 */
export interface Flow {
  /** d. */
  readonly dimension: number
  /**
   * The time by which the state moves at once, x ← x + step·F(x); undefined where time is continuous. Stability
   * is then that of the steps: |1 + step·λ| < 1.
   */
  readonly step: number | undefined
  /** F(x) `[d]`, in units of state per time. */
  velocity(x: Float64Array): Float64Array
  /** J = DF(x): the entry in row i and column j is ∂F_i/∂x_j. */
  jacobian(x: Float64Array): Float64Array
  /** D²F(x)[u, v] `[d]`. */
  secondDerivative(x: Float64Array, u: Float64Array, v: Float64Array): Float64Array
  /** Σ_i w_i D²F_i(x), symmetric: what the second derivative leaves of a weight w `[d]` on the equations. */
  weightedHessian(x: Float64Array, w: Float64Array): Float64Array
  /** The same flow with its differences taken on the scale of a state's coordinates, if its derivatives are differences. */
  atScale?(size: number): Flow
  /** The Hessian of ½‖F‖², JᵀJ + Σ F_i D²F_i: for flows that make it faster than from its parts. */
  energyHessian?(x: Float64Array): Float64Array
}

/** ½‖F(x)‖², the quantity whose minima are slow points. */
export function speedEnergy(flow: Flow, x: Float64Array): number {
  let sum = 0
  for (const value of flow.velocity(x)) sum += value * value
  return sum / 2
}
