import { initialKappa, type RankOneParameters, readoutThreshold } from '../models/rank-one.js'
import { fullPassageTime } from '../theory/saddle-node.js'
import { type Expand, isolateZeros, zeroWithin } from './isolate-zeros.js'
import { latentExpansion } from './latent-expansion.js'
import {
  type FlowAt,
  type LineFixedPoint,
  type LineSlowPoint,
  publishedInterval,
  skeletonBetween,
} from './scalar-flow.js'

/**
 * The ghost of a rank-one network: a positive local minimum of the latent flow F(κ) between the initial
 * κ(0) and the read-out threshold, so that the state has to pass it before the output can switch on.
 */
export interface LatentGhost {
  /** κ of the ghost. */
  readonly kappa: number
  /** F there, in κ per time constant: the r of the canonical form. */
  readonly speed: number
  /** F''/2 there: the a of the canonical form. */
  readonly curvature: number
  /** Full passage π/√(r·a) of the canonical form, in steps of α time constants. Source: docs/theory.md §7. */
  readonly dwellSteps: number
}

/** The latent flow of a rank-one network, taken apart. */
export interface LatentPortrait {
  readonly start: number
  /** Those in [−15, 15]. */
  readonly fixedPoints: readonly LineFixedPoint[]
  /** Those in [−15, 15]. */
  readonly slowPoints: readonly LineSlowPoint[]
  readonly ghost: LatentGhost | undefined
  /** Whether these are proved to be all; false only where two of them meet, to rounding. */
  readonly certain: boolean
}

/** A network of enormous weights is cut into no finer cells than this to begin with. */
const finestCell = 0.03

/**
 * Edges of cells that cover the interval, twice the radius wide around 0 and each further one as wide as all before it:
 * far from 0 neurons saturate, and polynomials reach further.
 */
function cellEdges(radius: number): number[] {
  const { from, to } = publishedInterval
  const edges = [0]
  for (let edge = 0; edge < to; ) {
    edge = Math.min(to, edge + Math.max(2 * radius, finestCell, edge))
    edges.push(edge)
    edges.unshift(Math.max(from, -edge))
  }
  return edges
}

/**
 * Takes the latent flow of a rank-one network apart. Nothing in [−15, 15] is missed, however narrow: see isolate-zeros.ts.
 * @param leak α of the network: one step is α time constants
 * @throws RangeError if a parameter is not finite, or m so large that |m|⁷ is not
 */
export function latentPortrait(parameters: RankOneParameters, leak: number): LatentPortrait {
  const { from, to } = publishedInterval
  const { flow, slope, radius } = latentExpansion(parameters)
  const isolated = isolateZeros(slope, cellEdges(radius))
  const extrema = isolated.brackets.map(bracket => zeroWithin(slope, bracket))
  const ends = [from, ...extrema, to].map(x => valueAt(flow, x))
  const { fixedPoints, slowPoints } = skeletonBetween(ends, (low, high) =>
    zeroWithin(flow, { low: low.x, high: high.x, sign: Math.sign(high.flow) }),
  )
  const certain = isolated.certain && ends.every(end => end.certain)
  const start = initialKappa(parameters)
  const onTheWay = slowPoints.filter(({ x, flow }) => flow > 0 && start < x && x < readoutThreshold)
  const slowest = onTheWay.sort((a, b) => a.flow - b.flow)[0]
  const ghost = slowest && describeGhost(parameters, leak, slowest)
  return { start, fixedPoints, slowPoints, ghost, certain }
}

/** F there, and whether its sign is beyond rounding. */
function valueAt(expand: Expand, x: number): FlowAt & { readonly certain: boolean } {
  const { coefficients, remainder } = expand(x, 0)
  const flow = coefficients[0]!
  return { x, flow, certain: Math.abs(flow) > remainder }
}

function describeGhost(parameters: RankOneParameters, leak: number, { x, flow }: LineSlowPoint): LatentGhost {
  const curvature = latentSecondDerivative(parameters, x) / 2
  return { kappa: x, speed: flow, curvature, dwellSteps: fullPassageTime(flow, curvature) / leak }
}

/** F''(κ) = −2 Σ n m² h(1 − h²), h = tanh(mκ + b). */
function latentSecondDerivative({ m, n, b }: RankOneParameters, kappa: number): number {
  let sum = 0
  for (let i = 0; i < m.length; i++) {
    const h = Math.tanh(m[i]! * kappa + b[i]!)
    sum -= 2 * n[i]! * m[i]! * m[i]! * h * (1 - h * h)
  }
  return sum
}
