import { plusScaled } from '../numerics/linear-algebra.js'
import { dot } from '../numerics/matrix.js'
import type { Flow } from './flow.js'
import { slowDirection } from './slow-direction.js'
import { slowVertex } from './slow-vertex.js'

/**
 * The one-dimensional form y' = r + λ·y + a·y² that a flow takes along the slow direction of a point.
 * Time is in units of the flow's own time, y in units of the state. Source: docs/theory.md §7.
 */
export interface CanonicalForm {
  /** `[d]`: the vertex of the parabola, where the flow along its slow direction is extreme; y = 0 is the given point. */
  readonly centre: Float64Array
  /** v `[d]`, of length 1, its largest entry positive: the direction of y. */
  readonly direction: Float64Array
  /** l `[d]`, l·v = 1: y = l·(x − point). */
  readonly covector: Float64Array
  /** l·F at the given point. */
  readonly r: number
  /** The eigenvalue nearest 0 at the given point. */
  readonly lambda: number
  /** ½ l·D²F[v, v] at the given point. */
  readonly a: number
  /** The speed along v at the vertex; to leading order r − λ²/(4a). */
  readonly effectiveR: number
  /** s, in units of 1/time²: effectiveR times the curvature at the vertex. Above 0: a ghost; below 0: a pair of fixed points. */
  readonly scale: number
  /** π/√s; undefined unless s > 0. */
  readonly dwellTime: number | undefined
  /** √(−s)/|a|, half the distance of the pair along v; undefined unless s ≤ 0. */
  readonly halfDistance: number | undefined
  /** Number of eigenvalues that vanish together with λ: 1, unless several slow directions meet. */
  readonly dimension: number
  /** The smallest |Re λ| among the other eigenvalues; infinite if there are none. */
  readonly spectralGap: number
}

/**
 * Reduces a flow near a point to its canonical form.
 *
 * At a minimum of ½‖F‖² the reduction is straightforward, but that minimum is not where it belongs: in other
 * coordinates it lies elsewhere. So the form is taken at the vertex of the flow along its slow direction, which
 * every linear change of coordinates leaves in place; if the search for it from the point fails, or several slow
 * directions meet, the square is completed instead.
 *
 * @param point `[d]`, near a ghost or between two fixed points that are about to meet
 * @returns undefined where the eigenvalue nearest 0 is not real, or the flow does not bend along its direction
 * @throws RangeError if the point is not of the flow's dimension, or a derivative there is not finite
 */
export function reduceToCanonicalForm(flow: Flow, point: Float64Array): CanonicalForm | undefined {
  if (point.length !== flow.dimension) {
    throw new RangeError(
      `reduceToCanonicalForm: the point must hold ${flow.dimension} numbers, got ${point.length}`,
    )
  }
  const slow = slowDirection(flow, point)
  if (slow === undefined) return undefined
  const { direction, covector, lambda } = slow
  const r = dot(covector, flow.velocity(point))
  const a = dot(covector, flow.secondDerivative(point, direction, direction)) / 2
  const completed = {
    centre: plusScaled(point, direction, -lambda / (2 * a)),
    effectiveR: r - lambda ** 2 / (4 * a),
    curvature: a,
  }
  const vertex = (slow.dimension === 1 && slowVertex(flow, slow, completed.centre)) || completed
  const scale = vertex.effectiveR * vertex.curvature
  if (!Number.isFinite(scale) || vertex.curvature === 0) return undefined
  return {
    centre: vertex.centre,
    direction,
    covector,
    r,
    lambda,
    a,
    effectiveR: vertex.effectiveR,
    scale,
    dwellTime: scale > 0 ? Math.PI / Math.sqrt(scale) : undefined,
    halfDistance: scale > 0 ? undefined : Math.sqrt(-scale) / Math.abs(vertex.curvature),
    dimension: slow.dimension,
    spectralGap: slow.gap,
  }
}
