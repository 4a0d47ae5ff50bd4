/**
 * Finite confidence: the read-out o = σ(a·(x − x*)) instead of a hard switch (docs/theory.md §6).
 *
 * Beyond the bifurcation, r < 0, the state rests at the stable fixed point x = −√(−r), and a trial spent
 * there gives
 *
 *     o = σ(−a·(√(−r) + x*)),   L = o² + ρ·(1 − o)²,   dL/dr = (a/√(−r))·o·(1 − o)·[o − ρ·(1 − o)],   ρ = T_R/T.
 *
 * So the gradient in the zone is no longer 0, but as o ≈ exp(−a·(√(−r) + x*)) at high confidence it is
 * exponentially small: −(ρ/√(−r))·a·exp(−a·(x* + √(−r))). Lowering the confidence a widens the slope back out
 * of the zone. It points out of the zone (negative: descent raises r) as long as o < ρ/(1 + ρ), the constant
 * output with the least loss.
 *
 * A trial from x(0) = 0 comes to rest after about 1/√(−r), so the formulas hold for √(−r)·T ≫ 1. The
 * divergence of the gradient at r → 0⁻ is that of the resting state √(−r); a trial of finite length does not
 * follow it there.
 */
import { argumentError, requireFinite, requirePositive } from '../numerics/require-number.js'
import {
  type DelayedActivationTimes,
  lossPerTime,
  type Normalisation,
  requireTimes,
} from './delayed-activation.js'

/** The read-out o = σ(confidence·(x − threshold)). */
export interface ReadOut {
  /** a > 0: how steeply the output switches, 1/(units of x). */
  readonly confidence: number
  /** x*: the state at which the output is 1/2, units of x. Defaults to 10, the paper's. */
  readonly threshold?: number | undefined
}

const DEFAULT_THRESHOLD = 10

/**
 * Output σ(−a·(√(−r) + x*)) of the state at rest.
 *
 * @param r bifurcation parameter, r ≤ 0, 1/time²
 * @returns between 0 and 1
 * @throws RangeError if a number is out of its range
 * @see docs/theory.md §6
 */
export function restingOutput(r: number, readOut: ReadOut): number {
  return resolve('restingOutput', r, readOut).output
}

/**
 * Loss of a trial spent at rest: o² + (T_R/T)·(1 − o)² normalised, T times that un-normalised.
 *
 * @param r bifurcation parameter, r ≤ 0, 1/time²
 * @returns a pure number (normalised) or a time (un-normalised)
 * @throws RangeError if a number is out of its range or the normalisation is unknown
 * @see docs/theory.md §6
 */
export function restingLoss(
  r: number,
  readOut: ReadOut,
  times: DelayedActivationTimes,
  normalisation: Normalisation,
): number {
  const { output } = resolve('restingLoss', r, readOut)
  const { delay, response } = requireTimes('restingLoss', times)
  const weight = lossPerTime('restingLoss', delay, normalisation)
  return weight * (delay * output ** 2 + response * (1 - output) ** 2)
}

/**
 * Derivative of {@link restingLoss} with respect to r: (a/√(−r))·o·(1 − o)·[o − (T_R/T)·(1 − o)] normalised,
 * T times that un-normalised.
 *
 * @param r bifurcation parameter, r < 0 (at 0 the derivative diverges), 1/time²
 * @returns time² (normalised) or time³ (un-normalised)
 * @throws RangeError if a number is out of its range or the normalisation is unknown
 * @see docs/theory.md §6
 */
export function restingLossGradient(
  r: number,
  readOut: ReadOut,
  times: DelayedActivationTimes,
  normalisation: Normalisation,
): number {
  const { confidence, speed, output } = resolve('restingLossGradient', r, readOut)
  if (r === 0) throw argumentError('restingLossGradient', 'r', 'negative', r)
  const { delay, response } = requireTimes('restingLossGradient', times)
  const weight = lossPerTime('restingLossGradient', delay, normalisation)
  const outputSlope = (confidence / (2 * speed)) * output * (1 - output)
  return weight * 2 * (delay * output - response * (1 - output)) * outputSlope
}

/**
 * Scale a·exp(−a·(x* + √(−r))) that governs the gradient in the zone at high confidence: the normalised
 * {@link restingLossGradient} tends to −(T_R/T)/√(−r) times this.
 *
 * @param r bifurcation parameter, r ≤ 0, 1/time²
 * @returns units of 1/x
 * @throws RangeError if a number is out of its range
 * @see docs/theory.md §6
 */
export function zoneGradientScale(r: number, readOut: ReadOut): number {
  const { confidence, threshold, speed } = resolve('zoneGradientScale', r, readOut)
  return confidence * Math.exp(-confidence * (threshold + speed))
}

/** Checks r and the read-out; `speed` is √(−r), the resting state's distance below 0. */
function resolve(caller: string, r: number, readOut: ReadOut) {
  if (!Number.isFinite(r) || r > 0) throw argumentError(caller, 'r', 'at most 0 and finite', r)
  const confidence = requirePositive(caller, 'confidence', readOut.confidence)
  const threshold = requireFinite(caller, 'threshold', readOut.threshold ?? DEFAULT_THRESHOLD)
  const speed = Math.sqrt(-r)
  return { confidence, threshold, speed, output: sigmoid(-confidence * (speed + threshold)) }
}

/** Logistic function with full relative accuracy in the lower tail. */
function sigmoid(z: number): number {
  return z < 0 ? Math.exp(z) / (1 + Math.exp(z)) : 1 / (1 + Math.exp(-z))
}
