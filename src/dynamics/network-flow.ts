import type { AutonomousParameters } from '../models/autonomous.js'
import type { DrivenParameters } from '../models/driven.js'
import type { RankOneParameters } from '../models/rank-one.js'
import type { RecurrentWeights } from '../models/recurrence.js'
import { matrixProduct } from '../numerics/linear-algebra.js'
import { addVectorMatrix } from '../numerics/matrix.js'
import type { Flow } from './flow.js'
import { tanhFlow } from './tanh-flow.js'

/**
 * The flows of leaky tanh networks. In units of the time constant, a network with recurrent weights left·right
 * (a row vector x acts from the left) and a constant input c moves by
 *
 *     x' = −x + tanh(x·left·right + c)                          the state, N-dimensional
 *     κ' = −κ + tanh(κ·right + c)·left,      κ = x·left         the latent flow, K-dimensional
 *
 * The second follows exactly from the first: rank K networks are K-dimensional systems that N neurons watch. Both
 * are y' = −y + tanh(y·in + c)·out, one with out = 1, the other with in = right. One step of a network is α, its
 * leak, in these units. Derivatives are exact.
 */

/** Parameters of any network as its flow needs them. */
export interface NetworkWeights {
  readonly recurrent: RecurrentWeights
  /** What every neuron receives besides the recurrent input: bias and constant input, `[N]`. */
  readonly constant: Float64Array
  /** α in (0, 1], one step in units of the time constant. */
  readonly leak: number
}

/** The flow of a network's state `[N]`. */
export function stateFlow({ recurrent, constant, leak }: NetworkWeights): Flow {
  const dimension = constant.length
  const { left, right } = recurrent
  const inward = left === undefined ? right : matrixProduct(left, right, dimension)
  return tanhFlow({ dimension, inward, constant, outward: undefined, leak })
}

/** The flow of a network's latent variables `[K]`; of a network of full rank, whose latent variables are its state, the state's. */
export function latentNetworkFlow(weights: NetworkWeights): Flow {
  const { recurrent, constant, leak } = weights
  const { left, right } = recurrent
  if (left === undefined) return stateFlow(weights)
  return tanhFlow({ dimension: right.length / constant.length, inward: right, constant, outward: left, leak })
}

/** Latent variables κ = x·left `[K]` of a state `[N]`; the state itself at full rank. */
export function latentOf({ left }: RecurrentWeights, state: Float64Array): Float64Array {
  if (left === undefined) return state.slice()
  const kappa = new Float64Array(left.length / state.length)
  addVectorMatrix(kappa, state, left)
  return kappa
}

/** The state `[N]` to which neurons relax while the latent variables are held: tanh(κ·right + c). */
export function stateOf({ recurrent, constant }: NetworkWeights, kappa: Float64Array): Float64Array {
  const drive = constant.slice()
  addVectorMatrix(drive, kappa, recurrent.right)
  return drive.map(Math.tanh)
}

/** What the flow of a rank-one network needs: κ = n·x enters neuron i as m_i κ + b_i. */
export function rankOneWeights({ m, n, b }: RankOneParameters, leak: number): NetworkWeights {
  return { recurrent: { left: n, right: m }, constant: b, leak }
}

/** What the flow of an autonomous network needs. */
export function autonomousWeights({ recurrent, b }: AutonomousParameters, leak: number): NetworkWeights {
  return { recurrent, constant: b, leak }
}

/** What the flow of a driven network under a constant input u needs. */
export function drivenWeights(
  { recurrent, inputWeights, inputBias }: DrivenParameters,
  leak: number,
  input = 0,
): NetworkWeights {
  return { recurrent, constant: inputBias.map((bias, i) => bias + input * inputWeights[i]!), leak }
}
