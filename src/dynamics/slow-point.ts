import type { Spectrum } from '../numerics/linear-algebra.js'
import type { CanonicalForm } from './canonical-form.js'

/**
 * What a minimum of q(x) = ½‖F(x)‖² is:
 *
 * - `fixed point`: F vanishes there, to rounding;
 * - `ghost`: F does not vanish, the flow through the point is y' = r + a·y² with r·a > 0, and an eigenvalue passes
 *   through zero on the way: no fixed point, but what a saddle-node bifurcation leaves;
 * - `slow`: F does not vanish, and it is no ghost, for the reason given.
 */
export type SlowPointKind = 'fixed point' | 'ghost' | 'slow'

/** One minimum of q. */
export interface SlowPoint {
  readonly kind: SlowPointKind
  /** Why a slow point is no ghost, in words; undefined of others. */
  readonly reason: string | undefined
  /** `[d]` */
  readonly position: Float64Array
  /** ‖F‖, in units of state per time. */
  readonly speed: number
  /** q = ½‖F‖². */
  readonly energy: number
  /** ‖∇q‖ = ‖JᵀF‖. */
  readonly gradientNorm: number
  /** Of the Jacobian there. */
  readonly spectrum: Spectrum
  /** Whether the flow shrinks in every direction; of a ghost, in every one but that of its passage. */
  readonly stable: boolean
  /** Number of directions that grow; of a ghost, besides that of its passage. */
  readonly index: number
  /** The form the flow takes along its slow direction; undefined of fixed points, and where it has none. */
  readonly canonicalForm: CanonicalForm | undefined
  /** Distance to the nearest of the starts. */
  readonly nearestStart: number
  /** Number of starts whose search ended here. */
  readonly starts: number
}

/** A search that did not end at a minimum. */
export interface RejectedSearch {
  /** Where in the list of starts it began. */
  readonly start: number
  readonly reason: string
  /** Where it was given up, `[d]`. */
  readonly position: Float64Array
  readonly speed: number
  readonly gradientNorm: number
}
