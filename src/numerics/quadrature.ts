/**
 * ∫ f from a to b by Simpson's rule, halved where the halves do not agree with the whole.
 *
 * @param accuracy error aimed at, as a share of ∫ |f|; not below the relative error of f itself
 * @returns NaN or an infinity where f is
 */
export function integral(f: (x: number) => number, a: number, b: number, accuracy = 1e-9): number {
  let splitsLeft = mostSplits
  const refine = (piece: Piece): number => {
    const { low, high, atLow, atMiddle, atHigh } = piece
    const middle = (low + high) / 2
    const left = sampled(f, low, middle, atLow, atMiddle)
    const right = sampled(f, middle, high, atMiddle, atHigh)
    const sum = simpson(left) + simpson(right)
    const excess = sum - simpson(piece)
    const allowed = 15 * accuracy * Math.abs(simpson({ ...piece, ...magnitudes(piece) }))
    if (!(Math.abs(excess) > allowed) || splitsLeft <= 0) return sum + excess / 15
    splitsLeft--
    return refine(left) + refine(right)
  }
  return refine(sampled(f, a, b, f(a), f(b)))
}

interface Piece {
  readonly low: number
  readonly high: number
  readonly atLow: number
  readonly atMiddle: number
  readonly atHigh: number
}

/** A function too rough for its accuracy ends here rather than never. */
const mostSplits = 20_000

const sampled = (
  f: (x: number) => number,
  low: number,
  high: number,
  atLow: number,
  atHigh: number,
): Piece => ({
  low,
  high,
  atLow,
  atMiddle: f((low + high) / 2),
  atHigh,
})

const simpson = ({ low, high, atLow, atMiddle, atHigh }: Piece) =>
  ((high - low) / 6) * (atLow + 4 * atMiddle + atHigh)

const magnitudes = ({ atLow, atMiddle, atHigh }: Piece) => ({
  atLow: Math.abs(atLow),
  atMiddle: Math.abs(atMiddle),
  atHigh: Math.abs(atHigh),
})
