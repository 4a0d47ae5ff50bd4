import { matrixProduct, transposedMatrix, weightedGram } from '../numerics/linear-algebra.js'
import { addMatrixVector, addVectorMatrix } from '../numerics/matrix.js'
import type { Flow } from './flow.js'

/** The parts of y' = −y + tanh(y·inward + constant)·outward, y a row vector `[d]` that N neurons receive. */
export interface TanhFlow {
  readonly dimension: number
  /** `[d, N]` */
  readonly inward: Float64Array
  /** What the neurons receive besides, `[N]`. */
  readonly constant: Float64Array
  /** `[N, d]`; undefined for the identity, where d = N. */
  readonly outward: Float64Array | undefined
  /** One step, in units of time. */
  readonly leak: number
}

/** The flow with exact derivatives, in steps of its leak. */
export function tanhFlow(parts: TanhFlow): Flow {
  const { dimension, inward, constant, outward, leak } = parts
  const neurons = constant.length
  const rows = transposedMatrix(inward, neurons)
  const drive = (y: Float64Array) => {
    const sum = constant.slice()
    addVectorMatrix(sum, y, inward)
    return sum
  }
  const received = (y: Float64Array) => {
    const sum = new Float64Array(neurons)
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
  return {
    dimension,
    step: leak,
    velocity: y => out(drive(y).map(Math.tanh)).map((value, i) => value - y[i]!),
    jacobian: y => {
      const driven = scaledRows(rows, drive(y).map(tanhSlope))
      return lessIdentity(
        outward === undefined ? driven : transposedProduct(outward, driven, dimension),
        dimension,
      )
    },
    secondDerivative: (y, u, v) => {
      const [alongU, alongV] = [received(u), received(v)]
      return out(drive(y).map((z, k) => tanhBend(z) * alongU[k]! * alongV[k]!))
    },
    weightedHessian: (y, w) => {
      const weight = new Float64Array(neurons)
      if (outward === undefined) weight.set(w)
      else addMatrixVector(weight, outward, w)
      const scale = drive(y).map((z, k) => weight[k]! * tanhBend(z))
      return weightedGram(rows, dimension, scale)
    },
    ...(outward === undefined && {
      energyHessian: (y: Float64Array) => stateEnergyHessian(rows, drive(y), y),
    }),
  }
}

const tanhSlope = (z: number) => 1 - Math.tanh(z) ** 2
const tanhBend = (z: number) => -2 * Math.tanh(z) * (1 - Math.tanh(z) ** 2)

/** For J = D·W − 1 and F = tanh(z) − y: JᵀJ + Σ F_i D²F_i = 1 − D·W − (D·W)ᵀ + Wᵀ(D² + F·tanh″)W, one product instead of two. */
function stateEnergyHessian(rows: Float64Array, z: Float64Array, y: Float64Array): Float64Array {
  const d = y.length
  const weights = z.map((value, i) => tanhSlope(value) ** 2 + (Math.tanh(value) - y[i]!) * tanhBend(value))
  const hessian = weightedGram(rows, d, weights)
  const driven = scaledRows(rows, z.map(tanhSlope))
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < d; j++)
      hessian[i * d + j] = hessian[i * d + j]! - driven[i * d + j]! - driven[j * d + i]!
    hessian[i * (d + 1)] = hessian[i * (d + 1)]! + 1
  }
  return hessian
}

/** diag(scale)·A, for A with as many rows as there are scales. */
function scaledRows(matrix: Float64Array, scale: Float64Array): Float64Array {
  const columns = matrix.length / scale.length
  const scaled = new Float64Array(matrix.length)
  for (let i = 0; i < scale.length; i++) {
    for (let j = 0; j < columns; j++) scaled[i * columns + j] = scale[i]! * matrix[i * columns + j]!
  }
  return scaled
}

/** Aᵀ·B `[d, d]` for A and B `[N, d]`. */
function transposedProduct(a: Float64Array, b: Float64Array, d: number): Float64Array {
  return matrixProduct(transposedMatrix(a, d), b, d)
}

function lessIdentity(matrix: Float64Array, d: number): Float64Array {
  for (let i = 0; i < d; i++) matrix[i * (d + 1)] = matrix[i * (d + 1)]! - 1
  return matrix
}
