/** Share of what is seen that is left free on every side. */
const margin = 0.12

/** Half the width of an axis along which nothing is spread. */
const leastHalfWidth = 0.5

/** Something at coordinates of the map. */
interface Located {
  readonly at: Float64Array
}

interface Seen {
  readonly points: readonly Located[]
  readonly paths: readonly { readonly places: readonly Located[] }[]
  readonly starts: readonly Located[]
}

/**
 * Lowest and highest coordinate along each of a map's axes: those given, or from all paths and starts, and all slow
 * points no further from them than they are wide, with a margin. Without paths and starts all slow points count.
 *
 * @throws RangeError if there is nothing to see, or an extent given is not ascending
 */
export function mapExtent(
  axes: number,
  { points, paths, starts }: Seen,
  given: readonly (readonly [number, number])[] | undefined,
): [number, number][] {
  if (given !== undefined) return requireExtent(axes, given)
  const passed = [...paths.flatMap(({ places }) => places), ...starts]
  const core = passed.length > 0 ? passed : points
  if (core.length === 0) {
    throw new RangeError('flowMap: without an extent it needs slow points, paths or starts to take one from')
  }
  const reach = Array.from({ length: axes }, (_, k) => spanOf(core, k)).map(widened(1))
  const near = points.filter(({ at }) => reach.every(([low, high], k) => at[k]! >= low && at[k]! <= high))
  return Array.from({ length: axes }, (_, k) => spanOf([...core, ...near], k)).map(widened(margin))
}

function spanOf(places: readonly Located[], axis: number): [number, number] {
  let [low, high] = [Infinity, -Infinity]
  for (const { at } of places) {
    low = Math.min(low, at[axis]!)
    high = Math.max(high, at[axis]!)
  }
  return [low, high]
}

/** Widens a span on both sides by a share of it. */
function widened(
  share: number,
): (span: [number, number], index: number, all: [number, number][]) => [number, number] {
  return ([low, high], _, all) => {
    const widest = Math.max(...all.map(([from, to]) => to - from)) || 2 * leastHalfWidth
    // A line of points in a plane gets as much room across as along.
    const [middle, half] = [(low + high) / 2, (high - low) / 2 || widest / 2]
    return [middle - half - 2 * share * half, middle + half + 2 * share * half]
  }
}

function requireExtent(axes: number, given: readonly (readonly [number, number])[]): [number, number][] {
  if (given.length !== axes)
    throw new RangeError(`flowMap: ${axes} axes need ${axes} extents, got ${given.length}`)
  return given.map(([low, high]) => {
    if (Number.isFinite(low) && Number.isFinite(high) && low < high) return [low, high]
    throw new RangeError(`flowMap: an extent must ascend between finite ends, got ${low} to ${high}`)
  })
}
