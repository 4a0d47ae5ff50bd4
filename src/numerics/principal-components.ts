import { Matrix, SingularValueDecomposition } from 'ml-matrix'
import type { Subspace } from './subspace.js'

/** The directions in which states vary most, as axes through their mean. */
export interface PrincipalComponents extends Subspace {
  /** Variance along each axis, over n − 1 states; descending. */
  readonly variances: Float64Array
  /** Share of the variance along all directions that each axis explains. */
  readonly shares: Float64Array
}

/**
 * The first principal components of states, from the singular values of the centred states. An axis has no sign
 * of its own: each is given the one that makes its largest entry positive, the first of equals.
 *
 * @param states `n` states `[d]`
 * @param count how many components
 * @throws RangeError if there are too few states or dimensions for so many components, if states differ in length,
 *   hold a value that is not finite, are all the same, or vary in fewer directions than there are components
 */
export function principalComponents(states: readonly Float64Array[], count: number): PrincipalComponents {
  const d = requireStates(states, count)
  const centre = meanOf(states, d)
  const centred = states.map(state => Array.from(state, (value, i) => value - centre[i]!))
  // What is left of equal states is the rounding of their mean.
  const rounding = states.length * Number.EPSILON * largestOf(states)
  if (largestOf(centred) <= rounding) {
    throw new RangeError('principalComponents: the states are all the same')
  }
  const decomposition = new SingularValueDecomposition(new Matrix(centred), {
    computeLeftSingularVectors: false,
    autoTranspose: true,
  })
  const singular = decomposition.diagonal
  const directions = singular.filter(
    value => value > singular[0]! * Number.EPSILON * Math.max(states.length, d),
  )
  if (directions.length < count) {
    throw new RangeError(
      `principalComponents: ${count} components asked for, but the states vary in ${directions.length} directions only`,
    )
  }
  const total = singular.reduce((sum, value) => sum + value * value, 0)
  const right = decomposition.rightSingularVectors
  return {
    centre,
    axes: Array.from({ length: count }, (_, k) => withSign(Float64Array.from(right.getColumn(k)))),
    variances: Float64Array.from(singular.slice(0, count), value => (value * value) / (states.length - 1)),
    shares: Float64Array.from(singular.slice(0, count), value => (value * value) / total),
  }
}

/** The states' dimension. */
function requireStates(states: readonly Float64Array[], count: number): number {
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new RangeError(`principalComponents: count must be a whole number from 1, got ${count}`)
  }
  if (states.length <= count) {
    throw new RangeError(
      `principalComponents: ${count} components need at least ${count + 1} states, got ${states.length}`,
    )
  }
  const d = states[0]!.length
  if (d < count) throw new RangeError(`principalComponents: ${d} dimensions have no ${count} components`)
  for (const [index, state] of states.entries()) {
    if (state.length !== d) {
      throw new RangeError(`principalComponents: state ${index} has ${state.length} values, state 0 has ${d}`)
    }
    const wrong = state.findIndex(value => !Number.isFinite(value))
    if (wrong >= 0) {
      throw new RangeError(`principalComponents: state ${index} holds ${state[wrong]} at index ${wrong}`)
    }
  }
  return d
}

function largestOf(rows: readonly ArrayLike<number>[]): number {
  let largest = 0
  for (const row of rows) for (let i = 0; i < row.length; i++) largest = Math.max(largest, Math.abs(row[i]!))
  return largest
}

function meanOf(states: readonly Float64Array[], d: number): Float64Array {
  const mean = new Float64Array(d)
  for (const state of states) for (let i = 0; i < d; i++) mean[i] = mean[i]! + state[i]! / states.length
  return mean
}

/** Entries this close to the largest, relative to it, count as its equals. */
const tie = 1e-9

function withSign(axis: Float64Array): Float64Array {
  const largest = largestOf([axis])
  const leading = axis.find(value => Math.abs(value) >= (1 - tie) * largest)!
  return leading < 0 ? axis.map(value => -value) : axis
}
