import { spectrum } from '../numerics/linear-algebra.js'
import type { Flow } from './flow.js'

/** Eigenvalues of the Jacobian along a path, each followed by continuity. */
export interface SpectralPath {
  /** `[d]` real parts `[states]`, in the order of the first state's spectrum. */
  readonly real: readonly Float64Array[]
  /** `[d]` imaginary parts `[states]`. */
  readonly imaginary: readonly Float64Array[]
}

/**
 * Follows the eigenvalues of the Jacobian from state to state: of all pairs of an old and a new one, the closest are
 * joined first. Where two meet and part again, which is which is not defined.
 *
 * @throws RangeError if a Jacobian is not finite
 */
export function followEigenvalues(flow: Flow, states: readonly Float64Array[]): SpectralPath {
  const d = flow.dimension
  const real = Array.from({ length: d }, () => new Float64Array(states.length))
  const imaginary = Array.from({ length: d }, () => new Float64Array(states.length))
  for (const [at, state] of states.entries()) {
    const { real: re, imaginary: im } = spectrum(flow.jacobian(state), d)
    const before = at > 0 ? at - 1 : undefined
    const off = (old: number, now: number) =>
      before === undefined
        ? Math.abs(old - now)
        : Math.hypot(real[old]![before]! - re[now]!, imaginary[old]![before]! - im[now]!)
    for (const [old, now] of closestPairs(d, off)) {
      real[old]![at] = re[now]!
      imaginary[old]![at] = im[now]!
    }
  }
  return { real, imaginary }
}

function closestPairs(d: number, off: (old: number, now: number) => number): [number, number][] {
  const pairs = Array.from({ length: d * d }, (_, k): [number, number] => [Math.floor(k / d), k % d])
  const lengths = Float64Array.from(pairs, ([old, now]) => off(old, now))
  const order = Array.from(pairs.keys()).sort((a, b) => lengths[a]! - lengths[b]!)
  const [olds, news] = [new Set<number>(), new Set<number>()]
  return order.flatMap(k => {
    const [old, now] = pairs[k]!
    if (olds.has(old) || news.has(now)) return []
    olds.add(old)
    news.add(now)
    return [pairs[k]!]
  })
}

/** A real eigenvalue of the Jacobian passing through zero along a trajectory. */
export interface EigenvalueCrossing {
  readonly time: number
  /** dλ/dt there, in units of 1/time². */
  readonly slope: number
}

const intervals = 32
const halvings = 24

/**
 * The times at which real eigenvalues of the Jacobian change sign along a curve, in order; several that cross
 * together each have an entry. Complex pairs that cross the imaginary axis are not counted.
 *
 * @param stateOf the state at a time
 * @throws RangeError if a Jacobian is not finite
 */
export function eigenvalueCrossings(
  flow: Flow,
  stateOf: (time: number) => Float64Array,
  from: number,
  to: number,
): EigenvalueCrossing[] {
  const look = (time: number): Look => {
    const { real, imaginary } = spectrum(flow.jacobian(stateOf(time)), flow.dimension)
    return { time, real, imaginary, positive: real.filter(value => value > 0).length }
  }
  const crossings: EigenvalueCrossing[] = []
  const smallest = (to - from) / intervals / 2 ** halvings
  const between = (a: Look, b: Look): void => {
    if (a.positive === b.positive) return
    if (b.time - a.time <= smallest) {
      crossings.push(...crossed(look, a, b, (to - from) / 1000))
      return
    }
    const middle = look((a.time + b.time) / 2)
    between(a, middle)
    between(middle, b)
  }
  let last = look(from)
  for (let i = 1; i <= intervals; i++) {
    const next = look(from + ((to - from) * i) / intervals)
    between(last, next)
    last = next
  }
  return crossings
}

interface Look {
  readonly time: number
  readonly real: Float64Array
  readonly imaginary: Float64Array
  /** Number of eigenvalues with a positive real part: those before this index. */
  readonly positive: number
}

/** The eigenvalues that changed sign between two close times, those that are real. */
function crossed(look: (time: number) => Look, a: Look, b: Look, apart: number): EigenvalueCrossing[] {
  const time = (a.time + b.time) / 2
  const [before, after] = [look(time - apart), look(time + apart)]
  const [first, end] = [Math.min(a.positive, b.positive), Math.max(a.positive, b.positive)]
  const indices = Array.from({ length: end - first }, (_, k) => first + k)
  return indices
    .filter(i => b.imaginary[i] === 0)
    .map(i => ({ time, slope: (after.real[i]! - before.real[i]!) / (2 * apart) }))
}
