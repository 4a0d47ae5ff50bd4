import { requireCounts, type Task, type TaskShape } from './task.js'

/** Outputs above this count as on. */
const threshold = 0.5

/** Interval lengths in steps. */
export interface DelayedActivationIntervals {
  readonly delay: number
  /** As long as the delay unless given. */
  readonly response?: number | undefined
}

/**
 * Delayed activation: no input; stay off for `delay` steps, then on for `response` steps.
 * Loss Σ(y − target)² / delay, so that a silent network's loss is response / delay.
 * Source: arXiv:2501.02378, the task of figures 1–3, 6 and 8.
 *
 * @throws RangeError if an interval is not a positive whole number of steps
 */
export function delayedActivation({ delay, response = delay }: DelayedActivationIntervals): Task {
  requireCounts('delayedActivation', { delay, response })
  const { trials, steps } = delayedActivationShape({ delay, response })
  const targets = new Float64Array(steps).fill(1, delay)
  const weights = new Float64Array(steps).fill(1 / delay)
  return {
    kind: 'delayed-activation',
    trials,
    steps,
    inputs: undefined,
    outputFunction: 'sigmoid',
    targets,
    weights,
    silentLoss: response / delay,
    accuracy: outputs => {
      let correct = 0
      for (let t = 0; t < steps; t++) if (outputs[t]! > threshold === targets[t]! > threshold) correct++
      return correct / steps
    },
  }
}

/** One trial of delay and response. */
export function delayedActivationShape({ delay, response = delay }: DelayedActivationIntervals): TaskShape {
  return { trials: 1, steps: delay + response }
}
