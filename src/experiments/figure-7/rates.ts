import { type DrivenModel, drivenViews } from '../../models/driven.js'
import { addVectorMatrix, dot } from '../../numerics/matrix.js'
import type { Task } from '../../tasks/task.js'
import { outputOf } from '../../training/read-out.js'

/** A full-rank driven network's run through a task, without noise and from rest. */
export interface DrivenRun {
  /** r_t, `[trials][steps]` of `[N]`, as the read-out sees it. */
  readonly rates: readonly (readonly Float64Array[])[]
  /** `[trials, steps]` */
  readonly outputs: Float64Array
}

/** Runs a full-rank driven network through every trial of a task. @throws RangeError for a task without input */
export function runDriven(model: DrivenModel, task: Task, parameters: Float64Array): DrivenRun {
  const { trials, steps, inputs, outputFunction } = task
  if (inputs === undefined) throw new RangeError(`runDriven: the task ${task.kind} has no input`)
  const { inputWeights, inputBias, recurrent, outputWeights, outputBias } = drivenViews(model, parameters)
  const outputs = new Float64Array(trials * steps)
  const rates = Array.from({ length: trials }, (_, trial) => {
    let state = new Float64Array(model.neurons)
    return Array.from({ length: steps }, (_, t) => {
      const seen = state
      outputs[trial * steps + t] = outputOf(outputFunction, dot(outputWeights, seen) + outputBias[0]!)
      const drive = inputBias.slice()
      addVectorMatrix(drive, seen, recurrent.right)
      const u = inputs[trial * steps + t]!
      state = seen.map((r, i) => r + model.leak * (Math.tanh(drive[i]! + inputWeights[i]! * u) - r))
      return seen
    })
  })
  return { rates, outputs }
}
