import type { AutonomousParameters } from '../models/autonomous.js'
import type { DrivenParameters } from '../models/driven.js'
import type { RankOneParameters } from '../models/rank-one.js'
import type { RecurrentWeights } from '../models/recurrence.js'
import { addMatrixVector, addVectorMatrix } from '../numerics/matrix.js'
import type { Flow } from './flow.js'

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
interface TanhFlow {
  readonly dimension: number
  /** `[d, N]` */
  readonly inward: Float64Array
  /** N inputs that do not depend on the state, `[N]`. */
  readonly constant: Float64Array
  /** `[N, d]`; undefined for the identity, where d = N. */
  readonly outward: Float64Array | undefined
  readonly leak: number
}

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
  const inward = left === undefined ? right : productOf(left, right, dimension)
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

function productOf(left: Float64Array, right: Float64Array, neurons: number): Float64Array {
  const product = new Float64Array(neurons * neurons)
  const rank = left.length / neurons
  for (let i = 0; i < neurons; i++) {
    addVectorMatrix(
      product.subarray(i * neurons, (i + 1) * neurons),
      left.subarray(i * rank, (i + 1) * rank),
      right,
    )
  }
  return product
}

function tanhFlow({ dimension, inward, constant, outward, leak }: TanhFlow): Flow {
  const neurons = constant.length
  const drive = (y: Float64Array) => {
    const sum = constant.slice()
    addVectorMatrix(sum, y, inward)
    return sum
  }
  /** A vector over neurons, brought to the state's coordinates. */
  const out = (rates: Float64Array) => {
    if (outward === undefined) return rates
    const sum = new Float64Array(dimension)
    addVectorMatrix(sum, rates, outward)
    return sum
  }
  const along = (y: Float64Array) => {
    const sum = new Float64Array(neurons)
    addVectorMatrix(sum, y, inward)
    return sum
  }
  return {
    dimension,
    step: leak,
    velocity: y => out(drive(y).map(Math.tanh)).map((value, i) => value - y[i]!),
    jacobian: y => {
      const slope = drive(y).map(tanhSlope)
      const jacobian = new Float64Array(dimension * dimension)
      for (let j = 0; j < dimension; j++) {
        const row = inward.subarray(j * neurons, (j + 1) * neurons)
        const column = out(row.map((weight, k) => weight * slope[k]!))
        for (let i = 0; i < dimension; i++) jacobian[i * dimension + j] = column[i]!
        jacobian[j * dimension + j] = jacobian[j * dimension + j]! - 1
      }
      return jacobian
    },
    secondDerivative: (y, u, v) => {
      const [alongU, alongV] = [along(u), along(v)]
      return out(drive(y).map((z, k) => tanhBend(z) * alongU[k]! * alongV[k]!))
    },
    weightedHessian: (y, w) => {
      const weight = new Float64Array(neurons)
      if (outward === undefined) weight.set(w)
      else addMatrixVector(weight, outward, w)
      const scale = drive(y).map((z, k) => weight[k]! * tanhBend(z))
      return scaledGram(inward, scale, dimension)
    },
  }
}

const tanhSlope = (z: number) => 1 - Math.tanh(z) ** 2
const tanhBend = (z: number) => -2 * Math.tanh(z) * (1 - Math.tanh(z) ** 2)

/** A·diag(scale)·Aᵀ for A `[d, N]`. */
function scaledGram(a: Float64Array, scale: Float64Array, d: number): Float64Array {
  const n = scale.length
  const gram = new Float64Array(d * d)
  const scaled = new Float64Array(n)
  for (let i = 0; i < d; i++) {
    for (let k = 0; k < n; k++) scaled[k] = a[i * n + k]! * scale[k]!
    for (let j = 0; j <= i; j++) {
      let sum = 0
      for (let k = 0; k < n; k++) sum += scaled[k]! * a[j * n + k]!
      gram[i * d + j] = sum
      gram[j * d + i] = sum
    }
  }
  return gram
}
