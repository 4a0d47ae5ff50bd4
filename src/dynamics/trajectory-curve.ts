/**
 * A trajectory as a curve that can be read at any time.
 *
 * Between two samples the curve is the cubic that has their states and velocities (Hermite). Where the cubic does
 * not move as the flow does, because the samples are far apart, the flow is integrated from one sample to the next and
 * the steps are put between them. Where that does not lead to the next sample the trajectory is not the flow's there: it
 * jumps (a neuron that is reset), or it carries noise. Such a segment is broken: nothing is read between its ends. The
 * segments of a map are all whole, and what is read between two iterates lies on the line through them.
 */
import { distance, euclideanNorm, plusScaled } from '../numerics/linear-algebra.js'
import type { Flow } from './flow.js'
import { integrate, type Trajectory } from './integrate.js'

/** A trajectory, finer than its samples where they are far apart. */
export interface TrajectoryCurve {
  readonly times: readonly number[]
  readonly states: readonly Float64Array[]
  readonly velocities: readonly Float64Array[]
  /** By segment: whether the trajectory does not follow the flow there. */
  readonly broken: readonly boolean[]
  /** Whether it moves in steps. */
  readonly stepwise: boolean
}

/** How far the cubic's velocity halfway may be from the flow's, as a share of the larger. */
const cubicTolerance = 0.03
/**
 * How far the flow may end beside the next sample: by a share of the way, or what a solver at loose tolerances leaves, a
 * share of the size of the states.
 */
const tolerated = { ofWay: 0.1, ofSize: 5e-3 }
/** Steps to spend on one segment; a stiff one is broken. */
const mostSteps = 2000

/**
 * @throws RangeError if times and states are not of one length, there are fewer than three, the times do not
 *   ascend, or a state is not of the flow's dimension or not finite
 */
export function curveOf(flow: Flow, trajectory: Trajectory): TrajectoryCurve {
  requireTrajectory(flow, trajectory)
  const samples = Array.from(trajectory.times, (t, i) => nodeAt(flow, t, trajectory.states[i]!))
  const stepwise = flow.step !== undefined
  const error = tolerated.ofSize * usualSize(trajectory.states)
  const nodes: Node[] = [samples[0]!]
  const broken: boolean[] = []
  for (let i = 1; i < samples.length; i++) {
    const [from, to] = [samples[i - 1]!, samples[i]!]
    const between = stepwise || followsCubic(flow, from, to) ? [] : pathBetween(flow, from, to, error)
    const added = between ?? []
    nodes.push(...added, to)
    for (let k = 0; k <= added.length; k++) broken.push(between === undefined)
  }
  return {
    times: nodes.map(({ t }) => t),
    states: nodes.map(({ x }) => x),
    velocities: nodes.map(({ velocity }) => velocity),
    broken,
    stepwise,
  }
}

/** The state at a time between the first and the last; within a broken segment that of the nearer end. */
export function stateAt(curve: TrajectoryCurve, time: number): Float64Array {
  const i = segmentOf(curve.times, time)
  const [t0, t1] = [curve.times[i]!, curve.times[i + 1]!]
  const [x0, x1] = [curve.states[i]!, curve.states[i + 1]!]
  const share = (time - t0) / (t1 - t0)
  if (curve.broken[i]) return share < 0.5 ? x0 : x1
  if (curve.stepwise) return plusScaled(x0, plusScaled(x1, x0, -1), share)
  return cubic(
    { t: t0, x: x0, velocity: curve.velocities[i]! },
    { t: t1, x: x1, velocity: curve.velocities[i + 1]! },
    share,
  )
}

/** The index of the segment that holds a time. */
function segmentOf(times: readonly number[], time: number): number {
  let [low, high] = [0, times.length - 1]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (times[middle]! <= time) low = middle
    else high = middle
  }
  return low
}

interface Node {
  readonly t: number
  readonly x: Float64Array
  readonly velocity: Float64Array
}

const nodeAt = (flow: Flow, t: number, x: Float64Array): Node => ({ t, x, velocity: flow.velocity(x) })

function cubic(from: Node, to: Node, share: number): Float64Array {
  const h = to.t - from.t
  const rest = 1 - share
  return from.x.map((x, i) => {
    const move = to.x[i]! - x
    const start = h * from.velocity[i]! - move
    const end = move - h * to.velocity[i]!
    return x + share * (move + rest * (rest * start + share * end))
  })
}

function followsCubic(flow: Flow, from: Node, to: Node): boolean {
  const h = to.t - from.t
  const slope = from.x.map((x, i) => (1.5 * (to.x[i]! - x)) / h - (from.velocity[i]! + to.velocity[i]!) / 4)
  const velocity = flow.velocity(cubic(from, to, 0.5))
  const largest = Math.max(euclideanNorm(from.velocity), euclideanNorm(to.velocity), euclideanNorm(velocity))
  return distance(slope, velocity) <= cubicTolerance * largest
}

/** The steps of the flow from one sample to the next; undefined if they do not lead there. */
function pathBetween(flow: Flow, from: Node, to: Node, error: number): Node[] | undefined {
  const size = Math.max(euclideanNorm(from.x), euclideanNorm(to.x))
  const path = reach(flow, from.x, to.t - from.t, size)
  if (path === undefined) return undefined
  const nodes = Array.from(path.times, (t, i) => nodeAt(flow, from.t + t, path.states[i]!))
  const last = nodes.pop()!
  let length = 0
  for (let i = 1; i < path.states.length; i++) length += distance(path.states[i]!, path.states[i - 1]!)
  const way = Math.max(length, distance(from.x, to.x))
  if (distance(last.x, to.x) > Math.max(tolerated.ofWay * way, error)) return undefined
  return nodes.slice(1)
}

/** The norm of the states, not that of the few on their way to infinity. */
function usualSize(states: readonly Float64Array[]): number {
  const sizes = Float64Array.from(states, euclideanNorm)
  return Math.max(sizes[0]!, sizes.sort()[sizes.length >> 1]!)
}

function reach(flow: Flow, start: Float64Array, until: number, size: number): Trajectory | undefined {
  let steps = 0
  const path = integrate(flow, start, {
    until,
    relativeTolerance: 1e-6,
    absoluteTolerance: 1e-9 * (size || 1),
    bound: 1e3 * (size || 1),
    stopWhen: () => ++steps > mostSteps,
  })
  return path.end === 'reached' ? path : undefined
}

function requireTrajectory({ dimension }: Flow, { times, states }: Trajectory): void {
  if (times.length !== states.length) {
    throw new RangeError(
      `traceGhosts: times and states must be of one length, got ${times.length} times and ${states.length} states`,
    )
  }
  if (times.length < 3)
    throw new RangeError(`traceGhosts: a trajectory has at least 3 samples, got ${times.length}`)
  for (const [i, state] of states.entries()) {
    const time = times[i]!
    if (!Number.isFinite(time)) throw new RangeError(`traceGhosts: time ${i} must be finite, got ${time}`)
    if (i > 0 && !(time > times[i - 1]!)) {
      throw new RangeError(`traceGhosts: times must ascend, but time ${i} is ${time} after ${times[i - 1]}`)
    }
    if (state.length !== dimension) {
      throw new RangeError(`traceGhosts: state ${i} must hold ${dimension} numbers, got ${state.length}`)
    }
    const wrong = state.findIndex(value => !Number.isFinite(value))
    if (wrong >= 0) throw new RangeError(`traceGhosts: state ${i} holds ${state[wrong]} at ${wrong}`)
  }
}
