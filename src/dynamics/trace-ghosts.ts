/**
 * Ghosts along a trajectory.
 *
 * Every local minimum of the speed along the trajectory is a candidate. From there ½‖F‖² is descended to its nearest
 * minimum, which is a fixed point, a ghost or neither; and the trajectory passes through that place, or only by it. So a
 * slow passage counts as a ghost for what the flow is there, not for how slow it is: slowing down towards a fixed point,
 * passing a saddle, or creeping along the slow branch of a relaxation oscillation is rejected, with the reason.
 */
import { distance, euclideanNorm, spectrum } from '../numerics/linear-algebra.js'
import { argumentError } from '../numerics/require-number.js'
import { windowPassageTime } from '../theory/saddle-node.js'
import type { Flow } from './flow.js'
import { coreHalfWidth, type GhostPoint, grows, judgeMinimum } from './ghost-tests.js'
import { expansionHolds, type GhostVisit, visitOf } from './ghost-visits.js'
import type { Trajectory } from './integrate.js'
import { type MinimumSearch, minimiseSpeed } from './minimise-speed.js'
import { type SpeedMinimum, speedMinima } from './speed-minima.js'
import { curveOf, type TrajectoryCurve } from './trajectory-curve.js'
import { onScaleOf, typicalSize } from './typical-size.js'

export interface TraceOptions {
  /** Half the width of the window in which passages are timed, in units of y; three times √(r/a) unless given. */
  readonly halfWidth?: number
  /** `[d]` periods of the coordinates, Infinity where there is none: ghosts whole periods apart are one. */
  readonly periods?: ArrayLike<number>
}

/** The stretch |y| ≤ halfWidth along a ghost's passage in which visits are timed. */
export interface PassageWindow {
  /** In units of y, the state along the slow direction. */
  readonly halfWidth: number
  /** The time that y' = r + a·y² takes from one edge to the other. */
  readonly predictedTime: number
}

/** A ghost that a trajectory visits. */
export interface TracedGhost extends GhostPoint {
  readonly window: PassageWindow
  /** In order; more than one if the trajectory comes back. */
  readonly visits: readonly GhostVisit[]
}

/** A minimum of the speed along a trajectory that is no ghost. */
export interface RejectedMinimum extends SpeedMinimum {
  readonly reason: string
}

export interface GhostTrace {
  /** In the order of their first visits. */
  readonly ghosts: readonly TracedGhost[]
  /** In order of time; of several in a row with the same reason, the slowest. */
  readonly rejected: readonly RejectedMinimum[]
  /** What may make the result unreliable. */
  readonly warnings: readonly string[]
}

/** The window's half-width in units of √(r/a): its edges are passed ten times as fast as its middle. */
const windowHalfWidth = 3
const mostSearchSteps = 150

/**
 * Finds the ghosts that a trajectory of a flow visits. The trajectory may come from `integrate`, from `iterate` or from
 * elsewhere; coarse samples are filled in by integrating the flow between them.
 *
 * @throws RangeError if times and states do not make a trajectory of the flow, or an option is not what it must be
 */
export function traceGhosts(given: Flow, trajectory: Trajectory, options: TraceOptions = {}): GhostTrace {
  requireOptions(given, options)
  const curve = curveOf(given, trajectory)
  const flow = onScaleOf(given, curve.states)
  const size = typicalSize(curve.states)
  const ghosts: Found[] = []
  const rejected: RejectedMinimum[] = []
  // A noisy trajectory has many minima beside one another, which need no descent each.
  let near: Descent | undefined
  for (const minimum of speedMinima(flow, curve)) {
    if (ghosts.some(({ visits }) => visits.some(visit => isWithin(visit, minimum)))) continue
    if (near === undefined || !leadsAlike(flow, near, minimum.state))
      near = descend(flow, minimum.state, size)
    const verdict = judge(flow, curve, minimum, near, options)
    if (typeof verdict !== 'string') addVisit(ghosts, verdict, options.periods)
    else if (rejected.at(-1)?.reason !== verdict) rejected.push({ ...minimum, reason: verdict })
    else if (minimum.speed < rejected.at(-1)!.speed)
      rejected[rejected.length - 1] = { ...minimum, reason: verdict }
  }
  return {
    ghosts: ghosts.map(({ ghost, window, visits }) => ({ ...ghost, window, visits })),
    rejected,
    warnings: warningsOf(curve, ghosts),
  }
}

interface Found {
  readonly ghost: GhostPoint
  readonly window: PassageWindow
  readonly visits: GhostVisit[]
}

/** A ripple on a visit that is known already. */
const isWithin = ({ from, to, speed }: GhostVisit, minimum: SpeedMinimum) =>
  from <= minimum.time && minimum.time <= to && minimum.speed >= speed

/** Where ½‖F‖² leads from a state. */
interface Descent {
  readonly start: Float64Array
  /** The distance it leads. */
  readonly reach: number
  readonly search: MinimumSearch
  /** The ghost there, or why there is none; undefined unless it is a minimum. */
  readonly ghost: GhostPoint | string | undefined
}

function descend(flow: Flow, start: Float64Array, size: number): Descent {
  const bound = 1000 * (size + euclideanNorm(start))
  const search = minimiseSpeed(flow, start, { bound, mostSteps: mostSearchSteps, size })
  const { outcome, position, speed } = search
  const ghost = outcome === 'minimum' ? judgeMinimum(flow, position, speed) : undefined
  return { start, reach: distance(start, position), search, ghost }
}

/** Whether a descent from a state would lead where another did, which began next to it or ended at the fixed point it is beside. */
function leadsAlike(flow: Flow, { start, reach, search }: Descent, state: Float64Array): boolean {
  if (distance(state, start) <= 0.01 * reach) return true
  return search.outcome === 'fixed point' && isBeside(flow, search.position, state)
}

