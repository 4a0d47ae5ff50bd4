import {
  euclideanNorm,
  matrixVector,
  type Spectrum,
  solve,
  spectrum,
  transposedMatrix,
} from '../numerics/linear-algebra.js'
import { dot } from '../numerics/matrix.js'
import type { Flow } from './flow.js'

/** The direction in which a flow is slow to first order, and what is known of it. */
export interface SlowDirection {
  /** v `[d]`, of length 1, its largest entry positive. */
  readonly direction: Float64Array
  /** l `[d]`, l·v = 1. */
  readonly covector: Float64Array
  /** The eigenvalue nearest 0; of several that vanish together, the value along v. */
  readonly lambda: number
  /** Number of eigenvalues that vanish together. */
  readonly dimension: number
  /** The smallest |Re λ| among the others; infinite if there are none. */
  readonly gap: number
}

/** Eigenvalues below this share of the Jacobian's size are zero, as far as they can be told. */
const rounding = 1e-7
/** Eigenvalues below this share of the rate of a passage, √s, do nothing while it lasts. */
const idle = 1e-3

/**
 * The slow direction at a point. Where several eigenvalues vanish together their directions span a space, and the
 * one taken in it is that of the flow.
 *
 * @returns undefined where the eigenvalue nearest 0 is not real, or its left and right vectors are orthogonal
 * @throws RangeError if the Jacobian is not finite
 */
export function slowDirection(flow: Flow, point: Float64Array): SlowDirection | undefined {
  const d = flow.dimension
  const jacobian = flow.jacobian(point)
  const right = spectrum(jacobian, d)
  const velocity = flow.velocity(point)
  const nearest = nearestToZero(right)
  if (right.imaginary[nearest] !== 0) return undefined
  const bend = Math.max(
    ...[right.vectors[nearest]!, scaledToOne(velocity)].map(
      along => euclideanNorm(flow.secondDerivative(point, along, along)) / 2,
    ),
  )
  const limit = Math.max(rounding * euclideanNorm(jacobian), idle * Math.sqrt(euclideanNorm(velocity) * bend))
  const critical = vanishing(right, nearest, limit)
  const others = Array.from(right.real, Math.abs).filter((_, i) => !critical.includes(i))
  const rightVectors = critical.map(i => right.vectors[i]!)
  const lambda = right.real[critical[0]!]!
  const leftVectors = leftOf(jacobian, right, critical)
  const pair = pairAlong(rightVectors, leftVectors, velocity)
  if (pair === undefined) return undefined
  return {
    ...pair,
    lambda: critical.length === 1 ? lambda : dot(pair.covector, matrixVector(jacobian, pair.direction)),
    dimension: critical.length,
    gap: Math.min(Number.POSITIVE_INFINITY, ...others),
  }
}

const modulusOf = ({ real, imaginary }: Spectrum, i: number) => Math.hypot(real[i]!, imaginary[i]!)

function nearestToZero(eigen: Spectrum): number {
  const moduli = Array.from(eigen.real.keys(), i => modulusOf(eigen, i))
  return moduli.indexOf(Math.min(...moduli))
}

/** The eigenvalue nearest 0 and those that vanish with it. */
function vanishing(eigen: Spectrum, nearest: number, limit: number): number[] {
  if (modulusOf(eigen, nearest) > limit) return [nearest]
  return Array.from(eigen.real.keys()).filter(i => modulusOf(eigen, i) <= limit)
}

/** Left eigenvectors for the same eigenvalues. */
function leftOf(jacobian: Float64Array, { real }: Spectrum, critical: readonly number[]): Float64Array[] {
  const left = spectrum(transposedMatrix(jacobian, real.length), real.length)
  const free = new Set(left.real.keys())
  return critical.map(index => {
    let nearest = -1
    for (const i of free) {
      const off = (k: number) => Math.hypot(left.real[k]! - real[index]!, left.imaginary[k]!)
      if (nearest < 0 || off(i) < off(nearest)) nearest = i
    }
    free.delete(nearest)
    return left.vectors[nearest]!
  })
}

/** v along the flow within the right vectors' span, and l in the left vectors' span with l·v = 1. */
function pairAlong(
  right: readonly Float64Array[],
  left: readonly Float64Array[],
  velocity: Float64Array,
): Pick<SlowDirection, 'direction' | 'covector'> | undefined {
  const count = right.length
  const overlaps = Float64Array.from({ length: count * count }, (_, index) =>
    dot(left[Math.floor(index / count)]!, right[index % count]!),
  )
  const along = Float64Array.from(left, l => dot(l, velocity))
  const still = along.every(value => value === 0)
  const weights =
    count === 1 || still ? Float64Array.from(right, (_, i) => (i === 0 ? 1 : 0)) : solve(overlaps, along)
  if (weights === undefined) return undefined
  const direction = unit(combine(right, weights))
  // Of all covectors with l·v = 1, the one that gives nothing to the other slow directions at right angles to v.
  const projections = Float64Array.from(right, vector => dot(direction, vector))
  const leftWeights = solve(transposedMatrix(overlaps, count), projections)
  if (leftWeights === undefined) return undefined
  const covector = combine(left, leftWeights)
  const overlap = dot(covector, direction)
  if (!(Math.abs(overlap) > 1e-12 * euclideanNorm(covector))) return undefined
  return { direction, covector: covector.map(value => value / overlap) }
}

function combine(vectors: readonly Float64Array[], weights: Float64Array): Float64Array {
  return vectors[0]!.map((_, k) => vectors.reduce((sum, vector, i) => sum + weights[i]! * vector[k]!, 0))
}

/** To length 1; of nothing, nothing. */
function scaledToOne(vector: Float64Array): Float64Array {
  const length = euclideanNorm(vector)
  return length === 0 ? vector : vector.map(value => value / length)
}

/** To length 1 and a positive largest entry. */
function unit(vector: Float64Array): Float64Array {
  const largest = vector.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0)
  const scale = Math.sign(largest) / euclideanNorm(vector)
  return vector.map(value => value * scale)
}
