/**
 * Abrupt learning in closed form: gradient flow dr/dτ = −α·dL/dr on the toy's loss (docs/theory.md §3).
 *
 * Outside the zone |dL/dr| is w·π/(4·r^{3/2}), with w = 1/T for the normalised loss and 1 for the
 * un-normalised, so r^{5/2} changes at a constant rate: r(τ)^{5/2} = r0^{5/2} ∓ (5π/8)·w·α·τ, down from above
 * the optimum, up from below, until r* is reached at a finite epoch. From far above, the loss 1 − t*(r)/T is
 * flat for long and then falls: a plateau and a sudden drop without any bifurcation on the way. From below
 * the approach slows down instead.
 */
import { requireNonNegative, requirePositive } from '../numerics/require-number.js'
import {
  type DelayedActivationTimes,
  loss,
  lossPerTime,
  type Normalisation,
  optimum,
  requireTimes,
  zoneEdge,
} from './delayed-activation.js'

/** One gradient flow: where it starts and on which loss it descends. */
export interface GradientFlow {
  /** r0 > 0: the parameter at epoch 0, 1/time². */
  readonly start: number
  /** α > 0: r changes by −α·dL/dr an epoch. Time⁻⁴ an epoch (normalised) or time⁻⁵ (un-normalised). */
  readonly learningRate: number
  readonly times: DelayedActivationTimes
  readonly normalisation: Normalisation
}

/**
 * Parameter r(τ) = [r0^{5/2} ∓ (5π/8)·w·α·τ]^{2/5} along the flow, r* from the arrival on, and r0 for ever in
 * the zone.
 *
 * @param epoch τ ≥ 0, need not be whole
 * @returns 1/time²
 * @throws RangeError if a number is out of its range or the normalisation is unknown
 * @see docs/theory.md §3
 */
export function gradientFlowParameter(epoch: number, flow: GradientFlow): number {
  requireNonNegative('gradientFlowParameter', 'epoch', epoch)
  const { start, speed, target, learns } = resolve('gradientFlowParameter', flow)
  if (!learns) return start
  const distance = start ** 2.5 - target ** 2.5
  const left = Math.abs(distance) - speed * epoch
  return left <= 0 ? target : (target ** 2.5 + Math.sign(distance) * left) ** 0.4
}

/**
 * Loss after τ epochs of the flow, in the flow's own normalisation.
 *
 * @param epoch τ ≥ 0, need not be whole
 * @returns a pure number (normalised) or a time (un-normalised)
 * @throws RangeError if a number is out of its range or the normalisation is unknown
 * @see docs/theory.md §3
 */
export function gradientFlowLoss(epoch: number, flow: GradientFlow): number {
  requireNonNegative('gradientFlowLoss', 'epoch', epoch)
  resolve('gradientFlowLoss', flow)
  return loss(gradientFlowParameter(epoch, flow), flow.times, flow.normalisation)
}

/**
 * Epoch τ* = 8·|r0^{5/2} − r*^{5/2}|/(5π·w·α) at which the flow reaches the optimum; `Infinity` from a start
 * in the zone.
 *
 * @returns epochs, not rounded
 * @throws RangeError if a number is out of its range or the normalisation is unknown
 * @see docs/theory.md §3
 */
export function arrivalEpoch(flow: GradientFlow): number {
  const { start, speed, target, learns } = resolve('arrivalEpoch', flow)
  return learns ? Math.abs(start ** 2.5 - target ** 2.5) / speed : Infinity
}

/**
 * Slope of the loss per epoch on arrival over the slope at the start, (r0/r*)³: how abrupt learning is. 1000
 * from the paper's start r0 = 10·r*; below 1 from a start under the optimum. The same for both
 * normalisations, any learning rate and any response window (the start lies outside the zone).
 *
 * @param start r0 > 0, 1/time²
 * @param delay T > 0, time units
 * @throws RangeError if an argument is not positive and finite
 * @see docs/theory.md §3
 */
export function arrivalSlopeRatio(start: number, delay: number): number {
  requirePositive('arrivalSlopeRatio', 'start', start)
  requirePositive('arrivalSlopeRatio', 'delay', delay)
  return (start / optimum(delay)) ** 3
}

/** Checks the flow; `speed` is the change of r^{5/2} an epoch. */
function resolve(caller: string, flow: GradientFlow) {
  const start = requirePositive(caller, 'start', flow.start)
  const learningRate = requirePositive(caller, 'learningRate', flow.learningRate)
  const { delay } = requireTimes(caller, flow.times)
  const weight = lossPerTime(caller, delay, flow.normalisation)
  const speed = ((5 * Math.PI) / 8) * weight * learningRate
  return { start, speed, target: optimum(delay), learns: start > zoneEdge(flow.times) }
}
