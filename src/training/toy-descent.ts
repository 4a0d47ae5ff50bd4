import type { DelayedActivationTimes, Normalisation } from '../theory/delayed-activation.js'
import { optimum, zoneEdge } from '../theory/delayed-activation.js'

/**
 * Gradient descent on the toy's loss |T − t*(r)| (un-normalised, as the paper's) or |T − t*(r)|/T:
 *
 *     r > r*:        r ← r − α·g(r)        the blow-up comes too early
 *     r_z < r ≤ r*:  r ← r + α·g(r)        too late
 *     r ≤ r_z:       no update: the no-learning zone
 *
 * with g(r) = |dt-star/dr| = π/(4 r^{3/2}), over T if normalised. Source: docs/theory.md §2.
 */
export interface ToyDescent {
  readonly times: DelayedActivationTimes
  readonly normalisation: Normalisation
  /** Learning rate α per epoch. */
  readonly rate: number
}

/** One update of r. */
export function toyUpdate({ times, normalisation, rate }: ToyDescent): (r: number) => number {
  const [top, edge] = [optimum(times.delay), zoneEdge(times)]
  const scale = (rate * Math.PI) / 4 / (normalisation === 'normalised' ? times.delay : 1)
  return r => {
    if (r <= edge) return r
    const jump = scale / (r * Math.sqrt(r))
    return r > top ? r - jump : r + jump
  }
}

/** r before each of `epochs` updates and after the last, `[epochs + 1]`. */
export function descendToy(descent: ToyDescent, start: number, epochs: number): Float64Array {
  const update = toyUpdate(descent)
  const path = new Float64Array(epochs + 1)
  path[0] = start
  for (let epoch = 0; epoch < epochs; epoch++) path[epoch + 1] = update(path[epoch]!)
  return path
}

/** Whether a descent from `start` ends in the no-learning zone within `epochs` updates. */
export function entersZone(descent: ToyDescent, start: number, epochs: number): boolean {
  const update = toyUpdate(descent)
  const edge = zoneEdge(descent.times)
  let r = start
  for (let epoch = 0; epoch < epochs; epoch++) {
    r = update(r)
    if (r <= edge) return true
  }
  return false
}
