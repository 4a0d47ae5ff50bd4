/**
 * The delayed-activation task for the one-dimensional toy x' = r + x² from x(0) = 0, at infinite read-out
 * confidence (docs/theory.md §2; model and task: arXiv:2501.02378).
 *
 * The output should stay off for the delay T and be on for the response window T_R. At infinite confidence it
 * switches on at the blow-up time t* = π/(2√r), so the squared error integrated over the trial is just the
 * time it is wrong: |T − t*| while t* falls within the trial, T_R when it does not. Two normalisations of
 * that time are in use, and every function here takes which one is meant: 'normalised' divides by T,
 * 'un-normalised' does not.
 *
 * The trial's end cuts the landscape at r_z, still above the saddle-node bifurcation at r = 0: below it the
 * loss is constant and its gradient exactly 0. That is the no-learning zone.
 */
import { argumentError, requireFinite, requirePositive } from '../numerics/require-number.js'

/** The two durations of a trial, in the time units of x' = r + x². */
export interface DelayedActivationTimes {
  /** T > 0: how long the output should stay off. */
  readonly delay: number
  /** T_R > 0: how long it should be on afterwards. Defaults to `delay`, as in the paper. */
  readonly response?: number | undefined
}

/** 'normalised': the loss |T − t*|/T. 'un-normalised': |T − t*|, which is T times the other everywhere. */
export type Normalisation = 'normalised' | 'un-normalised'

/**
 * Optimum r* = π²/(4T²): the parameter whose switching time is the delay. The loss is 0 there.
 *
 * @param delay T > 0, time units
 * @returns r*, 1/time²
 * @throws RangeError if `delay` is not positive and finite
 * @see docs/theory.md §2
 */
export function optimum(delay: number): number {
  requirePositive('optimum', 'delay', delay)
  return (Math.PI / (2 * delay)) ** 2
}

/**
 * Edge r_z = π²/(4(T + T_R)²) of the no-learning zone: the parameter whose switching time is the trial's end.
 * It is above 0, and a quarter of r* for T_R = T.
 *
 * @returns r_z, 1/time²
 * @throws RangeError if a duration is not positive and finite
 * @see docs/theory.md §2
 */
export function zoneEdge(times: DelayedActivationTimes): number {
  const { delay, response } = requireTimes('zoneEdge', times)
  return (Math.PI / (2 * (delay + response))) ** 2
}

/**
 * Switching time t* = π/(2√r): when the output turns on at infinite confidence; `Infinity` for r ≤ 0.
 *
 * @param r bifurcation parameter, 1/time²
 * @returns time units
 * @throws RangeError if `r` is not finite
 * @see docs/theory.md §2
 */
export function switchingTime(r: number): number {
  requireFinite('switchingTime', 'r', r)
  return r > 0 ? Math.PI / (2 * Math.sqrt(r)) : Infinity
}

/**
 * Loss of the toy at infinite confidence: normalised |T − t*|/T, and T_R/T in the no-learning zone r ≤ r_z;
 * un-normalised |T − t*| and T_R.
 *
 * @param r bifurcation parameter, 1/time²
 * @returns a pure number (normalised) or a time (un-normalised)
 * @throws RangeError if `r` is not finite, a duration is not positive and finite, or the normalisation is
 * unknown
 * @see docs/theory.md §2
 */
export function loss(r: number, times: DelayedActivationTimes, normalisation: Normalisation): number {
  requireFinite('loss', 'r', r)
  const { delay, response } = requireTimes('loss', times)
  const weight = lossPerTime('loss', delay, normalisation)
  const timeWrong = r <= zoneEdge(times) ? response : Math.abs(delay - switchingTime(r))
  return weight * timeWrong
}

/**
 * Derivative of {@link loss} with respect to r. Normalised: +π/(4T·r^{3/2}) for r > r*, −π/(4T·r^{3/2}) for
 * r_z < r < r*, 0 in the zone; un-normalised without the T. At the kink r = r* it is 0, the subgradient at a
 * minimum.
 *
 * @param r bifurcation parameter, 1/time²
 * @returns time² (normalised) or time³ (un-normalised)
 * @throws RangeError if `r` is not finite, a duration is not positive and finite, or the normalisation is
 * unknown
 * @see docs/theory.md §2
 */
export function lossGradient(r: number, times: DelayedActivationTimes, normalisation: Normalisation): number {
  requireFinite('lossGradient', 'r', r)
  const { delay } = requireTimes('lossGradient', times)
  const weight = lossPerTime('lossGradient', delay, normalisation)
  if (r <= zoneEdge(times)) return 0
  return Math.sign(r - optimum(delay)) * weight * switchingSlope(r)
}

/**
 * |d(t*)/dr| = π/(4·r^{3/2}) for r > 0: the size of the un-normalised gradient outside the zone, time³.
 * The caller checks `r`.
 */
export function switchingSlope(r: number): number {
  return Math.PI / (4 * r * Math.sqrt(r))
}

/**
 * Checked durations with the default response filled in.
 *
 * @param caller name for the error message
 * @throws RangeError if a duration is not positive and finite
 */
export function requireTimes(
  caller: string,
  times: DelayedActivationTimes,
): { delay: number; response: number } {
  const delay = requirePositive(caller, 'delay', times.delay)
  const response = requirePositive(caller, 'response', times.response ?? delay)
  return { delay, response }
}

/**
 * Loss per unit of time the output is wrong: 1/T normalised, 1 un-normalised.
 *
 * @param caller name for the error message
 * @throws RangeError if the normalisation is unknown
 */
export function lossPerTime(caller: string, delay: number, normalisation: Normalisation): number {
  if (normalisation === 'normalised') return 1 / delay
  if (normalisation === 'un-normalised') return 1
  throw argumentError(caller, 'normalisation', `'normalised' or 'un-normalised'`, normalisation)
}
