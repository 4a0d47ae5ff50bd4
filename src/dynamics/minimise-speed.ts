import {
  choleskyFactor,
  choleskySolve,
  euclideanNorm,
  matrixVector,
  negativeDirection,
  plusScaled,
  solve,
  transposedVector,
  weightedGram,
} from '../numerics/linear-algebra.js'
import { dot } from '../numerics/matrix.js'
import type { Flow } from './flow.js'

/**
 * Descends q(x) = ½‖F(x)‖² to a minimum by Newton's method in a trust region, with the exact Hessian
 * JᵀJ + Σ F_i D²F_i: a ghost is a minimum with q > 0, where methods that drop the second term (Gauss–Newton,
 * Newton on F) do not converge. The step minimises the quadratic model within the radius (Moré and Sorensen,
 * SIAM J. Sci. Stat. Comput. 4 (1983) 553). A stationary point that is not a minimum is left along its direction of
 * most negative curvature.
 */
export interface MinimumSearch {
  readonly outcome: 'fixed point' | 'minimum' | 'failed'
  /** Why it failed, in words. */
  readonly reason?: string
  readonly position: Float64Array
  readonly speed: number
  readonly gradientNorm: number
}

export interface MinimiseOptions {
  /** A search that gets farther than this from the origin is given up. */
  readonly bound: number
  readonly mostSteps: number
  /** The typical ‖x‖ of states, against which steps are small; also how far a first step may go. */
  readonly size: number
}

/** Where a search stands. */
interface Place {
  readonly x: Float64Array
  readonly velocity: Float64Array
  readonly energy: number
}

/** The quadratic model of q at a place. */
interface Model {
  readonly jacobian: Float64Array
  readonly gradient: Float64Array
  readonly hessian: Float64Array
}

/** Values of q that differ by less than this share of it are level, to the rounding of a sum. */
const level = 64 * Number.EPSILON
/** How often a search leaves a saddle of q. */
const mostKicks = 3
/** A step below this share of the state's size ends the search. */
const smallStep = 1e-12
/** A Newton step on q below this share of the state's size leads nowhere else. */
const negligible = 1e-8
/** A Newton step on F below this share of the state's size tells a fixed point. */
const fixedStep = 1e-8

/** Searches from one start. Never throws for what the flow does. */
export function minimiseSpeed(flow: Flow, start: Float64Array, options: MinimiseOptions): MinimumSearch {
  const first = placeAt(flow, start)
  if (first === undefined) return failed('the velocity is not finite at the start', start)
  let place = first
  let model = modelAt(flow, place)
  let [radius, shift, kicks] = [0.5 * options.size, 0, 0]
  for (let step = 0; step < options.mostSteps; step++) {
    if (!isFiniteModel(model)) return failed('a derivative is not finite', place.x, place)
    const move: Move = stepWithin(model, radius, shift)
    shift = move.shift
    const trial = placeAt(flow, plusScaled(place.x, move.step, 1))
    const better = trial && improvement(flow, place, model, trial)
    const gained = trial === undefined ? -1 : gainOf(place, trial, better !== undefined, move)
    if (trial !== undefined && better !== undefined) {
      if (euclideanNorm(trial.x) > options.bound) {
        return failed(`ran away beyond ${options.bound.toPrecision(2)}`, trial.x, trial)
      }
      place = trial
      model = better
    }
    const length = euclideanNorm(move.step)
    if (gained < 0.25) radius = 0.25 * length
    else if (gained > 0.75 && move.bounded) radius *= 2
    const small = smallStep * (options.size + euclideanNorm(place.x))
    if (Math.min(length, radius) > small && place.energy > 0) continue
    const beside = kicks++ < mostKicks ? besideSaddle(flow, place, model, options) : undefined
    if (beside === undefined) return judge(flow, place, model, options)
    place = beside
    model = modelAt(flow, place)
    radius = 0.01 * options.size
  }
  const verdict = judge(flow, place, model, options)
  if (verdict.outcome === 'fixed point') return verdict
  return failed(`not converged after ${options.mostSteps} steps`, place.x, place, model)
}

