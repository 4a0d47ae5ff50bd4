import { type DrivenModel, drivenLayout, drivenViews } from '../models/driven.js'
import { totalSize } from '../models/parameters.js'
import { latentSize } from '../models/recurrence.js'
import { addOuterProduct, addVectorMatrix, dot, zeroRows } from '../numerics/matrix.js'
import type { Task } from '../tasks/task.js'
import type { Disturbance, NoiseSource } from './disturbance.js'
import type { Evaluation, Objective } from './objective.js'
import { outputLoss, outputOf } from './read-out.js'
import { pullBack, writeLatent } from './recurrent-step.js'

/**
 * The driven networks in float64, written to be read: the oracle that the kernels must agree with. The loss is a
 * sum over trials; each is run and propagated back by itself.
 *
 * Forward, for t = 0 … steps − 1, κ = r·S_l, full rank κ = r:
 *     y_t = φ(κ_t·w_out + b_out)
 *     h_t = tanh(W_in u_t + b_in + κ_t·S_r + ξ_t),   r_{t+1} = (1 − α)r_t + α h_t
 * Back-propagation through time, from the last step to the first, e_t = dL/dy_t · φ′; after the last read-out
 * nothing is left to change the loss:
 *     δ_t = dL/dr_{t+1} · α(1 − h_t²),   dL/dr_t = (1 − α)dL/dr_{t+1} + S_l·(S_r·δ_t + e_t w_out)
 *
 * @param noise the initial states and the noise of each epoch and trial
 * @throws RangeError if the task has no input
 */
export function drivenReference(model: DrivenModel, task: Task, noise: NoiseSource): Objective {
  const { inputs } = task
  if (inputs === undefined) throw new RangeError(`driven network: the task ${task.kind} has no input`)
  return new DrivenReference(model, task, inputs, noise)
}

class DrivenReference implements Objective {
  readonly size: number
  readonly outputs: Float64Array
  /** r_t, κ_t and h_t of one trial, by t. */
  private readonly states: Float64Array[]
  private readonly latents: Float64Array[]
  private readonly activations: Float64Array[]

  constructor(
    private readonly model: DrivenModel,
    private readonly task: Task,
    private readonly inputs: Float64Array,
    private readonly noise: NoiseSource,
  ) {
    const { trials, steps } = task
    this.size = totalSize(drivenLayout(model))
    this.outputs = new Float64Array(trials * steps)
    this.states = zeroRows(steps, model.neurons)
    this.latents = zeroRows(steps, latentSize(model))
    this.activations = zeroRows(steps, model.neurons)
  }

  evaluate(parameters: Float64Array, gradient: Float64Array, epoch = 0): Evaluation {
    gradient.fill(0)
    let loss = 0
    for (let trial = 0; trial < this.task.trials; trial++) {
      this.forward(parameters, trial, this.noise(epoch, trial))
      loss += this.backward(parameters, gradient, trial)
    }
    return { loss, accuracy: this.task.accuracy(this.outputs) }
  }

  private forward(parameters: Float64Array, trial: number, { initial, noise }: Disturbance): void {
    const { neurons, leak } = this.model
    const { steps, outputFunction } = this.task
    const { inputWeights, inputBias, recurrent, outputWeights, outputBias } = drivenViews(
      this.model,
      parameters,
    )
    this.states[0]!.set(initial)
    for (let t = 0; t < steps; t++) {
      const [state, kappa, h] = [this.states[t]!, this.latents[t]!, this.activations[t]!]
      writeLatent(kappa, recurrent, state)
      const readOut = dot(outputWeights, kappa) + outputBias[0]!
      this.outputs[trial * steps + t] = outputOf(outputFunction, readOut)
      const next = this.states[t + 1]
      if (next === undefined) break
      h.set(inputBias)
      addVectorMatrix(h, kappa, recurrent.right)
      const u = this.inputs[trial * steps + t]!
      for (let i = 0; i < neurons; i++) {
        h[i] = Math.tanh(h[i]! + inputWeights[i]! * u + (noise?.[t * neurons + i] ?? 0))
        next[i] = (1 - leak) * state[i]! + leak * h[i]!
      }
    }
  }

  /** Adds the trial's share to `gradient`; returns its share of the loss. */
  private backward(parameters: Float64Array, gradient: Float64Array, trial: number): number {
    const { neurons, leak } = this.model
    const { steps } = this.task
    const { recurrent, outputWeights } = drivenViews(this.model, parameters)
    const into = drivenViews(this.model, gradient)
    // Zero after the last step, and so is all that comes from it.
    const stateGradient = new Float64Array(neurons)
    const inputGradient = new Float64Array(neurons)
    let total = 0
    for (let t = steps - 1; t >= 0; t--) {
      const index = trial * steps + t
      const { loss, slope } = outputLoss(this.task, index, this.outputs[index]!)
      total += loss
      const [state, latent, h] = [this.states[t]!, this.latents[t]!, this.activations[t]!]
      into.outputBias[0] = into.outputBias[0]! + slope
      addOuterProduct(into.outputWeights, latent, Float64Array.of(slope))
      for (let i = 0; i < neurons; i++) {
        inputGradient[i] = stateGradient[i]! * leak * (1 - h[i]! * h[i]!)
        into.inputBias[i] = into.inputBias[i]! + inputGradient[i]!
        into.inputWeights[i] = into.inputWeights[i]! + inputGradient[i]! * this.inputs[index]!
        stateGradient[i] = (1 - leak) * stateGradient[i]!
      }
      const latentGradient = outputWeights.map(weight => slope * weight)
      const step = { state, latent, inputGradient, latentGradient, stateGradient }
      pullBack(recurrent, into.recurrent, step)
    }
    return total
  }
}
