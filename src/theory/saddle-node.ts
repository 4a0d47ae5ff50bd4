/**
 * The saddle-node normal form and its ghost (docs/theory.md §1).
 *
 * x' = r + x² is a Riccati equation: with x = −y'/y it becomes the linear y'' = −r·y. So the trajectory from
 * x0 is
 *
 *     x(t) = (x0 + r·S) / (1 − x0·S),   S = tan(√r·t)/√r,  t,  tanh(√(−r)·t)/√(−r)   for r > 0, r = 0, r < 0,
 *
 * one formula on both sides of the bifurcation, equal to √r·tan(√r·t + atan(x0/√r)) for r > 0. The state
 * reaches +∞ in finite time where the denominator vanishes. Just past the bifurcation (small r > 0) there is
 * no fixed point, yet the passage takes π/√r: the slow place around x = 0 is the ghost.
 *
 * The canonical form y' = r + a·y² follows with x = a·y: only the product s = r·a sets the time scale.
 */
import { argumentError, requireFinite, requireNonNegative } from '../numerics/require-number.js'

/** The two fixed points of y' = r + a·y², in the units of y. */
export interface FixedPointPair {
  readonly stable: number
  readonly unstable: number
}

/**
 * State x(t) of x' = r + x² that starts at x0; `Infinity` from the blow-up time on.
 *
 * @param time t ≥ 0, in the time units of the equation
 * @param x0 state at t = 0
 * @param r bifurcation parameter, any sign
 * @throws RangeError if an argument is not finite or `time` is negative
 * @see docs/theory.md §1
 */
export function trajectory(time: number, x0: number, r: number): number {
  requireNonNegative('trajectory', 'time', time)
  requireFinite('trajectory', 'x0', x0)
  requireFinite('trajectory', 'r', r)
  if (r < 0 && Math.abs(x0) === Math.sqrt(-r)) return x0
  if (time >= blowUpTime(x0, r)) return Infinity
  if (r <= 0) {
    const s = Math.sqrt(-r)
    const S = r === 0 ? time : Math.tanh(s * time) / s
    return (x0 + r * S) / (1 - x0 * S)
  }
  // Sine and cosine instead of the tangent: √r·t may pass π/2 on the way from a negative x0.
  const s = Math.sqrt(r)
  const cosine = Math.cos(s * time)
  const sine = Math.sin(s * time)
  return (x0 * cosine + s * sine) / (cosine - (x0 / s) * sine)
}

/**
 * Time at which x' = r + x² takes the state from x0 to +∞: acot(x0/√r)/√r for r > 0, hence π/(2√r) from x0 =
 * 0; for r ≤ 0 finite only beyond the unstable fixed point, x0 > √(−r), and `Infinity` elsewhere.
 *
 * @param x0 state at t = 0
 * @param r bifurcation parameter, any sign
 * @returns time units of the equation
 * @throws RangeError if an argument is not finite
 * @see docs/theory.md §1
 */
export function blowUpTime(x0: number, r: number): number {
  requireFinite('blowUpTime', 'x0', x0)
  requireFinite('blowUpTime', 'r', r)
  const s = Math.sqrt(Math.abs(r))
  if (r > 0) return Math.atan2(s, x0) / s
  if (x0 <= s) return Infinity
  return r === 0 ? 1 / x0 : Math.atanh(s / x0) / s
}

/**
 * Full passage time π/√(r·a) of y' = r + a·y² from one infinity to the other (upwards for a > 0, downwards
 * for a < 0); `Infinity` where r·a ≤ 0, because a fixed point bars the way.
 *
 * @param r speed at y = 0, units of y per time
 * @param a curvature, not 0, units of 1/(y·time)
 * @returns time units of the equation
 * @throws RangeError if an argument is not finite or `a` is 0
 * @see docs/theory.md §1
 */
export function fullPassageTime(r: number, a: number): number {
  requireCanonicalForm('fullPassageTime', r, a)
  return Math.sign(r) === Math.sign(a) ? Math.PI / timeScale(r, a) : Infinity
}

/**
 * Time y' = r + a·y² takes through the window [−before, beyond], in the direction of the flow for a > 0:
 * [atan(beyond·√(a/r)) + atan(before·√(a/r))]/√(r·a). For a < 0 the flow runs the other way, from +before to
 * −beyond. `Infinity` where r·a ≤ 0.
 *
 * @param r speed at y = 0, units of y per time
 * @param a curvature, not 0, units of 1/(y·time)
 * @param before L₁ ≥ 0, how far ahead of y = 0 the window opens, units of y
 * @param beyond L₂ ≥ 0, how far past y = 0 it closes, units of y
 * @returns time units of the equation
 * @throws RangeError if an argument is not finite, `a` is 0, or a window edge is negative
 * @see docs/theory.md §1
 */
export function windowPassageTime(r: number, a: number, before: number, beyond: number): number {
  requireCanonicalForm('windowPassageTime', r, a)
  requireNonNegative('windowPassageTime', 'before', before)
  requireNonNegative('windowPassageTime', 'beyond', beyond)
  if (Math.sign(r) !== Math.sign(a)) return Infinity
  const steepness = Math.sqrt(a / r)
  return (Math.atan(beyond * steepness) + Math.atan(before * steepness)) / timeScale(r, a)
}

/**
 * Fixed points ∓√(−r/a) of y' = r + a·y²; for a > 0 the stable one is the lower. `undefined` where r·a > 0:
 * there only the ghost is left. At r = 0 both are 0, the half-stable point of the bifurcation.
 *
 * @param r speed at y = 0, units of y per time
 * @param a curvature, not 0, units of 1/(y·time)
 * @throws RangeError if an argument is not finite or `a` is 0
 * @see docs/theory.md §1
 */
export function fixedPointPair(r: number, a: number): FixedPointPair | undefined {
  requireCanonicalForm('fixedPointPair', r, a)
  if (r === 0) return { stable: 0, unstable: 0 }
  if (Math.sign(r) === Math.sign(a)) return undefined
  const unstable = Math.sign(a) * Math.sqrt(-r / a)
  return { stable: -unstable, unstable }
}

function requireCanonicalForm(caller: string, r: number, a: number): void {
  requireFinite(caller, 'r', r)
  if (!Number.isFinite(a) || a === 0) throw argumentError(caller, 'a', 'finite and not 0', a)
}

/** √(r·a) for r·a > 0, without underflow of the product. */
function timeScale(r: number, a: number): number {
  return Math.sqrt(Math.abs(r)) * Math.sqrt(Math.abs(a))
}
