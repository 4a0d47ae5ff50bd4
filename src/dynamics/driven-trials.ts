import { type DrivenModel, drivenViews } from '../models/driven.js'
import { addVectorMatrix, dot } from '../numerics/matrix.js'
import type { Task } from '../tasks/task.js'
import { noiseSource } from '../training/disturbance.js'
import { latentOf } from './network-flow.js'

/** One trial of a driven network. */
export interface DrivenTrial {
  /** Which of the task's trials. */
  readonly trial: number
  /** Before each step, `[steps]` states `[N]`. */
  readonly states: readonly Float64Array[]
  /** Read before each step, `[steps]`. */
  readonly outputs: Float64Array
}

/** Which trials, with the chance of which training and epoch. */
export interface TrialChoice {
  /** Seed of the training. */
  readonly seed: number
  readonly epoch: number
  /** Indices of the task's trials. */
  readonly trials: readonly number[]
}

/**
 * Trials of a driven network as they are in an epoch of its training: the same initial states and the same noise.
 * @param parameters the flat vector of the epoch
 * @throws RangeError if the task has no input
 */
export function drivenTrials(
  model: DrivenModel,
  task: Task,
  parameters: Float64Array,
  { seed, epoch, trials }: TrialChoice,
): DrivenTrial[] {
  const { inputs, steps } = task
  if (inputs === undefined) throw new RangeError(`drivenTrials: the task ${task.kind} has no input`)
  const disturbance = noiseSource(model, steps, seed)
  const { inputWeights, inputBias, recurrent, outputWeights, outputBias } = drivenViews(model, parameters)
  const squash = task.outputFunction === 'tanh' ? Math.tanh : (z: number) => 1 / (1 + Math.exp(-z))
  return trials.map(trial => {
    const { initial, noise } = disturbance(epoch, trial)
    const states = [initial.slice()]
    const outputs = new Float64Array(steps)
    for (let t = 0; t < steps; t++) {
      const state = states[t]!
      const kappa = latentOf(recurrent, state)
      outputs[t] = squash(dot(kappa, outputWeights) + outputBias[0]!)
      if (t === steps - 1) break
      const u = inputs[trial * steps + t]!
      const drive = inputBias.map((b, i) => b + u * inputWeights[i]! + (noise?.[t * model.neurons + i] ?? 0))
      addVectorMatrix(drive, kappa, recurrent.right)
      states.push(state.map((r, i) => (1 - model.leak) * r + model.leak * Math.tanh(drive[i]!)))
    }
    return { trial, states, outputs }
  })
}
