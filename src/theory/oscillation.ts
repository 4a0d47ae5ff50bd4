/**
 * The oscillatory minimum (docs/theory.md §5).
 *
 * The loss |T − t*| has a kink at r*: the gradient's size is the same on both sides, so at a fixed learning
 * rate the iterate never settles but hops about r*. In units of r*, the step at r has size k·r^{−3/2}, where
 * the relative step k = α·|g(r*)|/r* is the only number that matters while the zone is not met.
 *
 * There is no fixed point and no 2-cycle. A 2-cycle would have one point l ≤ r* < h on each side (two steps
 * down, or two up, never return), with step(l) = h − l = step(h). But the step falls with r, so step(l) >
 * step(h): a pair of hops across r* always ends higher than it began.
 *
 * For small k that drift is (3/2)·k² a pair, in units of r*. The iterate climbs in pairs of hops through the
 * whole band r*(1 ± k), and once every 4/(3k) epochs takes one step down more. It visits the band evenly, so
 * the mean of the loss |1 − t*(r)/T| ≈ |r/r* − 1|/2 is k/4: a floor in proportion to the learning rate. The
 * hops look irregular but are not chaotic: neighbouring paths approach each other by a factor 1 − (15/8)·k²
 * an epoch. Near k = 0.31 a stable cycle of three steps takes over (three-cycle.ts), and the proportion ends.
 */
import { argumentError, requireNonNegative, requirePositive } from '../numerics/require-number.js'
import { criticalLearningRate } from './critical-rate.js'
import {
  type DelayedActivationTimes,
  lossPerTime,
  type Normalisation,
  optimum,
  requireTimes,
  switchingSlope,
  zoneEdge,
} from './delayed-activation.js'

/** Sizes of the two steps that start at the same distance from the optimum, in units of r (1/time²). */
export interface StepSizes {
  /** Size of the step up from r* − distance. */
  readonly up: number
  /** Size of the step down from r* + distance. */
  readonly down: number
}

/** Bounds on the iterates late in training, 1/time². */
export interface OscillationBand {
  readonly lowest: number
  readonly highest: number
}

/**
 * Relative step k = α·|dL/dr|(r*)/r*: the step at the optimum as a share of the optimum. It is
 * (1 − r_z/r*)·α/α_c, so 3/4 at the critical rate for T_R = T; it does not depend on T_R.
 *
 * @param learningRate α > 0, time⁻⁴ (normalised) or time⁻⁵ (un-normalised), an epoch
 * @param delay T > 0, time units
 * @returns a pure number
 * @throws RangeError if a number is not positive and finite or the normalisation is unknown
 * @see docs/theory.md §5
 */
export function relativeStep(learningRate: number, delay: number, normalisation: Normalisation): number {
  requirePositive('relativeStep', 'learningRate', learningRate)
  requirePositive('relativeStep', 'delay', delay)
  const weight = lossPerTime('relativeStep', delay, normalisation)
  return (learningRate * weight * switchingSlope(optimum(delay))) / optimum(delay)
}

/**
 * Sizes α·|dL/dr| of the steps from r* − distance (up) and r* + distance (down). The step up is the larger
 * one, except at distance 0, where both are the one-sided limit at the kink.
 *
 * @param distance from the optimum, 0 ≤ distance < r* − r_z, 1/time²
 * @param learningRate α > 0, time⁻⁴ (normalised) or time⁻⁵ (un-normalised), an epoch
 * @throws RangeError if a number is out of its range or the normalisation is unknown
 * @see docs/theory.md §5
 */
export function stepSizes(
  distance: number,
  learningRate: number,
  times: DelayedActivationTimes,
  normalisation: Normalisation,
): StepSizes {
  requireNonNegative('stepSizes', 'distance', distance)
  requirePositive('stepSizes', 'learningRate', learningRate)
  const { delay } = requireTimes('stepSizes', times)
  const weight = lossPerTime('stepSizes', delay, normalisation)
  const best = optimum(delay)
  const room = best - zoneEdge(times)
  if (distance >= room) throw argumentError('stepSizes', 'distance', `below r* − r_z = ${room}`, distance)
  return {
    up: learningRate * weight * switchingSlope(best - distance),
    down: learningRate * weight * switchingSlope(best + distance),
  }
}

/**
 * Band of r that descent at or below the critical rate enters and never leaves. Lowest is r* − α·|g(r*)|, the
 * landing place from just above r*. From below, r + α·|g(r)| is convex in r, so the highest landing place is
 * the one from an end of [lowest, r*]: from r* for small rates, from the lowest point once the relative step
 * exceeds 1 − 2^{−2/3} = 0.37.
 *
 * @param learningRate α, 0 < α ≤ α_c, time⁻⁴ (normalised) or time⁻⁵ (un-normalised), an epoch
 * @throws RangeError if a number is out of its range (above the critical rate there is no band) or the
 * normalisation is unknown
 * @see docs/theory.md §5
 */
export function oscillationBand(
  learningRate: number,
  times: DelayedActivationTimes,
  normalisation: Normalisation,
): OscillationBand {
  const { best, weight } = requireOscillation('oscillationBand', learningRate, times, normalisation)
  const step = (r: number) => learningRate * weight * switchingSlope(r)
  const lowest = best - step(best)
  return { lowest, highest: Math.max(best + step(best), lowest + step(lowest)) }
}

/**
 * Floor of the mean loss late in training, to leading order in the learning rate: k/4 normalised, with the
 * relative step k; T·k/4 un-normalised. Measured against descent it is within 0.6% for k ≤ 0.1, within 4% for
 * k ≤ 0.2 and within 10% for k ≤ 0.3; beyond, the descent locks into a cycle of three and the floor is no
 * longer proportional (up to 30% off at k = 3/4).
 *
 * @param learningRate α, 0 < α ≤ α_c, time⁻⁴ (normalised) or time⁻⁵ (un-normalised), an epoch
 * @returns a pure number (normalised) or a time (un-normalised)
 * @throws RangeError if a number is out of its range (above the critical rate there is no floor) or the
 * normalisation is unknown
 * @see docs/theory.md §5
 */
export function lossFloor(
  learningRate: number,
  times: DelayedActivationTimes,
  normalisation: Normalisation,
): number {
  const { delay, weight } = requireOscillation('lossFloor', learningRate, times, normalisation)
  return (weight * delay * relativeStep(learningRate, delay, normalisation)) / 4
}

function requireOscillation(
  caller: string,
  learningRate: number,
  times: DelayedActivationTimes,
  normalisation: Normalisation,
) {
  requirePositive(caller, 'learningRate', learningRate)
  const { delay } = requireTimes(caller, times)
  const weight = lossPerTime(caller, delay, normalisation)
  const critical = criticalLearningRate(times, normalisation)
  if (learningRate > critical) {
    throw argumentError(caller, 'learningRate', `at or below the critical rate ${critical}`, learningRate)
  }
  return { delay, weight, best: optimum(delay) }
}
