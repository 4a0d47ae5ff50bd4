/**
 * The one-dimensional form y' = r + λ·y + a·y² that a flow takes along the slow direction of a point.
 * Time is in units of the flow's own time, y in units of the state.
 */
export interface CanonicalForm {
  /** `[d]`, where y = 0. */
  readonly centre: Float64Array
  /** v `[d]`, of length 1: the direction of y. */
  readonly direction: Float64Array
  /** l `[d]`, l·v = 1: y = l·(x − centre). */
  readonly covector: Float64Array
  readonly r: number
  readonly lambda: number
  readonly a: number
  /** r − λ²/(4a): the speed at the vertex of the parabola. */
  readonly effectiveR: number
  /** s = effectiveR·a, in units of 1/time². Above 0: a ghost; below 0: a pair of fixed points. */
  readonly scale: number
  /** π/√s; undefined unless s > 0. */
  readonly dwellTime: number | undefined
  /** √(−s)/|a|, half the distance of the pair; undefined unless s ≤ 0. */
  readonly halfDistance: number | undefined
  /** The smallest |Re λ| among the other eigenvalues; infinite in one dimension. */
  readonly spectralGap: number
}
