import { requireCounts, type Task, type TaskShape } from './task.js'

/** Outputs above this answer "match". */
const threshold = 0.5

/** First and second cue, a class of trials each, in the published order. */
const cuePairs = [
  [1, 1],
  [-1, -1],
  [-1, 1],
  [1, -1],
] as const

/** Interval lengths in steps, and the size of the batch. */
export interface MatchToSampleIntervals {
  /** Of either cue. */
  readonly cue: number
  readonly delay: number
  readonly reaction: number
  /** Trials of each of the four classes. */
  readonly trialsPerClass: number
}

/**
 * Delayed match to sample: a cue of ±1, a delay without input, a second cue of ±1, then answer 1 during the
 * reaction if the cues were equal and 0 if not; 0 before. Output σ; loss the mean squared error over trials and
 * steps. An answer is correct where output and target are on the same side of 0.5. The trials of a class follow
 * one another, in the order (+,+), (−,−), (−,+), (+,−).
 * Source: arXiv:2501.02378, the task of figures 4, 5 and 7.
 *
 * A network that cannot tell the classes apart does best to answer ½ in the reaction: that is the plateau.
 *
 * @throws RangeError if an interval or the number of trials is not a positive whole number
 */
export function matchToSample(intervals: MatchToSampleIntervals): Task {
  const { cue, delay, reaction, trialsPerClass } = intervals
  requireCounts('matchToSample', { cue, delay, reaction, trialsPerClass })
  const { trials, steps } = matchToSampleShape(intervals)
  const inputs = new Float64Array(trials * steps)
  const targets = new Float64Array(trials * steps)
  for (let trial = 0; trial < trials; trial++) {
    const [first, second] = cuePairs[Math.floor(trial / trialsPerClass)]!
    const start = trial * steps
    inputs.fill(first, start, start + cue)
    inputs.fill(second, start + cue + delay, start + cue + delay + cue)
    targets.fill(first === second ? 1 : 0, start + steps - reaction, start + steps)
  }
  return {
    kind: 'match-to-sample',
    trials,
    steps,
    inputs,
    outputFunction: 'sigmoid',
    targets,
    weights: new Float64Array(trials * steps).fill(1 / (trials * steps)),
    silentLoss: reaction / steps / 4,
    accuracy: outputs => {
      let correct = 0
      for (let i = 0; i < targets.length; i++) {
        if (outputs[i]! > threshold === targets[i]! > threshold) correct++
      }
      return correct / targets.length
    },
  }
}

/** Four classes of trials: cue, delay, cue, reaction. */
export function matchToSampleShape(intervals: MatchToSampleIntervals): TaskShape {
  const { cue, delay, reaction, trialsPerClass } = intervals
  return { trials: cuePairs.length * trialsPerClass, steps: cue + delay + cue + reaction }
}
