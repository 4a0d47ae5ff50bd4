import { totalSize } from '../models/parameters.js'
import {
  initialState,
  type RankOneModel,
  rankOneLayout,
  rankOneViews,
  readoutThreshold,
} from '../models/rank-one.js'
import { dot } from '../numerics/matrix.js'
import type { Task } from '../tasks/task.js'
import type { Objective } from './objective.js'

/**
 * The rank-one network in float64, written to be read: the oracle that the kernels must agree with.
 *
 * Forward, for t = 1 … steps (index 0 is the state before the first step):
 *     h_t = tanh(m κ_{t−1} + b),   x_t = (1 − α)x_{t−1} + α h_t,   κ_t = n·x_t,   y_t = σ(c(κ_t − 1))
 * Back-propagation through time, from the last step to the first:
 *     dL/dx_t = (1 − α) dL/dx_{t+1} + n dL/dκ_t
 *     dL/dκ_t = 2 w_t (y_t − target_t) c y_t(1 − y_t) + m·(dL/dx_{t+1} · α(1 − h²_{t+1}))
 *     dL/dc = Σ 2 w_t (y_t − target_t) y_t(1 − y_t)(κ_t − 1)
 *
 * @param confidence c; without effect if the model trains its own
 * @throws RangeError if the task has an input, several trials, or a tanh output
 */
export function rankOneReference(model: RankOneModel, task: Task, confidence: number): Objective {
  const { neurons, leak, trainConfidence = false } = model
  const { steps, targets, weights } = task
  if (task.inputs !== undefined || task.trials !== 1 || task.outputFunction !== 'sigmoid') {
    throw new RangeError(
      `rank-one network: the task ${task.kind} has an input, several trials, or a tanh output`,
    )
  }
  const size = totalSize(rankOneLayout(model))
  const confidenceOf = (parameters: Float64Array) => (trainConfidence ? parameters[size - 1]! : confidence)
  const row = (array: Float64Array, t: number) => array.subarray(t * neurons, (t + 1) * neurons)

  const states = new Float64Array((steps + 1) * neurons).fill(initialState, 0, neurons)
  const activations = new Float64Array((steps + 1) * neurons)
  const kappa = new Float64Array(steps + 1)
  const outputs = new Float64Array(steps)
  const stateGradient = new Float64Array(neurons)

  function forward(parameters: Float64Array): number {
    const { m, n, b } = rankOneViews(model, parameters)
    const c = confidenceOf(parameters)
    kappa[0] = dot(n, row(states, 0))
    let loss = 0
    for (let t = 1; t <= steps; t++) {
      const [before, state, h] = [row(states, t - 1), row(states, t), row(activations, t)]
      for (let i = 0; i < neurons; i++) {
        h[i] = Math.tanh(m[i]! * kappa[t - 1]! + b[i]!)
        state[i] = (1 - leak) * before[i]! + leak * h[i]!
      }
      kappa[t] = dot(n, state)
      const output = 1 / (1 + Math.exp(-c * (kappa[t]! - readoutThreshold)))
      outputs[t - 1] = output
      loss += weights[t - 1]! * (output - targets[t - 1]!) ** 2
    }
    return loss
  }

  function backward(parameters: Float64Array, gradient: Float64Array): void {
    const { m, n } = rankOneViews(model, parameters)
    const into = rankOneViews(model, gradient)
    gradient.fill(0)
    stateGradient.fill(0)
    const c = confidenceOf(parameters)
    let kappaGradient = 0
    let confidenceGradient = 0
    for (let t = steps; t >= 1; t--) {
      const [state, h] = [row(states, t), row(activations, t)]
      const output = outputs[t - 1]!
      const error = 2 * weights[t - 1]! * (output - targets[t - 1]!) * output * (1 - output)
      confidenceGradient += error * (kappa[t]! - readoutThreshold)
      kappaGradient += error * c
      let before = 0
      for (let i = 0; i < neurons; i++) {
        into.n[i] = into.n[i]! + kappaGradient * state[i]!
        const total = stateGradient[i]! + kappaGradient * n[i]!
        const input = total * leak * (1 - h[i]! * h[i]!)
        into.m[i] = into.m[i]! + input * kappa[t - 1]!
        into.b[i] = into.b[i]! + input
        before += input * m[i]!
        stateGradient[i] = (1 - leak) * total
      }
      kappaGradient = before
    }
    for (let i = 0; i < neurons; i++) into.n[i] = into.n[i]! + kappaGradient * initialState
    if (trainConfidence) gradient[size - 1] = confidenceGradient
  }

  return {
    size,
    outputs,
    evaluate(parameters, gradient) {
      const loss = forward(parameters)
      backward(parameters, gradient)
      return { loss, accuracy: task.accuracy(outputs) }
    },
  }
}
