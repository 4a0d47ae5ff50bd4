/**
 * The stable cycle of three steps about the optimum: one up, two down (docs/theory.md §5).
 *
 * Measured in units of r*·k^{2/5}, with the relative step k of oscillation.ts, a step of descent is u ∓
 * u^{−3/2} and holds no parameter: k only sets where the two branches meet, at u = k^{−2/5}. A cycle of this
 * map is therefore the same for a whole range of k. The cycle of three solves l^{−3/2} = m^{−3/2} + h^{−3/2}
 * with h = l + l^{−3/2} and m = h − h^{−3/2}; its points straddle the meeting place for 0.3077 ≤ k < 0.7718,
 * and the product of its slopes is −0.2943, so it is stable.
 *
 * It makes two corrections to a simpler picture. Below the critical rate it replaces the irregular hops (for
 * T_R = T from 0.41·α_c up). And above the critical rate it shelters some starts as long as its lowest point,
 * r*·(k/0.7718)^{2/5}, stays out of the zone: up to 1.03·α_c for T_R = T, 1.39·α_c for T_R = T/2, 2.5·α_c for
 * T_R = T/5.
 */
import { requirePositive } from '../numerics/require-number.js'
import {
  type DelayedActivationTimes,
  lossPerTime,
  type Normalisation,
  optimum,
  requireTimes,
  zoneEdge,
} from './delayed-activation.js'
import { relativeStep } from './oscillation.js'

/** The three values of r, 1/time², ascending; descent visits highest, middle, lowest and starts again. */
export interface ThreeCycle {
  readonly lowest: number
  readonly middle: number
  readonly highest: number
}

/** l, the root of l^{−3/2} = m^{−3/2} + h^{−3/2}. */
const LOWEST = 1.109179939301012
const HIGHEST = LOWEST + LOWEST ** -1.5
const MIDDLE = HIGHEST - HIGHEST ** -1.5

/**
 * The stable 3-cycle of gradient descent at a learning rate; `undefined` where there is none, because its
 * points do not straddle the optimum or the lowest lies in the no-learning zone.
 *
 * @param learningRate α > 0, time⁻⁴ (normalised) or time⁻⁵ (un-normalised), an epoch
 * @throws RangeError if a number is not positive and finite or the normalisation is unknown
 * @see docs/theory.md §5
 */
export function threeCycle(
  learningRate: number,
  times: DelayedActivationTimes,
  normalisation: Normalisation,
): ThreeCycle | undefined {
  requirePositive('threeCycle', 'learningRate', learningRate)
  const { delay } = requireTimes('threeCycle', times)
  lossPerTime('threeCycle', delay, normalisation)
  const best = optimum(delay)
  const unit = best * relativeStep(learningRate, delay, normalisation) ** 0.4
  const cycle = { lowest: unit * LOWEST, middle: unit * MIDDLE, highest: unit * HIGHEST }
  const straddles = cycle.lowest < best && best < cycle.middle
  return straddles && cycle.lowest > zoneEdge(times) ? cycle : undefined
}
