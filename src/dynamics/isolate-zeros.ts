/**
 * All zeros of a smooth function g on an interval, proved to be all: where a Taylor polynomial with a bound on what it
 * leaves out shows that g keeps its sign there is no zero, where it shows that g' keeps its sign there is at most one,
 * and which it is the signs at the ends tell. What shows neither is cut in two. Only around a double zero, where g and
 * g' vanish together, does this never end: pieces narrower than 1e-6 are left undecided, and reported.
 */

/** g(centre + d) = Σ_k coefficients[k]·dᵏ ± remainder for |d| ≤ radius, and its derivative. */
export interface Expansion {
  readonly coefficients: readonly number[]
  /** Bounds what the polynomial leaves out of g, rounding included. */
  readonly remainder: number
  /** Bounds what its derivative leaves out of g'. */
  readonly slopeRemainder: number
}

export type Expand = (centre: number, radius: number) => Expansion

/** An interval with one zero. */
export interface Bracket {
  readonly low: number
  readonly high: number
  /** Sign of g at `high`: opposite to that at `low`. */
  readonly sign: number
}

export interface IsolatedZeros {
  /** Ascending, disjoint. */
  readonly brackets: readonly Bracket[]
  /** Whether these are proved to be all zeros, and one in each; false around a double zero, to rounding. */
  readonly certain: boolean
}

interface Piece {
  readonly low: number
  readonly high: number
  /** What keeps its sign here, and which it is; 0 where nothing is known. */
  readonly constant: 'value' | 'slope' | 'nothing'
  readonly sign: number
}

/** Narrower pieces are left undecided. There g'' moves g by some 1e-12, about its rounding. */
const finest = 1e-6

/** A polynomial whose remainder is above this share of its size is of no use. */
const largestRemainder = 0.1

/** How often a polynomial is cut in two before a new one is made. */
const cuts = 4

/**
 * @param edges of the interval and of the pieces to begin with, ascending; of no effect on the result
 */
export function isolateZeros(expand: Expand, edges: readonly number[]): IsolatedZeros {
  const pieces: Piece[] = []
  for (let i = 1; i < edges.length; i++) cover(expand, edges[i - 1]!, edges[i]!, pieces)
  const runs = mergeRuns(pieces)
  const brackets: Bracket[] = []
  let certain = true
  for (const [i, { low, high, constant }] of runs.entries()) {
    if (constant === 'value') continue
    const [atLow, atHigh] = [signBeside(runs[i - 1], expand, low), signBeside(runs[i + 1], expand, high)]
    certain &&= constant === 'slope' && atLow.certain && atHigh.certain
    if (atLow.sign !== atHigh.sign) brackets.push({ low, high, sign: atHigh.sign })
  }
  return { brackets, certain }
}

function cover(expand: Expand, low: number, high: number, pieces: Piece[]): void {
  if (high - low <= finest) {
    pieces.push({ low, high, constant: 'nothing', sign: 0 })
    return
  }
  const middle = (low + high) / 2
  const radius = (high - low) / 2
  const expansion = expand(middle, radius)
  if (expansion.remainder > largestRemainder * reach(expansion.coefficients, radius)) {
    cover(expand, low, middle, pieces)
    cover(expand, middle, high, pieces)
    return
  }
  const classify = (lower: number, upper: number, cutsLeft: number) => {
    const piece = pieceOf(expansion, middle, lower, upper)
    if (piece !== undefined) pieces.push(piece)
    else if (cutsLeft === 0) cover(expand, lower, upper, pieces)
    else {
      const between = (lower + upper) / 2
      classify(lower, between, cutsLeft - 1)
      classify(between, upper, cutsLeft - 1)
    }
  }
  classify(low, high, cuts)
}

/** Σ_k |c_k|·radiusᵏ. */
function reach(coefficients: readonly number[], radius: number): number {
  let sum = 0
  for (let k = coefficients.length - 1; k >= 0; k--) sum = sum * radius + Math.abs(coefficients[k]!)
  return sum
}

/** What a polynomial about `centre` proves of a part of its interval; undefined if nothing. */
function pieceOf(expansion: Expansion, centre: number, low: number, high: number): Piece | undefined {
  const { remainder, slopeRemainder } = expansion
  const shifted = shift(expansion.coefficients, (low + high) / 2 - centre)
  const radius = (high - low) / 2
  let [change, slopeChange] = [0, 0]
  for (let k = shifted.length - 1; k >= 1; k--) {
    change = (change + Math.abs(shifted[k]!)) * radius
    if (k > 1) slopeChange = (slopeChange + k * Math.abs(shifted[k]!)) * radius
  }
  const [value, slope] = [shifted[0]!, shifted[1]!]
  if (Math.abs(value) > change + remainder) return { low, high, constant: 'value', sign: Math.sign(value) }
  if (Math.abs(slope) > slopeChange + slopeRemainder)
    return { low, high, constant: 'slope', sign: Math.sign(slope) }
  return undefined
}

/** Coefficients of p(d + by). */
function shift(coefficients: readonly number[], by: number): number[] {
  const shifted = coefficients.slice()
  for (let i = 0; i < shifted.length - 1; i++) {
    for (let k = shifted.length - 2; k >= i; k--) shifted[k] = shifted[k]! + by * shifted[k + 1]!
  }
  return shifted
}

/** Neighbours of the same kind become one. */
function mergeRuns(pieces: readonly Piece[]): Piece[] {
  const runs: Piece[] = []
  for (const piece of pieces) {
    const last = runs.at(-1)
    const same = last?.constant === piece.constant && last.sign === piece.sign
    if (same) runs[runs.length - 1] = { ...last, high: piece.high }
    else runs.push(piece)
  }
  return runs
}

/** The sign of g at the edge to a neighbour. */
function signBeside(
  neighbour: Piece | undefined,
  expand: Expand,
  x: number,
): { readonly sign: number; readonly certain: boolean } {
  if (neighbour?.constant === 'value') return { sign: neighbour.sign, certain: true }
  const { coefficients, remainder } = expand(x, 0)
  const value = coefficients[0]!
  return { sign: value < 0 ? -1 : 1, certain: Math.abs(value) > remainder }
}

/** From here a polynomial leads to its zero within rounding: what it leaves out is of the order of 1e-24. */
const near = 1e-4

/** After so many steps of its own choice every further one halves the bracket; 80 halves are beyond rounding. */
const freeSteps = 10
const mostSteps = freeSteps + 80

/** The zero in a bracket, to rounding: from Taylor polynomial to Taylor polynomial, kept within the bracket by bisection. */
export function zeroWithin(expand: Expand, { low, high, sign }: Bracket): number {
  let [below, above] = [low, high]
  let x = (low + high) / 2
  for (let i = 0; i < mostSteps; i++) {
    const { coefficients } = expand(x, 0)
    if (coefficients[0]! > 0 === sign > 0) above = x
    else below = x
    const next = x + zeroNear(coefficients)
    if (Math.abs(next - x) <= near && next >= below && next <= above) return next
    const leads = i < freeSteps && next > below && next < above
    x = leads ? next : (below + above) / 2
  }
  return x
}

/** Newton's method on a polynomial from 0; not finite, or far away, where it does not converge. */
function zeroNear(coefficients: readonly number[]): number {
  let x = 0
  for (let i = 0; i < 20; i++) {
    let [value, slope] = [0, 0]
    for (let k = coefficients.length - 1; k >= 0; k--) {
      slope = slope * x + value
      value = value * x + coefficients[k]!
    }
    const step = value / slope
    x -= step
    if (!(Math.abs(step) > 1e-16 * Math.abs(x))) break
  }
  return x
}
