/**
 * Trajectories of flows: the explicit Runge–Kutta pair of orders 5 and 4 of Dormand & Prince (1980) with a
 * controlled step and its continuous extension of order 4 (Hairer, Nørsett & Wanner, Solving Ordinary
 * Differential Equations I, §II.5–6), and plain iteration for maps. Not for stiff systems: there the step
 * shrinks to the fastest time scale, and the budget of steps runs out with an error that says so.
 */
import { euclideanNorm } from '../numerics/linear-algebra.js'
import { argumentError, requirePositive } from '../numerics/require-number.js'
import type { Flow } from './flow.js'

/** States of one trajectory, times ascending. */
export interface Trajectory {
  /** `[samples]`, in the time of the flow. */
  readonly times: Float64Array
  /** `[samples]` states `[d]`. */
  readonly states: readonly Float64Array[]
}

/** How a computed trajectory ended: at the time asked for, where `stopWhen` held, or by leaving every bound. */
export type TrajectoryEnd = 'reached' | 'stopped' | 'diverged'

/** A trajectory computed here. */
export interface ComputedTrajectory extends Trajectory {
  readonly end: TrajectoryEnd
}

interface CommonOptions {
  /** Ends the trajectory at the first sample for which it holds. */
  readonly stopWhen?: (state: Float64Array, time: number) => boolean
  /** A state with a larger ‖x‖ has diverged; default 1e12. */
  readonly bound?: number
}

export interface IntegrateOptions extends CommonOptions {
  /** The last time; the first is 0. */
  readonly until: number
  /** Default 1e-3. */
  readonly relativeTolerance?: number
  /** In units of the state; default 1e-6. */
  readonly absoluteTolerance?: number
  /** Time between samples; without it, and without `times`, every step of the method is a sample. */
  readonly sampleEvery?: number
  /** The times of the samples, ascending, from 0 to `until`. */
  readonly times?: ArrayLike<number>
  /** Steps, rejected ones among them, before it gives up; default 100,000. */
  readonly maxSteps?: number
}

export interface IterateOptions extends CommonOptions {
  /** Number of iterations. */
  readonly steps: number
}

const defaultBound = 1e12

/**
 * The trajectory of x' = F(x) from a start at time 0. Blowing up in finite time is no error: the trajectory then
 * ends with the samples it has, and `end` is 'diverged'.
 *
 * @param start `[d]`
 * @throws RangeError if an option or the start is not what it must be
 * @throws Error if `maxSteps` do not suffice
 */
export function integrate(
  flow: Flow,
  start: ArrayLike<number>,
  options: IntegrateOptions,
): ComputedTrajectory {
  const until = requirePositive('integrate', 'until', options.until)
  const { stopWhen, bound = defaultBound, maxSteps = 100_000 } = options
  const tolerances = tolerancesOf(options)
  const sampleTimes = sampleTimesOf(options)
  const recording = createRecording(stopWhen)
  let at: Point = pointAt(flow, 0, startOf('integrate', flow, start))
  let h = firstStep(flow, at, tolerances, until)
  let sampled = 0
  const done = (end: TrajectoryEnd) => ({ ...recording.trajectory(), end })
  if (!sampleTimes || sampleTimes[0] === 0) {
    if (recording.add(0, at.x)) return done('stopped')
    sampled = 1
  }
  for (let steps = 0; at.t < until; steps++) {
    if (steps >= maxSteps) throw outOfSteps(maxSteps, at.t, until)
    h = Math.min(h, until - at.t)
    if (!(at.t + h > at.t)) return done('diverged')
    const step = dormandPrinceStep(flow, at, h)
    const error = scaledError(step, tolerances)
    if (!(error <= 1)) {
      h *= Number.isFinite(error) ? Math.max(0.2, 0.9 * error ** -0.2) : 0.2
      continue
    }
    if (!(euclideanNorm(step.next.x) <= bound)) return done('diverged')
    // The last step ends at `until` to the bit.
    const end = h === until - at.t ? until : step.next.t
    if (!sampleTimes && recording.add(end, step.next.x)) return done('stopped')
    for (; sampleTimes && sampled < sampleTimes.length && sampleTimes[sampled]! <= end; sampled++) {
      const time = sampleTimes[sampled]!
      if (recording.add(time, interpolate(step, (time - at.t) / h))) return done('stopped')
    }
    at = { ...step.next, t: end }
    h *= Math.min(5, 0.9 * Math.max(error, 1e-10) ** -0.2)
  }
  return done('reached')
}

/**
 * The orbit of x ← x + step·F(x), time counted in the flow's own units.
 *
 * @param start `[d]`
 * @throws RangeError if the flow has no step, or an option or the start is not what it must be
 */
export function iterate(flow: Flow, start: ArrayLike<number>, options: IterateOptions): ComputedTrajectory {
  const { steps, stopWhen, bound = defaultBound } = options
  const { step } = flow
  if (step === undefined)
    throw new RangeError('iterate: the flow must have a step; integrate follows it in time')
  if (!(Number.isSafeInteger(steps) && steps >= 0)) {
    throw argumentError('iterate', 'steps', 'a whole number from 0', steps)
  }
  const recording = createRecording(stopWhen)
  let x = startOf('iterate', flow, start)
  if (recording.add(0, x)) return { ...recording.trajectory(), end: 'stopped' }
  for (let i = 1; i <= steps; i++) {
    const velocity = flow.velocity(x)
    x = x.map((value, k) => value + step * velocity[k]!)
    if (!(euclideanNorm(x) <= bound)) return { ...recording.trajectory(), end: 'diverged' }
    if (recording.add(i * step, x)) return { ...recording.trajectory(), end: 'stopped' }
  }
  return { ...recording.trajectory(), end: 'reached' }
}

