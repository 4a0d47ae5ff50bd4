import type { DrivenParameters } from '../models/driven.js'
import { readoutThreshold } from '../models/rank-one.js'
import { dot } from '../numerics/matrix.js'
import { answerThreshold } from '../tasks/cue-discrimination.js'
import type { OutputFunction } from '../tasks/task.js'
import { latentOf } from './network-flow.js'

/** What an output says at a state, and where its answer changes. */
export interface Decision {
  /** The output at a state. */
  value(state: Float64Array): number
  /** Outputs at which the answer changes, ascending. */
  readonly levels: readonly number[]
  /** The answers below, between and above the levels: one more than there are levels. */
  readonly answers: readonly string[]
}

/** The answers of an output: a sigmoid's change at one half, those of tanh at ±0.33, as tasks score them. */
const answersOf: Readonly<Record<OutputFunction, Omit<Decision, 'value'>>> = {
  sigmoid: { levels: [0.5], answers: ['0', '1'] },
  tanh: { levels: [-answerThreshold, answerThreshold], answers: ['−1', '0', '+1'] },
}

/**
 * The decision of a driven network, φ(κ·w_out + b_out), at a state `[N]` or at latent variables κ `[K]`; of a network
 * of full rank, whose latent variables are its state, at the state.
 */
export function drivenDecision(parameters: DrivenParameters, outputFunction: OutputFunction): Decision {
  const { recurrent, outputWeights, outputBias } = parameters
  const output = outputFunction === 'tanh' ? Math.tanh : (z: number) => 1 / (1 + Math.exp(-z))
  return {
    value: state => {
      const kappa = state.length === outputWeights.length ? state : latentOf(recurrent, state)
      return output(dot(kappa, outputWeights) + outputBias[0]!)
    },
    ...answersOf[outputFunction],
  }
}

/** The decision of a rank-one network at its latent variable: on above the threshold κ = 1, whatever its confidence. */
export const rankOneDecision: Decision = {
  value: kappa => kappa[0]!,
  levels: [readoutThreshold],
  answers: ['off', 'on'],
}
