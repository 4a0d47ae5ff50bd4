import { distance, euclideanNorm, spectrum } from '../numerics/linear-algebra.js'
import { reduceToCanonicalForm } from './canonical-form.js'
import type { Flow } from './flow.js'
import { grows, judgeMinimum, shrinks } from './ghost-tests.js'
import { mergePositions } from './merge-positions.js'
import { type MinimiseOptions, type MinimumSearch, minimiseSpeed } from './minimise-speed.js'
import type { RejectedSearch, SlowPoint, SlowPointKind } from './slow-point.js'
import { onScaleOf, typicalSize } from './typical-size.js'

export interface SlowPointOptions {
  /**
   * A search that gets farther than this from the origin is given up as a runaway; a thousand times the farthest
   * start unless given.
   */
  readonly bound?: number | undefined
  /** A search that takes more steps is given up; 200 unless given. */
  readonly mostSteps?: number | undefined
  /** Points closer than this share of ‖x‖ and the typical size of the starts together are one; 1e-6 unless given. */
  readonly mergeWithin?: number | undefined
  /** Called after every search with the share done; awaited nowhere. */
  readonly onProgress?: ((share: number) => void) | undefined
}

/** What the searches from all starts came to. */
export interface SlowPointSearch {
  /** Each once: fixed points first, then ghosts, then slow points; within a kind the slowest first, then by position. */
  readonly points: readonly SlowPoint[]
  /** In the order of the starts. */
  readonly rejected: readonly RejectedSearch[]
}

/**
 * Finds the slow points of a flow: the minima of q(x) = ½‖F(x)‖², fixed points among them, that searches from the
 * starts lead to. What is found does not depend on the order of the starts.
 *
 * @param starts each `[d]`: where the flow is known to pass, perhaps with noise
 * @throws RangeError if a start is not of the flow's dimension or not finite
 */
export function findSlowPoints(
  flow: Flow,
  starts: readonly Float64Array[],
  options: SlowPointOptions = {},
): SlowPointSearch {
  requireStarts(flow, starts)
  const scaled = onScaleOf(flow, starts)
  const limits = searchLimits(starts, options)
  const { mergeWithin, onProgress } = options
  const searches = starts.map((start, index) => {
    const search = minimiseSpeed(scaled, start, limits)
    onProgress?.((index + 1) / starts.length)
    return search
  })
  return slowPointsOf(scaled, starts, searches, mergeWithin)
}

/** Where searches from the starts are given up. */
export function searchLimits(
  starts: readonly Float64Array[],
  { bound, mostSteps = 200 }: SlowPointOptions = {},
): MinimiseOptions {
  const size = typicalSize(starts)
  const farthest = starts.reduce((most, start) => Math.max(most, euclideanNorm(start)), size)
  return { bound: bound ?? 1000 * farthest, mostSteps, size }
}

/**
 * What searches have found that may have run anywhere, one from each start.
 * @param searches in the order of the starts
 * @param mergeWithin as in `SlowPointOptions`
 */
export function slowPointsOf(
  flow: Flow,
  starts: readonly Float64Array[],
  searches: readonly MinimumSearch[],
  mergeWithin = 1e-6,
): SlowPointSearch {
  const found = searches.filter(({ outcome }) => outcome !== 'failed')
  const points = mergePositions(found, mergeWithin, typicalSize(starts)).map(group =>
    describe(flow, group, starts),
  )
  return { points: points.sort(byKindAndPosition), rejected: searches.flatMap(rejectionOf) }
}

function requireStarts({ dimension }: Flow, starts: readonly Float64Array[]): void {
  for (const [index, start] of starts.entries()) {
    if (start.length !== dimension) {
      throw new RangeError(
        `findSlowPoints: start ${index} must hold ${dimension} numbers, got ${start.length}`,
      )
    }
    const at = start.findIndex(value => !Number.isFinite(value))
    if (at >= 0) throw new RangeError(`findSlowPoints: start ${index} holds ${start[at]} at ${at}`)
  }
}

function rejectionOf(
  { outcome, reason, position, speed, gradientNorm }: MinimumSearch,
  start: number,
): RejectedSearch[] {
  return outcome === 'failed' ? [{ start, reason: reason ?? 'failed', position, speed, gradientNorm }] : []
}

/** Describes the minimum that a group of searches ended at, by the best of them. */
function describe(flow: Flow, group: readonly MinimumSearch[], starts: readonly Float64Array[]): SlowPoint {
  const { position, speed, gradientNorm } = group[0]!
  return {
    ...kindOf(flow, group[0]!),
    position,
    speed,
    energy: speed ** 2 / 2,
    gradientNorm,
    nearestStart: starts.reduce(
      (least, start) => Math.min(least, distance(start, position)),
      Number.POSITIVE_INFINITY,
    ),
    starts: group.length,
  }
}

/** What there is to say of a minimum beyond its place and speed. */
type Kind = Pick<SlowPoint, 'kind' | 'reason' | 'spectrum' | 'stable' | 'index' | 'canonicalForm'>

function kindOf(flow: Flow, { outcome, position, speed }: MinimumSearch): Kind {
  const ghost = outcome === 'fixed point' ? undefined : judgeMinimum(flow, position, speed)
  if (typeof ghost === 'object') {
    const { spectrum, stable, index, canonicalForm } = ghost
    return { kind: 'ghost', reason: undefined, spectrum, stable, index, canonicalForm }
  }
  const eigen = spectrum(flow.jacobian(position), flow.dimension)
  const directions = [...eigen.real.keys()]
  return {
    kind: ghost === undefined ? 'fixed point' : 'slow',
    reason: ghost,
    spectrum: eigen,
    stable: directions.every(i => shrinks(flow, eigen, i)),
    index: directions.filter(i => grows(flow, eigen, i)).length,
    canonicalForm: ghost === undefined ? undefined : reduceToCanonicalForm(flow, position),
  }
}

const kinds: readonly SlowPointKind[] = ['fixed point', 'ghost', 'slow']

/** Speeds of fixed points are rounding, and say nothing of their order. */
function byKindAndPosition(a: SlowPoint, b: SlowPoint): number {
  if (a.kind !== b.kind) return kinds.indexOf(a.kind) - kinds.indexOf(b.kind)
  const faster = a.kind === 'fixed point' ? 0 : a.speed - b.speed
  if (Math.abs(faster) > 1e-9 * (a.speed + b.speed)) return faster
  const apart = a.position.findIndex(
    (value, i) => Math.abs(value - b.position[i]!) > 1e-6 * (1 + Math.abs(value)),
  )
  return apart < 0 ? 0 : a.position[apart]! - b.position[apart]!
}
