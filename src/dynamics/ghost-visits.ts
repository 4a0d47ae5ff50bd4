import { distance, euclideanNorm, matrixVector, plusScaled } from '../numerics/linear-algebra.js'
import type { Flow } from './flow.js'
import { coreHalfWidth, type GhostPoint, passageCoordinate } from './ghost-tests.js'
import { type EigenvalueCrossing, eigenvalueCrossings } from './spectral-path.js'
import type { SpeedMinimum } from './speed-minima.js'
import { stateAt, type TrajectoryCurve } from './trajectory-curve.js'

/** One passage of a trajectory through a ghost. */
export interface GhostVisit {
  /** When the trajectory is slowest. */
  readonly time: number
  /** The state then, `[d]`. */
  readonly state: Float64Array
  /** ‖F‖ then. */
  readonly speed: number
  /** ½‖F‖² then. */
  readonly energy: number
  /** ‖state − position of the ghost‖. */
  readonly distance: number
  /** When the trajectory enters and leaves the ghost's window, as far as it goes. */
  readonly from: number
  readonly to: number
  /** Measured time through the window; undefined unless the trajectory enters it on one side and leaves on the other. */
  readonly passageTime: number | undefined
  /** The eigenvalues that pass through zero within the window. */
  readonly crossings: readonly EigenvalueCrossing[]
}

/** A visit may be this many times as fast as the vertex. */
const fastest = 5
/** A trajectory that moves less than this share of the core's half-width shows no bottleneck. */
const leastShare = 0.5
/** How far the velocity may be from its expansion, as a share of itself. */
const expansionTolerance = 0.5

/**
 * The passage of a curve through a ghost's window |y| ≤ halfWidth around a minimum of its speed.
 *
 * @returns the visit, or in words why the trajectory does not visit the ghost
 */
export function visitOf(
  flow: Flow,
  curve: TrajectoryCurve,
  ghost: GhostPoint,
  halfWidth: number,
  minimum: SpeedMinimum,
): GhostVisit | string {
  const { state, speed, time } = minimum
  const coordinate = (at: number) => passageCoordinate(ghost.canonicalForm, stateAt(curve, at))
  const far = `at distance ${distance(state, ghost.position).toPrecision(3)}`
  if (!expansionHolds(flow, ghost.position, state)) return `the trajectory passes by it ${far}`
  const passage = throughWindow(curve, coordinate, halfWidth, time)
  const core = coreHalfWidth(ghost.canonicalForm)
  const y = coordinate(time)
  if (Math.abs(y) > core && !(passage.start < 0 && passage.end > 0)) {
    return y < 0 ? `the trajectory does not get there, ${far}` : `the trajectory comes in behind it, ${far}`
  }
  if (passage.end - passage.start < leastShare * core)
    return 'the trajectory is too short to show that it passes it'
  const times = speed / Math.abs(ghost.canonicalForm.effectiveR)
  if (!(times <= fastest))
    return `the trajectory passes it ${times.toPrecision(3)} times as fast as the ghost would`
  const { from, to } = passage
  return {
    time,
    state,
    speed,
    energy: speed ** 2 / 2,
    distance: distance(state, ghost.position),
    from,
    to,
    passageTime: passage.whole ? to - from : undefined,
    crossings: to > from ? eigenvalueCrossings(flow, at => stateAt(curve, at), from, to) : [],
  }
}

/**
 * Whether a state is near enough to a place for the flow there to follow from its expansion of second order at the place,
 * and for the quadratic term of that to be at most `mostBend` times the linear one.
 */
export function expansionHolds(
  flow: Flow,
  centre: Float64Array,
  state: Float64Array,
  mostBend?: number,
): boolean {
  const away = plusScaled(state, centre, -1)
  const jacobian = flow.jacobian(centre)
  const linear = matrixVector(jacobian, away)
  const bend = flow.secondDerivative(centre, away, away).map(value => value / 2)
  const velocity = flow.velocity(state)
  const expansion = plusScaled(plusScaled(flow.velocity(centre), linear, 1), bend, 1)
  // Where both vanish to rounding the state is the centre.
  const rounding = 1e-12 * euclideanNorm(jacobian) * (1 + euclideanNorm(centre))
  const error = distance(velocity, expansion) - rounding
  return (
    error <= expansionTolerance * euclideanNorm(velocity) &&
    (mostBend === undefined || euclideanNorm(bend) - rounding <= mostBend * euclideanNorm(linear))
  )
}

interface WindowPassage {
  readonly from: number
  readonly to: number
  /** y at either end. */
  readonly start: number
  readonly end: number
  /** Whether the trajectory comes in over the lower edge and goes out over the upper. */
  readonly whole: boolean
}

/** A step from outside the window to this share of its half-width inside has not come over its edge: it is a jump. */
const jump = 0.5

/** The longest stretch of time around one moment in which the coordinate stays within the window. */
function throughWindow(
  curve: TrajectoryCurve,
  coordinate: (time: number) => number,
  halfWidth: number,
  time: number,
): WindowPassage {
  const { times } = curve
  const inside = (at: number) => Math.abs(coordinate(at)) <= halfWidth
  let after = times.findIndex(t => t > time)
  if (after < 0) after = times.length
  let before = after - 1
  let [from, to] = [time, time]
  while (before >= 0 && inside(times[before]!)) from = times[before--]!
  while (after < times.length && inside(times[after]!)) to = times[after++]!
  const over = (within: number, outside: number | undefined, segment: number): number | undefined => {
    if (outside === undefined) return undefined
    const leap = Math.abs(coordinate(outside) - coordinate(within)) > jump * halfWidth
    if (leap && (curve.stepwise || curve.broken[segment])) return undefined
    return edgeBetween(inside, within, outside)
  }
  const entrance = over(from, times[before], before)
  const exit = over(to, times[after], after - 1)
  const [start, end] = [coordinate(entrance ?? from), coordinate(exit ?? to)]
  const whole = entrance !== undefined && exit !== undefined && start < 0 && end > 0
  return { from: entrance ?? from, to: exit ?? to, start, end, whole }
}

function edgeBetween(inside: (time: number) => boolean, within: number, outside: number): number {
  let [low, high] = [within, outside]
  for (let round = 0; round < 50; round++) {
    const middle = (low + high) / 2
    if (inside(middle)) low = middle
    else high = middle
  }
  return low
}