interface Tolerances {
  readonly relative: number
  readonly absolute: number
}

function tolerancesOf({ relativeTolerance = 1e-3, absoluteTolerance = 1e-6 }: IntegrateOptions): Tolerances {
  return {
    relative: requirePositive('integrate', 'relativeTolerance', relativeTolerance),
    absolute: requirePositive('integrate', 'absoluteTolerance', absoluteTolerance),
  }
}

function sampleTimesOf({ times, sampleEvery, until }: IntegrateOptions): Float64Array | undefined {
  if (times !== undefined) {
    const chosen = Float64Array.from(times)
    if (chosen.every((t, i) => (i === 0 ? t >= 0 : t > chosen[i - 1]!) && t <= until)) return chosen
    throw new RangeError('integrate: times must ascend from 0 to until')
  }
  if (sampleEvery === undefined) return undefined
  requirePositive('integrate', 'sampleEvery', sampleEvery)
  // Rounding must not lose the last sample.
  return Float64Array.from({ length: Math.floor(until / sampleEvery + 1e-9) + 1 }, (_, i) =>
    Math.min(until, i * sampleEvery),
  )
}

function startOf(caller: string, { dimension }: Flow, start: ArrayLike<number>): Float64Array {
  const x = Float64Array.from(start)
  if (x.length === dimension && x.every(Number.isFinite)) return x
  throw argumentError(caller, 'start', `${dimension} finite numbers`, `[${x}]`)
}

function createRecording(stopWhen: CommonOptions['stopWhen']) {
  const times: number[] = []
  const states: Float64Array[] = []
  return {
    /** Adds a sample; true if it is to be the last. */
    add(time: number, state: Float64Array): boolean {
      times.push(time)
      states.push(state)
      return stopWhen?.(state, time) ?? false
    },
    trajectory: (): Trajectory => ({ times: Float64Array.from(times), states }),
  }
}

interface Point {
  readonly t: number
  readonly x: Float64Array
  /** F(x). */
  readonly velocity: Float64Array
}

const pointAt = (flow: Flow, t: number, x: Float64Array): Point => ({ t, x, velocity: flow.velocity(x) })

interface Step {
  readonly from: Point
  readonly next: Point
  readonly h: number
  /** The seven slopes; the last is the first of the next step. */
  readonly k: readonly Float64Array[]
}

const stages = [
  [1 / 5],
  [3 / 40, 9 / 40],
  [44 / 45, -56 / 15, 32 / 9],
  [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
  [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
  [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
]
/** Order 5 less order 4. */
const errorWeights = [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40]
const denseWeights = [
  -12715105075 / 11282082432,
  0,
  87487479700 / 32700410799,
  -10690763975 / 1880347072,
  701980252875 / 199316789632,
  -1453857185 / 822651844,
  69997945 / 29380423,
]

function dormandPrinceStep(flow: Flow, from: Point, h: number): Step {
  const k = [from.velocity]
  let x = from.x
  for (const weights of stages) {
    x = from.x.map((value, i) => value + h * weighted(k, weights, i))
    k.push(flow.velocity(x))
  }
  return { from, h, k, next: { t: from.t + h, x, velocity: k[6]! } }
}

function weighted(k: readonly Float64Array[], weights: readonly number[], i: number): number {
  let sum = 0
  for (let j = 0; j < weights.length; j++) sum += weights[j]! * k[j]![i]!
  return sum
}

/** The state at a share of a step. */
function interpolate({ from, next, h, k }: Step, share: number): Float64Array {
  const rest = 1 - share
  return from.x.map((x, i) => {
    const move = next.x[i]! - x
    const start = h * from.velocity[i]! - move
    const end = move - h * next.velocity[i]! - start
    return x + share * (move + rest * (start + share * (end + rest * h * weighted(k, denseWeights, i))))
  })
}

/** The root mean square of the error in units of what is tolerated: at most 1 for a step to be taken. */
function scaledError({ from, next, h, k }: Step, tolerances: Tolerances): number {
  let sum = 0
  for (let i = 0; i < next.x.length; i++) {
    const size = Math.max(Math.abs(from.x[i]!), Math.abs(next.x[i]!))
    sum += ((h * weighted(k, errorWeights, i)) / (tolerances.absolute + tolerances.relative * size)) ** 2
  }
  return next.velocity.every(Number.isFinite) ? Math.sqrt(sum / next.x.length) : Number.NaN
}

/** A first step by the size of the state, its velocity and acceleration (Hairer, Nørsett & Wanner, §II.4). */
function firstStep(flow: Flow, { x, velocity }: Point, tolerances: Tolerances, until: number): number {
  const scaled = (vector: Float64Array) =>
    Math.sqrt(
      vector.reduce(
        (sum, value, i) => sum + (value / (tolerances.absolute + tolerances.relative * Math.abs(x[i]!))) ** 2,
        0,
      ) / x.length,
    )
  const [size, speed] = [scaled(x), scaled(velocity)]
  const guess = size < 1e-5 || speed < 1e-5 ? 1e-6 : (0.01 * size) / speed
  const ahead = flow.velocity(x.map((value, i) => value + guess * velocity[i]!))
  const change = scaled(ahead.map((value, i) => value - velocity[i]!)) / guess
  const fastest = Math.max(speed, change)
  const step = fastest <= 1e-15 ? Math.max(1e-6, guess * 1e-3) : (0.01 / fastest) ** 0.2
  return Math.min(Number.isFinite(step) ? step : guess, 100 * guess, until)
}

function outOfSteps(maxSteps: number, time: number, until: number): Error {
  return new Error(
    `integrate: ${maxSteps} steps reached time ${time} of ${until}: the system is stiff or the tolerances are too ` +
      'small; allow more steps (maxSteps) or loosen the tolerances',
  )
}
