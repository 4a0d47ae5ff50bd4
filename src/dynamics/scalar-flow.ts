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

export interface LineFixedPoint {
  readonly x: number
  /** F'(x) < 0. */
  readonly stable: boolean
}

/** A local minimum of |F| that is not a zero. */
export interface LineSlowPoint {
  readonly x: number
  /** F(x), not 0. */
  readonly flow: number
}

export interface FlowSkeleton {
  /** Ascending. */
  readonly fixedPoints: readonly LineFixedPoint[]
  /** Ascending. */
  readonly slowPoints: readonly LineSlowPoint[]
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
  return skeletonBetween(ends, (low, high) => findZero(at => flow(at).flow, low.x, high.x))
}

/** A value of F. */
export interface FlowAt {
  readonly x: number
  readonly flow: number
}

/**
 * Fixed points and slow points between the ends of an interval, from F at both ends and at all extrema between
 * them, ascending.
 * @param zeroBetween finds the zero of F between two neighbours at which its signs differ
 */
export function skeletonBetween(
  ends: readonly FlowAt[],
  zeroBetween: (low: FlowAt, high: FlowAt) => number,
): FlowSkeleton {
  const fixedPoints: LineFixedPoint[] = []
  const slowPoints: LineSlowPoint[] = []
  for (let i = 0; i < ends.length; i++) {
    const [before, here, after] = [ends[i - 1], ends[i]!, ends[i + 1]]
    if (here.flow === 0) {
      const stable = (before?.flow ?? 1) > 0 && (after?.flow ?? -1) < 0
      fixedPoints.push({ x: here.x, stable })
    }
    if (after !== undefined && here.flow * after.flow < 0) {
      fixedPoints.push({ x: zeroBetween(here, after), stable: here.flow > 0 })
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
    else if (lastSlope * slope < 0) extrema.push(findZero(at => flow(at).slope, lastX, x))
    lastX = x
    lastSlope = slope
  }
  return extrema
}

/**
 * A zero of a continuous function that changes sign between `a` and `b`, to 2⁻⁵⁰ of the larger end: the ITP
 * method, a regula falsi kept within the bounds of bisection.
 * Source: I. F. D. Oliveira and R. H. C. Takahashi, ACM Trans. Math. Softw. 47 (2020) 5.
 */
export function findZero(f: (x: number) => number, a: number, b: number): number {
  let [low, high] = [a, b]
  let [atLow, atHigh] = [f(a), f(b)]
  const resolution = 4 * Number.EPSILON * Math.max(Math.abs(a), Math.abs(b))
  const k1 = 0.2 / (b - a)
  // The most steps that bisection would take, and one to spare.
  const most = Math.ceil(Math.log2((b - a) / resolution)) + 1
  for (let step = 0; high - low > resolution; step++) {
    const middle = (low + high) / 2
    const falsi = (low * atHigh - high * atLow) / (atHigh - atLow)
    const side = Math.sign(middle - falsi)
    const truncation = k1 * (high - low) ** 2
    const moved = truncation <= Math.abs(middle - falsi) ? falsi + side * truncation : middle
    const radius = Math.max(0, (resolution / 2) * 2 ** (most - step) - (high - low) / 2)
    const x = Math.abs(moved - middle) <= radius ? moved : middle - side * radius
    const value = f(x)
    if (value === 0) return x
    if (value > 0 === atHigh > 0) [high, atHigh] = [x, value]
    else [low, atLow] = [x, value]
  }
  return (low + high) / 2
}
