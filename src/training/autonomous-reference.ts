import { type AutonomousModel, autonomousLayout, autonomousViews } from '../models/autonomous.js'
import { totalSize } from '../models/parameters.js'
import { initialState } from '../models/rank-one.js'
import { latentSize } from '../models/recurrence.js'
import { addVectorMatrix, dot, zeroRows } from '../numerics/matrix.js'
import type { Task } from '../tasks/task.js'
import type { Evaluation, Objective } from './objective.js'
import { outputLoss, outputOf } from './read-out.js'
import { pullBack, writeLatent } from './recurrent-step.js'

/**
 * The autonomous networks in float64, written to be read: the oracle that the kernels must agree with.
 *
 * Forward, for t = 1 … steps (index 0 is the state before the first step), κ = x·left, full rank κ = x:
 *     h_t = tanh(κ_{t−1}·right + b),   x_t = (1 − α)x_{t−1} + α h_t,   y_t = φ(x_t·w_out + b_out)
 * Back-propagation through time, from the last step to the first, e_t = dL/dy_t · φ′:
 *     dL/dx_t += e_t w_out,   δ_t = dL/dx_t · α(1 − h_t²),   dL/dx_{t−1} = (1 − α)dL/dx_t + left·(right·δ_t)
 *
 * @throws RangeError if the task has an input or several trials, which without an input would all be the same
 */
export function autonomousReference(model: AutonomousModel, task: Task): Objective {
  if (task.inputs !== undefined || task.trials !== 1) {
    throw new RangeError(`autonomous network: the task ${task.kind} has an input, or several trials`)
  }
  return new AutonomousReference(model, task)
}

class AutonomousReference implements Objective {
  readonly size: number
  readonly outputs: Float64Array
  /** x_0 … x_steps, κ_0 … κ_{steps−1} and h_1 … h_steps, by t. */
  private readonly states: Float64Array[]
  private readonly latents: Float64Array[]
  private readonly activations: Float64Array[]

  constructor(
    private readonly model: AutonomousModel,
    private readonly task: Task,
  ) {
    const { steps } = task
    this.size = totalSize(autonomousLayout(model))
    this.outputs = new Float64Array(steps)
    this.states = zeroRows(steps + 1, model.neurons)
    this.states[0]!.fill(initialState)
    this.latents = zeroRows(steps, latentSize(model))
    this.activations = zeroRows(steps + 1, model.neurons)
  }

  evaluate(parameters: Float64Array, gradient: Float64Array): Evaluation {
    this.forward(parameters)
    const loss = this.backward(parameters, gradient)
    return { loss, accuracy: this.task.accuracy(this.outputs) }
  }

  private forward(parameters: Float64Array): void {
    const { neurons, leak } = this.model
    const { recurrent, b, outputWeights, outputBias } = autonomousViews(this.model, parameters)
    for (let t = 1; t <= this.task.steps; t++) {
      const [before, kappa] = [this.states[t - 1]!, this.latents[t - 1]!]
      const [state, h] = [this.states[t]!, this.activations[t]!]
      writeLatent(kappa, recurrent, before)
      h.set(b)
      addVectorMatrix(h, kappa, recurrent.right)
      for (let i = 0; i < neurons; i++) {
        h[i] = Math.tanh(h[i]!)
        state[i] = (1 - leak) * before[i]! + leak * h[i]!
      }
      const readOut = dot(outputWeights, state) + outputBias[0]!
      this.outputs[t - 1] = outputOf(this.task.outputFunction, readOut)
    }
  }

  private backward(parameters: Float64Array, gradient: Float64Array): number {
    const { neurons, leak } = this.model
    const { recurrent, outputWeights } = autonomousViews(this.model, parameters)
    const into = autonomousViews(this.model, gradient)
    gradient.fill(0)
    const stateGradient = new Float64Array(neurons)
    const inputGradient = new Float64Array(neurons)
    let total = 0
    for (let t = this.task.steps; t >= 1; t--) {
      const { loss, slope } = outputLoss(this.task, t - 1, this.outputs[t - 1]!)
      total += loss
      const [state, h] = [this.states[t]!, this.activations[t]!]
      into.outputBias[0] = into.outputBias[0]! + slope
      for (let i = 0; i < neurons; i++) {
        into.outputWeights[i] = into.outputWeights[i]! + slope * state[i]!
        const here = stateGradient[i]! + slope * outputWeights[i]!
        inputGradient[i] = here * leak * (1 - h[i]! * h[i]!)
        into.b[i] = into.b[i]! + inputGradient[i]!
        stateGradient[i] = (1 - leak) * here
      }
      const [before, latent] = [this.states[t - 1]!, this.latents[t - 1]!]
      const latentGradient = new Float64Array(latent.length)
      const step = { state: before, latent, inputGradient, latentGradient, stateGradient }
      pullBack(recurrent, into.recurrent, step)
    }
    return total
  }
}
