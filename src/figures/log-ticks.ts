/** Multiples of a power of ten that are ticks, the fewest first. */
const multiples = [[1], [1, 3], [1, 2, 5], [1, 2, 3, 5], [1, 2, 3, 4, 5, 6, 7, 8, 9]] as const
/** Ticks that an axis should at least have. */
const fewest = 3

/**
 * Ticks of a logarithmic axis: powers of ten, at most `most`; where those are fewer than three, round multiples
 * of them as well.
 * @throws RangeError unless both ends are above 0 and finite
 */
export function logTicks([low, high]: readonly [number, number], most = 6): number[] {
  if (!(low > 0 && high < Infinity))
    throw new RangeError(`logTicks: ends above 0 wanted, got ${low}, ${high}`)
  const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))]
  let ticks: number[] = []
  for (const factors of multiples) {
    ticks = []
    for (let power = first; power <= last; power++) {
      // Parsed, so that 0.001 is the number written so.
      for (const factor of factors) ticks.push(Number(`${factor}e${power}`))
    }
    ticks = ticks.filter(tick => tick >= low && tick <= high)
    if (ticks.length >= fewest) break
  }
  const step = Math.ceil(ticks.length / most)
  return ticks.filter((_, i) => i % step === 0)
}
