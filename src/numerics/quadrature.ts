/**
 * ∫ f from a to b by Simpson's rule, halved where the halves do not agree with the whole.
 *
 * @param tolerance absolute error aimed at, where rounding does not forbid it
 * @returns NaN or Infinity where f is
 */
export function integrate(f: (x: number) => number, a: number, b: number, tolerance = 1e-10): number {
  const [start, middle, end] = [f(a), f((a + b) / 2), f(b)]
  return refine(f, { a, b, start, middle, end, whole: simpson(a, b, start, middle, end) }, tolerance, deepest)
}

interface Piece {
  readonly a: number
  readonly b: number
  /** f at both ends and between. */
  readonly start: number
  readonly middle: number
  readonly end: number
  readonly whole: number
}

const deepest = 40

const simpson = (a: number, b: number, start: number, middle: number, end: number) =>
  ((b - a) / 6) * (start + 4 * middle + end)

function refine(f: (x: number) => number, piece: Piece, tolerance: number, depth: number): number {
  const { a, b, start, middle, end, whole } = piece
  const centre = (a + b) / 2
  const [early, late] = [f((a + centre) / 2), f((centre + b) / 2)]
  const left = {
    a,
    b: centre,
    start,
    middle: early,
    end: middle,
    whole: simpson(a, centre, start, early, middle),
  }
  const right = {
    a: centre,
    b,
    start: middle,
    middle: late,
    end,
    whole: simpson(centre, b, middle, late, end),
  }
  const excess = left.whole + right.whole - whole
  const rounding = 1e-13 * simpson(a, b, Math.abs(start), Math.abs(middle), Math.abs(end))
  if (depth === 0 || !(Math.abs(excess) > 15 * tolerance + Math.abs(rounding)))
    return left.whole + right.whole + excess / 15
  return refine(f, left, tolerance / 2, depth - 1) + refine(f, right, tolerance / 2, depth - 1)
}
