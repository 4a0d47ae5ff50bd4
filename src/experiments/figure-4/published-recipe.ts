import type { Flow } from '../../dynamics/flow.js'
import { distance, euclideanNorm, transposedVector } from '../../numerics/linear-algebra.js'
import { linspace } from '../../numerics/spacing.js'
import type { NetworkLook } from '../working-memory/look.js'

/** How the published way to slow points differs from this project's on one flow. */
export interface RecipeComparison {
  /** Points of either way within the grid, and points that both find. */
  readonly published: number
  readonly here: number
  readonly both: number
  /** Of the published ones, those at which ‖∇q‖ is not small: no minima at all. */
  readonly notStationary: number
}

/** Grid points a side, Newton steps and damping of the published way; points closer than this are one. */
const [gridSide, newtonSteps, damping, same] = [100, 50, 1e-6, 0.05] as const
/** ‖∇q‖ above this share of 1 is no stationary point. */
const stationary = 1e-4

/** Runs both ways on one look; the grid covers the paths and half their width beyond. */
export function compareRecipes({ flow, paths, points }: NetworkLook): RecipeComparison {
  const visited = paths.flatMap(({ states }) => states)
  const extents = [0, 1].map(k => {
    const values = visited.map(state => state[k]!)
    const [low, high] = [Math.min(...values), Math.max(...values)]
    return [low - (high - low) / 2, high + (high - low) / 2] as const
  })
  const inside = (x: Float64Array) => extents.every(([low, high], k) => x[k]! >= low && x[k]! <= high)
  const published = publishedSlowPoints(flow, extents).filter(inside)
  const here = points.map(({ position }) => position).filter(inside)
  return {
    published: published.length,
    here: here.length,
    both: here.filter(place => published.some(other => distance(place, other) < same)).length,
    notStationary: published.filter(place => gradientNorm(flow, place) > stationary).length,
  }
}

/**
 * Slow points of a plane flow as published: grid points whose speed is least among their eight neighbours, from each
 * Newton's method on ½‖F‖² with the exact Hessian and a damping of 1e-6. Source: arXiv:2501.02378, figure 4.
 */
export function publishedSlowPoints(
  flow: Flow,
  extents: readonly (readonly [number, number])[],
): Float64Array[] {
  const [columns, rows] = extents.map(([low, high]) => linspace(low, high, gridSide))
  const speed = Array.from(rows!, y =>
    Array.from(columns!, x => euclideanNorm(flow.velocity(Float64Array.of(x, y)))),
  )
  const found: Float64Array[] = []
  for (let i = 1; i < gridSide - 1; i++) {
    for (let j = 1; j < gridSide - 1; j++) {
      const around = [-1, 0, 1].flatMap(di => [-1, 0, 1].map(dj => speed[i + di]![j + dj]!))
      if (speed[i]![j]! > Math.min(...around)) continue
      const end = newton(flow, Float64Array.of(columns![j]!, rows![i]!))
      if (end !== undefined && !found.some(other => distance(other, end) < same)) found.push(end)
    }
  }
  return found
}

/** @returns undefined where the state is lost */
function newton(flow: Flow, start: Float64Array): Float64Array | undefined {
  let x = start
  for (let step = 0; step < newtonSteps; step++) {
    const gradient = transposedVector(flow.jacobian(x), flow.velocity(x))
    const move = solvePlane(energyHessian(flow, x), gradient)
    x = x.map((value, i) => value - move[i]!)
    if (!x.every(Number.isFinite)) return undefined
  }
  return x
}

/** JᵀJ + Σ F_i D²F_i + damping of a plane flow. */
function energyHessian(flow: Flow, x: Float64Array): Float64Array {
  const j = flow.jacobian(x)
  const bend = flow.weightedHessian(x, flow.velocity(x))
  const gram = [
    j[0]! ** 2 + j[2]! ** 2,
    j[0]! * j[1]! + j[2]! * j[3]!,
    j[0]! * j[1]! + j[2]! * j[3]!,
    j[1]! ** 2 + j[3]! ** 2,
  ]
  return Float64Array.from(gram, (value, k) => value + bend[k]! + (k === 1 || k === 2 ? 0 : damping))
}

function solvePlane(h: Float64Array, g: Float64Array): Float64Array {
  const determinant = h[0]! * h[3]! - h[1]! * h[2]!
  return Float64Array.of(
    (h[3]! * g[0]! - h[1]! * g[1]!) / determinant,
    (h[0]! * g[1]! - h[2]! * g[0]!) / determinant,
  )
}

function gradientNorm(flow: Flow, x: Float64Array): number {
  return euclideanNorm(transposedVector(flow.jacobian(x), flow.velocity(x)))
}
