import { requireCounts, type Task, type TaskShape } from './task.js'

/** Outputs above this are answered +1, below its negative −1, between them 0. */
export const answerThreshold = 0.33

/** The cues, a class of trials each. */
const cues = [1, -1] as const

/** Interval lengths in steps, and the size of the batch. */
export interface CueDiscriminationIntervals {
  readonly cue: number
  readonly delay: number
  readonly reaction: number
  /** Trials of each of the two classes. */
  readonly trialsPerClass: number
}

/**
 * Delayed cue discrimination: a cue of +1 or −1, a delay without input, then answer the cue's sign during the
 * reaction; 0 before. Output tanh; loss the mean squared error over trials and steps. An answer is correct
 * where the output, thresholded at ±0.33, equals the target. Trials of cue +1 come first.
 * Source: arXiv:2501.02378, the task of figures 4, 5, 7 and 8c.
 *
 * @throws RangeError if an interval or the number of trials is not a positive whole number
 */
export function cueDiscrimination(intervals: CueDiscriminationIntervals): Task {
  const { cue, delay, reaction, trialsPerClass } = intervals
  requireCounts('cueDiscrimination', { cue, delay, reaction, trialsPerClass })
  const { trials, steps } = cueDiscriminationShape(intervals)
  const inputs = new Float64Array(trials * steps)
  const targets = new Float64Array(trials * steps)
  for (let trial = 0; trial < trials; trial++) {
    const sign = cues[Math.floor(trial / trialsPerClass)]!
    const start = trial * steps
    inputs.fill(sign, start, start + cue)
    targets.fill(sign, start + cue + delay, start + steps)
  }
  return {
    kind: 'cue-discrimination',
    trials,
    steps,
    inputs,
    outputFunction: 'tanh',
    targets,
    weights: new Float64Array(trials * steps).fill(1 / (trials * steps)),
    silentLoss: reaction / steps,
    accuracy: outputs => {
      let correct = 0
      for (let i = 0; i < targets.length; i++) if (answer(outputs[i]!) === targets[i]) correct++
      return correct / targets.length
    },
  }
}

/** Two classes of trials: cue, delay, reaction. */
export function cueDiscriminationShape(intervals: CueDiscriminationIntervals): TaskShape {
  const { cue, delay, reaction, trialsPerClass } = intervals
  return { trials: cues.length * trialsPerClass, steps: cue + delay + reaction }
}

function answer(output: number): number {
  if (output > answerThreshold) return 1
  return output < -answerThreshold ? -1 : 0
}