function judge(
  flow: Flow,
  curve: TrajectoryCurve,
  minimum: SpeedMinimum,
  { search, ghost }: Descent,
  options: TraceOptions,
): Found | string {
  const place = pointText(search.position)
  if (search.outcome === 'fixed point') return fixedPointText(flow, curve, search, minimum)
  if (ghost === undefined) return `½‖F‖² has no minimum near: ${search.reason} at ${place}`
  if (typeof ghost === 'string') return `the minimum of ½‖F‖² at ${place} is no ghost: ${ghost}`
  const window = windowOf(ghost, options.halfWidth)
  const visit = visitOf(flow, curve, ghost, window.halfWidth, minimum)
  if (typeof visit === 'string') return `the nearest minimum of ½‖F‖² is the ghost at ${place}, but ${visit}`
  return { ghost, window, visits: [visit] }
}

function windowOf({ canonicalForm }: GhostPoint, given: number | undefined): PassageWindow {
  const { effectiveR, scale } = canonicalForm
  const halfWidth = given ?? windowHalfWidth * coreHalfWidth(canonicalForm)
  return { halfWidth, predictedTime: windowPassageTime(effectiveR, scale / effectiveR, halfWidth, halfWidth) }
}

function fixedPointText(
  flow: Flow,
  curve: TrajectoryCurve,
  { position }: MinimumSearch,
  { state, at }: SpeedMinimum,
): string {
  const eigen = spectrum(flow.jacobian(position), flow.dimension)
  const growing = Array.from(eigen.real.keys()).filter(i => grows(flow, eigen, i)).length
  const kind =
    growing === 0
      ? 'stable fixed point'
      : growing < flow.dimension
        ? `saddle (${growing} of ${flow.dimension} directions grow)`
        : 'unstable fixed point'
  const named = `the ${kind} at ${pointText(position)}`
  // Next to a half-stable point the flow is quadratic from the outset.
  if (!(at === 'end' ? expansionHolds(flow, position, state) : isBeside(flow, position, state))) {
    const far = distance(state, position).toPrecision(3)
    return `½‖F‖² has no minimum near: the descent ends at ${named}, at distance ${far}`
  }
  if (at === 'start') return `starts beside ${named}`
  if (growing > 0) return `passes ${named}`
  return isBeside(flow, position, curve.states.at(-1)!) ? `arrives at ${named}` : `is drawn to ${named}`
}

/** Whether the flow at a state is nearly linear around the fixed point. */
const isBeside = (flow: Flow, fixedPoint: Float64Array, state: Float64Array) =>
  expansionHolds(flow, fixedPoint, state, 0.5)

/** Adds a visit to its ghost, which is there already if it was met before. */
function addVisit(ghosts: Found[], found: Found, periods: ArrayLike<number> | undefined): void {
  const near = (other: Found) =>
    distanceModulo(other.ghost.position, found.ghost.position, periods) <=
    0.1 * coreHalfWidth(found.ghost.canonicalForm)
  const known = ghosts.find(near)
  if (known === undefined) {
    ghosts.push(found)
    return
  }
  const [visit] = found.visits as [GhostVisit]
  const same = known.visits.findIndex(({ from, to }) => visit.from <= to && from <= visit.to)
  if (same < 0) known.visits.push(visit)
  else if (visit.speed < known.visits[same]!.speed) known.visits[same] = visit
}

function distanceModulo(a: Float64Array, b: Float64Array, periods: ArrayLike<number> | undefined): number {
  const apart = a.map((value, i) => {
    const period = periods?.[i] ?? Number.POSITIVE_INFINITY
    const difference = value - b[i]!
    return Number.isFinite(period) ? difference - period * Math.round(difference / period) : difference
  })
  return Math.hypot(...apart)
}

function warningsOf({ times, broken }: TrajectoryCurve, ghosts: readonly Found[]): string[] {
  const count = broken.filter(Boolean).length
  const first = times[broken.indexOf(true)]
  const warnings =
    count > 0.1 * broken.length
      ? [
          `the trajectory does not follow the flow in ${count} of ${broken.length} segments, first after time ${first}`,
        ]
      : []
  for (const { ghost, visits } of ghosts) {
    for (const { from, to } of visits) {
      if (!broken.some((value, i) => value && times[i]! < to && times[i + 1]! > from)) continue
      warnings.push(
        `the trajectory does not follow the flow all the way through the ghost at ${pointText(ghost.position)} between ` +
          `times ${from.toPrecision(4)} and ${to.toPrecision(4)}: the times there are those of samples`,
      )
    }
  }
  return warnings
}

function pointText(point: Float64Array): string {
  const rounding = 1e-9 * (1 + euclideanNorm(point))
  const shown = Array.from(point.subarray(0, 4), value =>
    Math.abs(value) < rounding ? '0' : `${Number(value.toPrecision(4))}`,
  )
  return `(${shown.join(', ')}${point.length > 4 ? ', …' : ''})`
}

function requireOptions({ dimension }: Flow, { halfWidth, periods }: TraceOptions): void {
  if (halfWidth !== undefined && !(halfWidth > 0 && Number.isFinite(halfWidth))) {
    throw argumentError('traceGhosts', 'halfWidth', 'positive and finite', halfWidth)
  }
  if (periods === undefined) return
  if (periods.length !== dimension)
    throw argumentError('traceGhosts', 'periods', `${dimension} numbers`, periods.length)
  if (!Array.from(periods).every(period => period > 0)) {
    throw argumentError(
      'traceGhosts',
      'periods',
      'positive, Infinity where there is none',
      Array.from(periods),
    )
  }
}
