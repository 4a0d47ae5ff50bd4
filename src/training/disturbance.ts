import type { DrivenModel } from '../models/driven.js'
import { counterNormals } from '../numerics/counter-normals.js'

/** What chance does to a driven network in one trial of one epoch. */
export interface Disturbance {
  /** The state before the first step, `[neurons]`. */
  readonly initial: Float64Array
  /** Added to the input of every neuron, `[steps, neurons]`; undefined if there is no noise. */
  readonly noise: Float64Array | undefined
}

/**
 * The disturbance of a trial in an epoch, the same whenever it is asked for; its arrays hold until the next call.
 */
export type NoiseSource = (epoch: number, trial: number) => Disturbance

/** Of a driven network. */
export type NoiseLevels = Pick<DrivenModel, 'neurons' | 'initialNoise' | 'noise'>

/**
 * Initial states tanh(σ_r·N(0, 1)) and noise σ·N(0, 1), a pure function of seed, epoch and trial: no state that a
 * snapshot would have to hold. Step 0 of the noise counter is the initial state, step t + 1 the noise of step t;
 * see numerics/counter-normals.
 *
 * @throws RangeError if `seed` is not a whole number from 0
 */
export function noiseSource(
  { neurons, initialNoise, noise }: NoiseLevels,
  steps: number,
  seed: number,
): NoiseSource {
  const initial = new Float64Array(neurons)
  const perStep = noise > 0 ? new Float64Array(steps * neurons) : undefined
  return (epoch, trial) => {
    if (initialNoise > 0) {
      counterNormals(seed, { epoch, trial, step: 0 }, initial)
      for (let i = 0; i < neurons; i++) initial[i] = Math.tanh(initialNoise * initial[i]!)
    }
    if (perStep !== undefined) {
      for (let t = 0; t < steps; t++) {
        counterNormals(seed, { epoch, trial, step: t + 1 }, perStep.subarray(t * neurons, (t + 1) * neurons))
      }
      for (let i = 0; i < perStep.length; i++) perStep[i] = noise * perStep[i]!
    }
    return { initial, noise: perStep }
  }
}
