import type { Flow } from '../../dynamics/flow.js'
import {
  choleskyFactor,
  choleskySolve,
  distance,
  euclideanNorm,
  transposedVector,
  weightedGram,
} from '../../numerics/linear-algebra.js'
import { principalComponents } from '../../numerics/principal-components.js'
import { project } from '../../numerics/subspace.js'
import type { NetworkLook } from '../working-memory/look.js'

/** How the published way to the slow points of figure 5 differs from this project's on one network. */
export interface RecipeComparison {
  /** Points of either way, and points that both find. */
  readonly published: number
  readonly here: number
  readonly both: number
  /** Of the published ones, those at which ‖∇½‖F‖²‖ is not small: no minima of the speed. */
  readonly notStationary: number
  /** Distance between the points that each way has nearest to a visited state, of which the spectra are. */
  readonly spectraApart: number
}

/** Adam's rate and steps, and the damping of the one Newton step after them. */
const [rate, steps, damping] = [0.01, 5000, 1e-4] as const
/** Adam's decays and the term that keeps it from dividing by 0. */
const [decay, squareDecay, epsilon] = [0.9, 0.999, 1e-8] as const
/** Points closer than this in three principal components are one. */
const same = 0.1
/** A gradient above this is no stationary point. */
const stationary = 1e-4

/** Runs the published way on the network of a look. */
export function compareRecipes({ flow, paths, points }: NetworkLook): RecipeComparison {
  const visited = paths.flatMap(({ states }) => states)
  const components = principalComponents(visited, 3)
  const place = (state: Float64Array) => project(components, state)
  const published = publishedSlowPoints(flow, visited)
  const here = points.map(({ position }) => position)
  const isFound = (position: Float64Array) =>
    published.some(other => distance(place(other), place(position)) < same)
  const off = (position: Float64Array) => Math.min(...visited.map(state => distance(state, position)))
  const nearest = (some: readonly Float64Array[]) =>
    some.reduce((best, position) => (off(position) < off(best) ? position : best))
  return {
    published: published.length,
    here: here.length,
    both: here.filter(isFound).length,
    notStationary: published.filter(position => gradientNorm(flow, position) > stationary).length,
    spectraApart:
      published.length === 0 || here.length === 0 ? Number.NaN : distance(nearest(published), nearest(here)),
  }
}

/**
 * Slow points as published for networks of full rank: from every visited state ‖F‖² is descended by 5000 steps of Adam, then
 * by one damped step of Newton's method; of points that agree in three principal components of the visited states the
 * one nearest to a visited state is kept. Source: arXiv:2501.02378, figure 5.
 */
export function publishedSlowPoints(flow: Flow, visited: readonly Float64Array[]): Float64Array[] {
  const components = principalComponents(visited, 3)
  const ends = visited
    .map(state => newtonStep(flow, descend(flow, state)))
    .filter(position => position.every(Number.isFinite))
    .map(position => {
      const off = Math.min(...visited.map(state => distance(state, position)))
      return { position, off, place: project(components, position) }
    })
    .sort((a, b) => a.off - b.off)
  const kept: typeof ends = []
  for (const end of ends) if (kept.every(({ place }) => distance(place, end.place) >= same)) kept.push(end)
  return kept.map(({ position }) => position)
}

/** ∇½‖F‖² = JᵀF. */
const gradientOf = (flow: Flow, x: Float64Array) => transposedVector(flow.jacobian(x), flow.velocity(x))
const gradientNorm = (flow: Flow, x: Float64Array) => euclideanNorm(gradientOf(flow, x))

function descend(flow: Flow, start: Float64Array): Float64Array {
  const x = start.slice()
  const [mean, square] = [new Float64Array(x.length), new Float64Array(x.length)]
  for (let step = 1; step <= steps; step++) {
    const gradient = gradientOf(flow, x)
    const [unbias, unbiasSquare] = [1 - decay ** step, 1 - squareDecay ** step]
    for (let i = 0; i < x.length; i++) {
      // Twice: of ‖F‖², not of its half.
      const g = 2 * gradient[i]!
      mean[i] = decay * mean[i]! + (1 - decay) * g
      square[i] = squareDecay * square[i]! + (1 - squareDecay) * g * g
      x[i] = x[i]! - (rate * (mean[i]! / unbias)) / (Math.sqrt(square[i]! / unbiasSquare) + epsilon)
    }
  }
  return x
}

/** One step of Newton's method on ½‖F‖² with its exact Hessian; none where that is not positive definite. */
function newtonStep(flow: Flow, x: Float64Array): Float64Array {
  const d = flow.dimension
  const bend = flow.weightedHessian(x, flow.velocity(x))
  const hessian = weightedGram(flow.jacobian(x), d).map((value, i) => value + bend[i]!)
  const factor = choleskyFactor(hessian, d, damping)
  if (factor === undefined) return x
  const move = choleskySolve(factor, gradientOf(flow, x))
  return x.map((value, i) => value - move[i]!)
}
