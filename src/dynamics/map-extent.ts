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
 * points no further from the paths than these are wide, with a margin. Without paths all slow points count.
 *
 * @throws RangeError if there is nothing to see, or an extent given is not ascending
 */
export function mapExtent(
  axes: number,
  { points, paths, starts }: Seen,
  given: readonly (readonly [number, number])[] | undefined,
): [number, number][] {
  if (given !== undefined) return requireExtent(axes, given)
  const passed = paths.flatMap(({ places }) => places)
  const spans = (places: readonly Located[]) => Array.from({ length: axes }, (_, k) => spanOf(places, k))
  const reach = spans(passed).map(widened(1))
  const isNear = ({ at }: Located) => reach.every(([low, high], k) => at[k]! >= low && at[k]! <= high)
  const seen = [...passed, ...starts, ...(passed.length === 0 ? points : points.filter(isNear))]
  if (seen.length === 0) {
    throw new RangeError('flowMap: without an extent it needs slow points, paths or starts to take one from')
  }
  return spans(seen).map(widened(margin))
}

function spanOf(places: readonly Located[], axis: number): [number, number] {
  let [low, high] = [Infinity, -Infinity]
  for (const { at } of places) {
    low = Math.min(low, at[axis]!)
    high = Math.max(high, at[axis]!)
  }
  return [low, high]
}

/**
 * Widens a span on both sides by a share of it. Along an axis on which nothing is spread there is as much room as on
 * the other.
 */
function widened(share: number) {
  return ([low, high]: [number, number], _: number, all: readonly [number, number][]): [number, number] => {
    const widest = Math.max(...all.map(spread))
    const half = (spread([low, high]) || widest || 2 * leastHalfWidth) / 2
    const middle = (low + high) / 2
    return [middle - (1 + 2 * share) * half, middle + (1 + 2 * share) * half]
  }
}

/** The width of a span; 0 where it is rounding. */
function spread([low, high]: readonly [number, number]): number {
  return high - low > 1e-9 * (1 + Math.abs(low) + Math.abs(high)) ? high - low : 0
}

function requireExtent(axes: number, given: readonly (readonly [number, number])[]): [number, number][] {
  if (given.length !== axes)
    throw new RangeError(`flowMap: ${axes} axes need ${axes} extents, got ${given.length}`)
  return given.map(([low, high]) => {
    if (Number.isFinite(low) && Number.isFinite(high) && low < high) return [low, high]
    throw new RangeError(`flowMap: an extent must ascend between finite ends, got ${low} to ${high}`)
  })
}
