/**
 * The skeleton of a flow on a line, x' = F(x): its fixed points and its slow points.
 *
 * Between two neighbouring extrema F is monotone, so it has at most one zero there. Extrema are found where
 * the slope F' changes sign on a grid, zeros between extrema by the sign of F at their ends. A pair of zeros
 * closer together than the grid is thus still found, because the extremum between them is.
 * An extremum where F keeps away from zero and turns back (a positive minimum, a negative maximum) is a
 * local minimum of |F|: the slow place that a saddle-node bifurcation leaves or announces.
 */
export type ScalarFlow = (x: number) => {
  /** F(x). */
  readonly flow: number
  /** F'(x). */
  readonly slope: number
}

export interface FixedPoint {
  readonly x: number
  /** F'(x) < 0. */
  readonly stable: boolean
}

/** A local minimum of |F| that is not a zero. */
export interface SlowPoint {
  readonly x: number
  /** F(x), not 0. */
  readonly flow: number
}

export interface FlowSkeleton {
  /** Ascending. */
  readonly fixedPoints: readonly FixedPoint[]
  /** Ascending. */
  readonly slowPoints: readonly SlowPoint[]
}

/** Where to look, and how finely. The grid must resolve the extrema of F. */
export interface SkeletonOptions {
  readonly from: number
  readonly to: number
  readonly points: number
}

/** The paper's interval for the rank-one network's latent flow. */
export const publishedInterval = { from: -15, to: 15 } as const

/**
 * Fixed points and slow points of a flow in an interval.
 * @throws RangeError if the flow is not finite at a grid point
 */
export function flowSkeleton(flow: ScalarFlow, { from, to, points }: SkeletonOptions): FlowSkeleton {
  const extrema = findExtrema(flow, { from, to, points })
  const ends = [from, ...extrema, to].map(x => ({ x, flow: flow(x).flow }))
  const fixedPoints: FixedPoint[] = []
  const slowPoints: SlowPoint[] = []
  for (let i = 0; i < ends.length; i++) {
    const [before, here, after] = [ends[i - 1], ends[i]!, ends[i + 1]]
    if (here.flow === 0) fixedPoints.push({ x: here.x, stable: flow(here.x).slope < 0 })
    if (after !== undefined && here.flow * after.flow < 0) {
      const x = bisect(at => flow(at).flow, here.x, after.x)
      fixedPoints.push({ x, stable: here.flow > 0 })
    }
    if (before === undefined || after === undefined) continue
    const nearest = here.flow > 0 ? Math.min(before.flow, after.flow) : Math.max(before.flow, after.flow)
    const turnsBack = here.flow > 0 ? here.flow < nearest : here.flow > nearest
    if (here.flow !== 0 && turnsBack) slowPoints.push({ x: here.x, flow: here.flow })
  }
  return { fixedPoints, slowPoints }
}

function findExtrema(flow: ScalarFlow, { from, to, points }: SkeletonOptions): number[] {
  const extrema: number[] = []
  let [lastX, lastSlope] = [from, flow(from).slope]
  for (let i = 1; i < points; i++) {
    const x = from + ((to - from) * i) / (points - 1)
    const { slope } = flow(x)
    if (!Number.isFinite(slope)) throw new RangeError(`flowSkeleton: the flow is not finite at ${x}`)
    if (slope === 0) extrema.push(x)
    else if (lastSlope * slope < 0) extrema.push(bisect(at => flow(at).slope, lastX, x))
    lastX = x
    lastSlope = slope
  }
  return extrema
}

/** A zero of a continuous function that changes sign between `a` and `b`, to 2⁻⁵² of the larger end. */
export function bisect(f: (x: number) => number, a: number, b: number): number {
  let [low, high] = [a, b]
  const rising = f(b) > 0
  const resolution = Number.EPSILON * Math.max(Math.abs(a), Math.abs(b))
  while (high - low > resolution) {
    const middle = low + (high - low) / 2
    if (middle === low || middle === high) break
    if (f(middle) > 0 === rising) high = middle
    else low = middle
  }
  return low + (high - low) / 2
}
