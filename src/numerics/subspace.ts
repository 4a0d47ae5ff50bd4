import { dot } from './matrix.js'

/** A line, a plane or more in state space: a point and orthonormal axes through it. */
export interface Subspace {
  /** `[d]`: where all coordinates are 0. */
  readonly centre: Float64Array
  /** Each `[d]`, of length 1 and at right angles to the others. */
  readonly axes: readonly Float64Array[]
}

/** The whole of a space, in its own coordinates. */
export function wholeSpace(dimension: number): Subspace {
  const axis = (k: number) => Float64Array.from({ length: dimension }, (_, i) => (i === k ? 1 : 0))
  return { centre: new Float64Array(dimension), axes: Array.from({ length: dimension }, (_, k) => axis(k)) }
}

/** Coordinates of the point of the subspace that is nearest to a state `[d]`, one for each axis. */
export function project({ centre, axes }: Subspace, state: Float64Array): Float64Array {
  const offset = state.map((value, i) => value - centre[i]!)
  return Float64Array.from(axes, axis => dot(offset, axis))
}

/** The state `[d]` at coordinates: centre + Σ cₖ axisₖ. */
export function lift({ centre, axes }: Subspace, coordinates: ArrayLike<number>): Float64Array {
  const state = centre.slice()
  for (const [k, axis] of axes.entries()) {
    for (let i = 0; i < state.length; i++) state[i] = state[i]! + coordinates[k]! * axis[i]!
  }
  return state
}

/** Distance of a state `[d]` from the subspace. */
export function distanceOff(subspace: Subspace, state: Float64Array): number {
  const foot = lift(subspace, project(subspace, state))
  return Math.hypot(...state.map((value, i) => value - foot[i]!))
}

/** How far the axes may be from orthonormal. */
const tolerance = 1e-9

/** @throws RangeError unless the subspace lies in `dimension` dimensions and its axes are orthonormal */
export function requireSubspace(caller: string, { centre, axes }: Subspace, dimension: number): void {
  const lengths = [centre, ...axes].map(({ length }) => length)
  if (lengths.some(length => length !== dimension)) {
    throw new RangeError(
      `${caller}: centre and axes must have ${dimension} coordinates, got ${lengths.join(', ')}`,
    )
  }
  for (const [i, axis] of axes.entries()) {
    for (let j = 0; j <= i; j++) {
      const product = dot(axis, axes[j]!)
      if (Math.abs(product - (i === j ? 1 : 0)) <= tolerance) continue
      throw new RangeError(`${caller}: axes must be orthonormal, but axis ${i} times axis ${j} is ${product}`)
    }
  }
}
