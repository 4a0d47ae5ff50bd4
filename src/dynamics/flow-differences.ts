import { matrixVector, plusScaled, transposedVector } from '../numerics/linear-algebra.js'
import type { Flow } from './flow.js'

type Derivatives = Pick<Flow, 'jacobian' | 'secondDerivative' | 'weightedHessian'>
type OfState = (x: Float64Array) => Float64Array

/**
 * Central differences of fourth order, (8(f₁ − f₋₁) − (f₂ − f₋₂))/12h: the error of the formula is of order h⁴,
 * that of rounding of order ε/h, so h = ε^(1/5)·size makes both about 1e-13 relative. Second derivatives from
 * values alone lose more, and get the step ε^(1/6) and errors of about 1e-10.
 */
const firstStep = Number.EPSILON ** (1 / 5)
const secondStep = Number.EPSILON ** (1 / 6)

/** Derivatives of a velocity by differences, of its Jacobian where that is known. */
export function flowFromDifferences({
  velocity,
  jacobian: knownJacobian,
  scale,
}: {
  readonly velocity: OfState
  readonly jacobian: OfState | undefined
  /** Typical size of the state's coordinates. */
  readonly scale: number
}): Derivatives {
  const jacobian = knownJacobian ?? (x => columnsByDifferences(velocity, x, scale))
  return {
    jacobian,
    secondDerivative: (x, u, v) => {
      const along = knownJacobian && ((at: Float64Array) => matrixVector(knownJacobian(at), v))
      if (along !== undefined) return derivativeAlong(along, x, u, scale)
      // Polarisation: the mixed derivative from two pure ones.
      const plus = secondAlong(velocity, x, plusScaled(u, v, 1), scale)
      const minus = secondAlong(velocity, x, plusScaled(u, v, -1), scale)
      return plus.map((value, i) => (value - minus[i]!) / 4)
    },
    weightedHessian: (x, w) => {
      const gradient = (at: Float64Array) => transposedVector(jacobian(at), w)
      return symmetrised(columnsByDifferences(gradient, x, scale), x.length)
    },
  }
}

/** A step in proportion to a coordinate, so that x + h − x is h exactly. */
function stepAt(x: number, relative: number, scale: number): number {
  const step = relative * Math.max(scale, Math.abs(x))
  return x + step - x
}

/** The matrix of ∂f_i/∂x_j, `[rows, dimension]`. */
function columnsByDifferences(f: OfState, x: Float64Array, scale: number): Float64Array {
  const dimension = x.length
  const matrix = new Float64Array(dimension * dimension)
  const at = x.slice()
  for (let j = 0; j < dimension; j++) {
    const h = stepAt(x[j]!, firstStep, scale)
    const value = (multiple: number) => {
      at[j] = x[j]! + multiple * h
      return f(at)
    }
    const [far, near, back, farBack] = [value(2), value(1), value(-1), value(-2)]
    at[j] = x[j]!
    for (let i = 0; i < dimension; i++) {
      matrix[i * dimension + j] = (8 * (near[i]! - back[i]!) - (far[i]! - farBack[i]!)) / (12 * h)
    }
  }
  return matrix
}

/** Df(x)u. */
function derivativeAlong(f: OfState, x: Float64Array, u: Float64Array, scale: number): Float64Array {
  const h = stepAlong(x, u, firstStep, scale)
  if (h === 0) return x.map(() => 0)
  const [far, near, back, farBack] = [2, 1, -1, -2].map(multiple => f(plusScaled(x, u, multiple * h)))
  return near!.map((value, i) => (8 * (value - back![i]!) - (far![i]! - farBack![i]!)) / (12 * h))
}

/** D²f(x)[u, u], of fourth order. */
function secondAlong(f: OfState, x: Float64Array, u: Float64Array, scale: number): Float64Array {
  const h = stepAlong(x, u, secondStep, scale)
  const centre = f(x)
  if (h === 0) return centre.map(() => 0)
  const [far, near, back, farBack] = [2, 1, -1, -2].map(multiple => f(plusScaled(x, u, multiple * h)))
  return near!.map((value, i) => {
    const inner = value + back![i]! - 2 * centre[i]!
    const outer = far![i]! + farBack![i]! - 2 * centre[i]!
    return (16 * inner - outer) / (12 * h * h)
  })
}

/** A step along a direction whose size, in the state's own units, is that of `stepAt`; 0 along nothing. */
function stepAlong(x: Float64Array, u: Float64Array, relative: number, scale: number): number {
  const largest = (vector: Float64Array) => vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const length = largest(u)
  return length === 0 ? 0 : (relative * Math.max(scale, largest(x))) / length
}

function symmetrised(matrix: Float64Array, d: number): Float64Array {
  return matrix.map((value, index) => (value + matrix[(index % d) * d + Math.floor(index / d)]!) / 2)
}