/** Whether a model holds numbers alone: a sum is finite only if all that is added is. */
function isFiniteModel({ gradient, hessian }: Model): boolean {
  let sum = 0
  for (const value of gradient) sum += Math.abs(value)
  for (let i = 0; i < hessian.length; i++) sum += Math.abs(hessian[i]!)
  return Number.isFinite(sum)
}

/** A place beside a stationary point of q that is no minimum, along the direction of most negative curvature. */
function besideSaddle(flow: Flow, place: Place, model: Model, { size }: MinimiseOptions): Place | undefined {
  if (place.energy === 0) return undefined
  const direction = negativeDirection(model.hessian, flow.dimension)
  return direction && placeAt(flow, plusScaled(place.x, direction, 1e-3 * (size + euclideanNorm(place.x))))
}

/** What a move gained, in units of what the model promised; where q is level to rounding, all or nothing. */
function gainOf(place: Place, trial: Place, better: boolean, { promised }: Move): number {
  const gain = place.energy - trial.energy
  if (Math.abs(gain) <= level * place.energy) return better ? 1 : -1
  return gain / promised
}

/** The model at a trial if q is lower there; where q is level to rounding, if its gradient is smaller there. */
function improvement(flow: Flow, place: Place, model: Model, trial: Place): Model | undefined {
  const margin = level * place.energy
  if (trial.energy > place.energy + margin) return undefined
  const next = modelAt(flow, trial)
  const lower = trial.energy < place.energy - margin
  return lower || euclideanNorm(next.gradient) < euclideanNorm(model.gradient) ? next : undefined
}

function placeAt(flow: Flow, x: Float64Array): Place | undefined {
  const velocity = flow.velocity(x)
  const energy = dot(velocity, velocity) / 2
  return Number.isFinite(energy) ? { x, velocity, energy } : undefined
}

function modelAt(flow: Flow, { x, velocity }: Place): Model {
  const jacobian = flow.jacobian(x)
  const gradient = transposedVector(jacobian, velocity)
  return {
    jacobian,
    gradient,
    hessian: flow.energyHessian?.(x) ?? energyHessian(flow, x, velocity, jacobian),
  }
}

/** JᵀJ + Σ F_i D²F_i. */
function energyHessian(
  flow: Flow,
  x: Float64Array,
  velocity: Float64Array,
  jacobian: Float64Array,
): Float64Array {
  const hessian = weightedGram(jacobian, flow.dimension)
  const bend = flow.weightedHessian(x, velocity)
  for (let i = 0; i < hessian.length; i++) hessian[i] = hessian[i]! + bend[i]!
  return hessian
}

interface Move {
  readonly step: Float64Array
  /** What the model promises to gain, above 0. */
  readonly promised: number
  /** μ. */
  readonly shift: number
  /** Whether the radius held it back. */
  readonly bounded: boolean
}

/** The step that minimises the model within the radius: (H + μ)p = −g with the smallest μ ≥ 0 that allows it. */
function stepWithin({ gradient, hessian }: Model, radius: number, lastShift: number): Move {
  const d = gradient.length
  const scale = largestDiagonal(hessian, d) || 1
  const backwards = gradient.map(value => -value)
  let [low, shift, best] = [-1, lastShift / 16, undefined as Float64Array | undefined]
  if (shift < 1e-6 * scale) shift = 0
  // `low` is the largest shift known to be too small, below 0 while none is.
  for (let round = 0; round < 60; round++) {
    const factor = choleskyFactor(hessian, d, shift)
    if (factor === undefined) {
      low = shift
      shift = Math.max(8 * shift, 1e-4 * scale)
      continue
    }
    const step = choleskySolve(factor, backwards)
    const length = euclideanNorm(step)
    best = step
    if (length <= 1.1 * radius && (shift === 0 || length >= 0.5 * radius || round > 8)) break
    // Newton on 1/‖p‖ − 1/radius, which is nearly linear in μ.
    const bent = dot(step, choleskySolve(factor, step))
    const next = shift + ((length - radius) / radius) * (length ** 2 / bent)
    shift = Math.max(next, length > radius ? shift : low < 0 ? 0 : (low + shift) / 2)
  }
  const raw = best ?? backwards
  const length = euclideanNorm(raw)
  const step = length > radius ? raw.map(value => (value * radius) / length) : raw
  const curved = quadratic(hessian, step)
  return {
    step,
    promised: Math.max(Number.MIN_VALUE, -dot(gradient, step) - curved / 2),
    shift,
    bounded: shift > 0 || length > radius,
  }
}

