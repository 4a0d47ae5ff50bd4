/**
 * The critical learning rate of gradient descent on the toy's loss (docs/theory.md §4).
 *
 * From above the optimum a step leads to r − α·|g(r)| with |g| ∝ r^{−3/2}, which increases with r. So the
 * deepest landing place is the one from just above r*, at r* − α·|g(r*⁺)|; steps from below lead up, away
 * from the zone. Hence no step ever enters the zone while α ≤ α_c = (r* − r_z)/|g(r*⁺)|, whatever the start
 * outside it.
 *
 * Above α_c the points just above r* lead into the zone, from which nothing returns. Whether a given start is
 * caught is then a matter of whether its iterates ever come there. For T_R = T they practically always do
 * from 1.03·α_c on. For a shorter response window a stable cycle may hold some starts up to a few times α_c:
 * see three-cycle.ts.
 */
import { requirePositive } from '../numerics/require-number.js'
import {
  type DelayedActivationTimes,
  lossPerTime,
  type Normalisation,
  optimum,
  requireTimes,
  switchingSlope,
} from './delayed-activation.js'

/** What becomes of descent at a learning rate, and how far that rate is from the critical one. */
export interface RateFate {
  /** 'oscillates': no step can enter the no-learning zone. 'exposed': steps from just above r* do. */
  readonly fate: 'oscillates' | 'exposed'
  /** Learning rate over the critical learning rate. */
  readonly ratio: number
}

/**
 * Critical learning rate α_c = (r* − r_z)/|dL/dr|(r*⁺), an inverse power law of T at a fixed T_R/T. It is
 * 3π⁴/(32·T⁴) normalised and 3π⁴/(32·T⁵) un-normalised for T_R = T.
 *
 * @returns time⁻⁴ (normalised) or time⁻⁵ (un-normalised), an epoch
 * @throws RangeError if a duration is not positive and finite or the normalisation is unknown
 * @see docs/theory.md §4
 */
export function criticalLearningRate(times: DelayedActivationTimes, normalisation: Normalisation): number {
  const { delay, response } = requireTimes('criticalLearningRate', times)
  const weight = lossPerTime('criticalLearningRate', delay, normalisation)
  // r*·(1 − (T/(T + T_R))²), written without the cancellation at small T_R.
  const roomBelowOptimum = (optimum(delay) * response * (2 * delay + response)) / (delay + response) ** 2
  return roomBelowOptimum / (weight * switchingSlope(optimum(delay)))
}

/**
 * Limit of {@link criticalLearningRate} for a response window much shorter than the delay: (π⁴/4)·T_R·T⁻⁵
 * normalised, (π⁴/4)·T_R·T⁻⁶ un-normalised. It is too high by a share of about (3/2)·T_R/T.
 *
 * @returns time⁻⁴ (normalised) or time⁻⁵ (un-normalised), an epoch
 * @throws RangeError if a duration is not positive and finite or the normalisation is unknown
 * @see docs/theory.md §4
 */
export function shortResponseCriticalRate(
  times: DelayedActivationTimes,
  normalisation: Normalisation,
): number {
  const { delay, response } = requireTimes('shortResponseCriticalRate', times)
  const weight = lossPerTime('shortResponseCriticalRate', delay, normalisation)
  return ((Math.PI ** 4 / 4) * response) / (weight * delay ** 6)
}

/**
 * Fate of descent at a learning rate: 'oscillates' about the optimum at or below the critical rate, 'exposed'
 * above it. Below is a guarantee for every start outside the zone; above, the share of starts that are lost
 * depends on the rate and on T_R/T.
 *
 * @param learningRate α > 0, time⁻⁴ (normalised) or time⁻⁵ (un-normalised), an epoch
 * @throws RangeError if a number is not positive and finite or the normalisation is unknown
 * @see docs/theory.md §4
 */
export function fateOfRate(
  learningRate: number,
  times: DelayedActivationTimes,
  normalisation: Normalisation,
): RateFate {
  requirePositive('fateOfRate', 'learningRate', learningRate)
  const { delay } = requireTimes('fateOfRate', times)
  lossPerTime('fateOfRate', delay, normalisation)
  const ratio = learningRate / criticalLearningRate(times, normalisation)
  return { fate: ratio > 1 ? 'exposed' : 'oscillates', ratio }
}
