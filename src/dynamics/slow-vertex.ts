import {
  distance,
  euclideanNorm,
  matrixVector,
  plusScaled,
  solve,
  transposedMatrix,
} from '../numerics/linear-algebra.js'
import { dot } from '../numerics/matrix.js'
import type { Flow } from './flow.js'
import type { SlowDirection } from './slow-direction.js'

/**
 * The vertex of a flow along its slow direction.
 *
 * Along a slow invariant curve γ(y), with y = l·(x − x₀) as its parameter, the flow is y' = g(y) and F(γ) = g·γ'.
 * Two more derivatives, at the vertex g' = 0, give
 *
 *     F = ρ·w,      J·w = ρ·c,      J·c − 2a·w = −D²F[w, w],      l·w = 1,  l·c = 0
 *
 * for its place x, the tangent w = γ', the bend c = γ'', the speed ρ = g and a = g''/2 (a term ρ·γ''' is left out). It is
 * solved by Newton's method in x and ρ, with w and c from bordered systems at each round.
 */
export interface SlowVertex {
  readonly centre: Float64Array
  /** ρ. */
  readonly effectiveR: number
  /** a. */
  readonly curvature: number
  /** w `[d]`, l·w = 1. */
  readonly tangent: Float64Array
}

const mostRounds = 30

/** @returns undefined if the search from `start` does not converge nearby */
export function slowVertex(flow: Flow, slow: SlowDirection, start: Float64Array): SlowVertex | undefined {
  const { direction, covector } = slow
  const size = 1 + euclideanNorm(start)
  let x = start
  let bend: Float64Array = new Float64Array(flow.dimension)
  for (let round = 0; round < mostRounds; round++) {
    const jacobian = flow.jacobian(x)
    const velocity = flow.velocity(x)
    const speed = dot(covector, velocity)
    // J·w + σ·v = ρ·c, l·w = 1: at the vertex σ = 0.
    const tangential = solveBordered(jacobian, direction, covector, scaled(bend, speed), 1)
    const left = solveBordered(
      transposedMatrix(jacobian, flow.dimension),
      covector,
      direction,
      new Float64Array(flow.dimension),
      1,
    )
    if (tangential === undefined || left === undefined) return undefined
    const { vector: tangent, scalar: sigma } = tangential
    const second = flow.secondDerivative(x, tangent, tangent)
    const curved = solveBordered(jacobian, scaled(tangent, -1), covector, scaled(second, -1), 0)
    if (curved === undefined) return undefined
    bend = curved.vector
    const slope = slopeOfSigma(flow, x, tangent, left.vector)
    const move = solveBordered(
      jacobian,
      scaled(tangent, -1),
      slope,
      plusScaled(scaled(tangent, speed), velocity, -1),
      -sigma,
    )
    if (move === undefined) return undefined
    x = plusScaled(x, move.vector, 1)
    const step = euclideanNorm(move.vector)
    if (!Number.isFinite(step) || distance(x, start) > size) return undefined
    // The first round knows nothing of the bend yet.
    if (round > 0 && step <= 1e-12 * size)
      return { centre: x, effectiveR: speed, curvature: curved.scalar / 2, tangent }
  }
  return undefined
}

/** ∇σ, for σ as the scalar of the bordered system with tangent w and left vector p: −(Σ p_i D²F_i)·w. */
function slopeOfSigma(flow: Flow, x: Float64Array, tangent: Float64Array, left: Float64Array): Float64Array {
  return scaled(matrixVector(flow.weightedHessian(x, left), tangent), -1)
}

/** Solves A·x + column·s = b, row·x = end. */
function solveBordered(
  matrix: Float64Array,
  column: Float64Array,
  row: Float64Array,
  b: Float64Array,
  end: number,
): { readonly vector: Float64Array; readonly scalar: number } | undefined {
  const d = b.length
  const bordered = new Float64Array((d + 1) ** 2)
  for (let i = 0; i < d; i++) {
    bordered.set(matrix.subarray(i * d, (i + 1) * d), i * (d + 1))
    bordered[i * (d + 1) + d] = column[i]!
  }
  bordered.set(row, d * (d + 1))
  const solution = solve(bordered, Float64Array.of(...b, end))
  return solution && { vector: solution.slice(0, d), scalar: solution[d]! }
}

function scaled(vector: Float64Array, factor: number): Float64Array {
  return vector.map(value => value * factor)
}
