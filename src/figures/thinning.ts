/** What part of a curve to keep, and how much of it. */
export interface Thinning {
  /** Values of x that are seen; one point beyond each end is kept so that the line reaches the edge. */
  readonly window?: readonly [number, number]
  /** Whether x is drawn on a logarithmic axis; not so unless given. */
  readonly logarithmic?: boolean
  /** Most points kept. */
  readonly limit?: number
}

/** Points a curve keeps: a figure is narrower than this in pixels. */
const defaultLimit = 2000

/**
 * Indices of the points of a curve to draw: all, or so few that `limit` holds while every stretch of the
 * axis keeps its first, lowest, highest and last point, so no spike is lost.
 * @param x ascending
 * @param y same length; a stretch that is all NaN keeps its ends, so that the gap stays
 */
export function thin(x: ArrayLike<number>, y: ArrayLike<number>, options: Thinning = {}): number[] {
  const { window = [-Infinity, Infinity], logarithmic = false, limit = defaultLimit } = options
  const [from, to] = visibleRange(x, window)
  if (to - from <= limit) return Array.from({ length: to - from }, (_, i) => from + i)
  const place = (i: number) => (logarithmic ? Math.log(Math.max(x[i]!, Number.MIN_VALUE)) : x[i]!)
  const stretches = Math.floor(limit / 4)
  // The first and the last point may lie far outside the window: the stretches divide what is between.
  const [low, high] = [place(from + 1), place(to - 2)]
  const stretchOf = (i: number) => {
    const share = (place(i) - low) / (high - low)
    return Math.min(stretches - 1, Math.max(0, Math.floor(stretches * share)))
  }
  const kept: number[] = []
  for (let start = from; start < to; ) {
    let end = start + 1
    while (end < to && stretchOf(end) === stretchOf(start)) end++
    kept.push(...extremesOf(y, start, end))
    start = end
  }
  return kept
}

/** First index and one past the last of the points in the window, one more at each end. */
function visibleRange(x: ArrayLike<number>, [low, high]: readonly [number, number]): [number, number] {
  let [from, to] = [0, x.length]
  while (from + 1 < to && x[from + 1]! < low) from++
  while (to - 2 >= from && x[to - 2]! > high) to--
  return [from, to]
}

/** The first, lowest, highest and last index of `start … end − 1`, ascending, each once. */
function extremesOf(y: ArrayLike<number>, start: number, end: number): number[] {
  let [lowest, highest] = [start, start]
  for (let i = start; i < end; i++) {
    if (y[i]! < y[lowest]! || Number.isNaN(y[lowest]!)) lowest = i
    if (y[i]! > y[highest]! || Number.isNaN(y[highest]!)) highest = i
  }
  return [...new Set([start, lowest, highest, end - 1])].sort((a, b) => a - b)
}

/** Lowest and highest finite value of several arrays; `[0, 1]` if there is none. */
export function extent(...arrays: readonly ArrayLike<number>[]): [number, number] {
  let [low, high] = [Infinity, -Infinity]
  for (const array of arrays) {
    for (let i = 0; i < array.length; i++) {
      const value = array[i]!
      if (!Number.isFinite(value)) continue
      low = Math.min(low, value)
      high = Math.max(high, value)
    }
  }
  return low <= high ? [low, high] : [0, 1]
}

/** At most `count` of some entries, evenly from the first to the last. */
export function spreadOver<Entry>(entries: readonly Entry[], count: number): Entry[] {
  if (entries.length <= count) return [...entries]
  return Array.from(
    { length: count },
    (_, i) => entries[Math.round((i * (entries.length - 1)) / (count - 1))]!,
  )
}
