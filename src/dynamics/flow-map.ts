import { euclideanNorm, plusScaled } from '../numerics/linear-algebra.js'
import { linspace } from '../numerics/spacing.js'
import {
  distanceOff,
  lift,
  project,
  requireSubspace,
  type Subspace,
  wholeSpace,
} from '../numerics/subspace.js'
import type { Decision } from './decision.js'
import type { Flow } from './flow.js'
import { mapExtent } from './map-extent.js'
import type { SlowPoint } from './slow-point.js'

/**
 * A flow as it looks on a plane or a line through its state space: how fast it is and where it goes on a grid, and
 * what there is to see near it. Of a flow of one or two dimensions that is the whole flow; of one of more it is a
 * section, and what happens off it is said: how much of the velocity leaves it, how far off points and paths lie.
 * Nothing here draws.
 */

/** Coordinates of a state in the section, one for each axis, and its distance from the section. */
export interface Place {
  readonly at: Float64Array
  readonly off: number
}

/** What a map shows of a slow point. */
export type ShownPoint = Pick<SlowPoint, 'kind' | 'position' | 'speed' | 'stable' | 'index' | 'canonicalForm'>

/** A slow point in a map. */
export interface MappedPoint extends Place {
  readonly kind: SlowPoint['kind']
  readonly speed: number
  readonly stable: boolean
  readonly index: number
  /** Of a ghost, in the map's `timeUnit`; undefined of other points. */
  readonly dwell: number | undefined
  /**
   * Coordinates of both ends of a ghost's window: the stretch of the canonical form along which the speed is at
   * most twice that of the ghost, and through which half the passage goes.
   */
  readonly window: readonly [Float64Array, Float64Array] | undefined
}

/** States of one passage, in order of time. */
export interface Path {
  readonly states: readonly Float64Array[]
  /** What it belongs to, such as a class of trials; paths of one name look alike. */
  readonly name?: string
}

/** A path in a map. */
export interface MappedPath {
  readonly name: string | undefined
  readonly places: readonly Place[]
}

/** A flow on a grid. Values on the grid are `[rows · columns]`, the first axis fastest; of a line `[columns]`. */
export interface FlowMap {
  readonly section: Subspace
  /** Dimension of the flow: more than the section has where it is a section only. */
  readonly dimension: number
  /** Coordinates of the grid along each axis, ascending. */
  readonly grid: readonly Float64Array[]
  /** ‖F‖: the full norm, in units of state per time. */
  readonly speed: Float64Array
  /** F along each axis. */
  readonly velocity: readonly Float64Array[]
  /** ‖F − projected F‖/‖F‖, the share of the velocity that leaves the section: 0 … 1, and 0 where F vanishes. */
  readonly leaving: Float64Array
  /** What a decision is taken by; undefined unless asked for. */
  readonly decision: (Omit<Decision, 'value'> & { readonly values: Float64Array }) | undefined
  readonly points: readonly MappedPoint[]
  readonly paths: readonly MappedPath[]
  readonly starts: readonly Place[]
  /** What dwell times are counted in. */
  readonly timeUnit: 'steps' | 'time units'
}

export interface FlowMapOptions {
  /** One or two axes; the state space itself unless given, for flows of one or two dimensions. */
  readonly section?: Subspace
  /** Lowest and highest coordinate along each axis; what is to be seen, with a margin, unless given. */
  readonly extent?: readonly (readonly [number, number])[]
  /** Grid points along each axis; 81 of a plane, 401 of a line unless given. */
  readonly gridPoints?: number
  readonly slowPoints?: readonly ShownPoint[]
  readonly paths?: readonly Path[]
  readonly starts?: readonly Float64Array[]
  /** Shown as regions of equal answer. */
  readonly decision?: Decision
}

/**
 * Maps a flow.
 * @throws RangeError if the section has neither one nor two orthonormal axes in the flow's space, if there is no
 *   extent and nothing to take one from, if an extent is not ascending, or if the flow is not finite on the grid
 */
export function flowMap(flow: Flow, options: FlowMapOptions = {}): FlowMap {
  const { slowPoints = [], paths = [], starts = [], decision } = options
  const section = options.section ?? wholeSpace(flow.dimension)
  const axes = section.axes.length
  if (axes !== 1 && axes !== 2) {
    throw new RangeError(
      `flowMap: a flow of ${flow.dimension} dimensions needs a section of 1 or 2 axes, got ${axes}`,
    )
  }
  requireSubspace('flowMap', section, flow.dimension)
  const place = (state: Float64Array): Place => ({
    at: project(section, state),
    off: axes === flow.dimension ? 0 : distanceOff(section, state),
  })
  const seen = {
    points: slowPoints.map(point => mapPoint(point, section, place, flow.step)),
    paths: paths.map(({ states, name }) => ({ name, places: states.map(place) })),
    starts: starts.map(place),
  }
  const grid = mapExtent(axes, seen, options.extent).map(([low, high]) =>
    linspace(low, high, options.gridPoints ?? defaultGridPoints[axes]),
  )
  const states = gridStates(section, grid)
  return {
    section,
    dimension: flow.dimension,
    grid,
    ...velocities(flow, section, states),
    decision: decision && {
      levels: decision.levels,
      answers: decision.answers,
      values: Float64Array.from(states, decision.value),
    },
    ...seen,
    timeUnit: flow.step === undefined ? 'time units' : 'steps',
  }
}

const defaultGridPoints = { 1: 401, 2: 81 } as const

/** The states of a grid, the first axis fastest. */
function gridStates(section: Subspace, [columns, rows]: readonly Float64Array[]): Float64Array[] {
  if (rows === undefined) return Array.from(columns!, x => lift(section, [x]))
  return Array.from(rows, y => Array.from(columns!, x => lift(section, [x, y]))).flat()
}

function velocities(flow: Flow, section: Subspace, states: readonly Float64Array[]) {
  const directions: Subspace = { centre: new Float64Array(flow.dimension), axes: section.axes }
  const speed = new Float64Array(states.length)
  const leaving = new Float64Array(states.length)
  const velocity = section.axes.map(() => new Float64Array(states.length))
  for (const [i, state] of states.entries()) {
    const full = flow.velocity(state)
    const along = project(directions, full)
    speed[i] = euclideanNorm(full)
    if (!Number.isFinite(speed[i])) {
      throw new RangeError(`flowMap: the flow is not finite at the state ${Array.from(state).join(', ')}`)
    }
    for (const [k, values] of velocity.entries()) values[i] = along[k]!
    const rest = euclideanNorm(plusScaled(full, lift(directions, along), -1))
    leaving[i] = speed[i] === 0 || section.axes.length === flow.dimension ? 0 : Math.min(1, rest / speed[i]!)
  }
  return { speed, velocity, leaving }
}

function mapPoint(
  point: ShownPoint,
  section: Subspace,
  place: (state: Float64Array) => Place,
  step: number | undefined,
): MappedPoint {
  const { kind, position, speed, stable, index, canonicalForm } = point
  const mapped = { ...place(position), kind, speed, stable, index }
  if (kind !== 'ghost' || canonicalForm?.dwellTime === undefined) {
    return { ...mapped, dwell: undefined, window: undefined }
  }
  const { centre, direction, effectiveR, scale, dwellTime } = canonicalForm
  // √(r/a), where a·y² is r: the curvature a is s/r.
  const half = Math.abs(effectiveR) / Math.sqrt(scale)
  const end = (y: number) => project(section, plusScaled(centre, direction, y))
  return { ...mapped, dwell: dwellTime / (step ?? 1), window: [end(-half), end(half)] }
}