function largestDiagonal(hessian: Float64Array, d: number): number {
  let largest = 0
  for (let i = 0; i < d; i++) largest = Math.max(largest, Math.abs(hessian[i * (d + 1)]!))
  return largest
}

function quadratic(hessian: Float64Array, p: Float64Array): number {
  return dot(p, transposedVector(hessian, p))
}

/** Says what a place is at which the search has come to rest. */
function judge(flow: Flow, place: Place, model: Model, { size }: MinimiseOptions): MinimumSearch {
  const fixed = nearbyFixedPoint(flow, place, size)
  if (fixed !== undefined) {
    const { velocity, x } = fixed
    const gradient = transposedVector(flow.jacobian(x), velocity)
    return {
      outcome: 'fixed point',
      position: x,
      speed: euclideanNorm(velocity),
      gradientNorm: euclideanNorm(gradient),
    }
  }
  const [speed, gradientNorm] = [euclideanNorm(place.velocity), euclideanNorm(model.gradient)]
  if (!isStationary(model, place, size)) {
    return failed('no minimum of q: the gradient does not vanish', place.x, place, model)
  }
  return { outcome: 'minimum', position: place.x, speed, gradientNorm }
}

/**
 * Whether a Newton step on q would lead nowhere else. A gradient that is merely small may lie in an endless valley. Where
 * the Hessian is all but singular, as along a neutral direction, the step in the softest direction of the flow decides.
 */
function isStationary({ gradient, hessian }: Model, { x, velocity }: Place, size: number): boolean {
  const small = negligible * (size + euclideanNorm(x))
  const factor = choleskyFactor(hessian, x.length)
  if (factor !== undefined && euclideanNorm(choleskySolve(factor, gradient)) <= small) return true
  const stiffest = euclideanNorm(hessian)
  const lifted = choleskyFactor(hessian, x.length, 1e-9 * stiffest)
  if (lifted === undefined || euclideanNorm(gradient) > 10 * small * stiffest) return false
  const soft = choleskySolve(lifted, velocity)
  return Math.abs(dot(gradient, soft)) * euclideanNorm(soft) <= 10 * small * quadratic(hessian, soft)
}

/** The zero of F within rounding of a place, by Newton's method on F; undefined if there is none. */
function nearbyFixedPoint(flow: Flow, place: Place, size: number): Place | undefined {
  let here = place
  for (let round = 0; round < 4 && !isZero(flow, here); round++) {
    const step = solve(
      flow.jacobian(here.x),
      here.velocity.map(value => -value),
    )
    const small = fixedStep * (size + euclideanNorm(here.x))
    if (step === undefined || euclideanNorm(step) > small) return undefined
    const next = placeAt(flow, plusScaled(here.x, step, 1))
    if (next === undefined || next.energy >= here.energy) return here
    here = next
  }
  return here
}

/** Whether every equation vanishes to rounding, by the size of what cancels in it. */
function isZero(flow: Flow, { x, velocity }: Place): boolean {
  const sizes = matrixVector(flow.jacobian(x).map(Math.abs), x.map(Math.abs))
  return velocity.every((value, i) => Math.abs(value) <= 8 * Number.EPSILON * sizes[i]!)
}

function failed(reason: string, position: Float64Array, place?: Place, model?: Model): MinimumSearch {
  return {
    outcome: 'failed',
    reason,
    position,
    speed: place === undefined ? Number.NaN : euclideanNorm(place.velocity),
    gradientNorm: model === undefined ? Number.NaN : euclideanNorm(model.gradient),
  }
}
