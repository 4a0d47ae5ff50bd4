import { distance, euclideanNorm, type Spectrum, spectrum } from '../numerics/linear-algebra.js'
import { type CanonicalForm, reduceToCanonicalForm } from './canonical-form.js'
import type { Flow } from './flow.js'
import { mergePositions } from './merge-positions.js'
import { type MinimumSearch, minimiseSpeed } from './minimise-speed.js'
import type { RejectedSearch, SlowPoint, SlowPointKind } from './slow-point.js'

export interface SlowPointOptions {
  /**
   * A search that gets farther than this from the origin is given up as a runaway; a thousand times the farthest
   * start, and at least 1000, unless given.
   */
  readonly bound?: number | undefined
  /** A search that takes more steps is given up; 200 unless given. */
  readonly mostSteps?: number | undefined
  /** Points closer than this share of their size, 1 + ‖x‖, are one; 1e-6 unless given. */
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
  const farthest = starts.reduce((most, start) => Math.max(most, euclideanNorm(start)), 1)
  const { bound = 1000 * farthest, mostSteps = 200, mergeWithin = 1e-6, onProgress } = options
  const searches = starts.map((start, index) => {
    const search = minimiseSpeed(flow, start, { bound, mostSteps })
    onProgress?.((index + 1) / starts.length)
    return search
  })
  const found = searches.filter(({ outcome }) => outcome !== 'failed')
  const points = mergePositions(found, mergeWithin).map(group => describe(flow, group, starts))
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
  const { outcome, position, speed, gradientNorm } = group[0]!
  const eigen = spectrum(flow.jacobian(position), flow.dimension)
  const form = outcome === 'fixed point' ? undefined : reduceToCanonicalForm(flow, position)
  const kind: SlowPointKind = outcome === 'fixed point' ? 'fixed point' : isGhost(form) ? 'ghost' : 'slow'
  const index = growingDirections(flow, eigen, kind === 'ghost' ? form!.dimension : 0)
  return {
    kind,
    position,
    speed,
    energy: speed ** 2 / 2,
    gradientNorm,
    spectrum: eigen,
    stable: index === 0,
    index,
    canonicalForm: form,
    nearestStart: starts.reduce(
      (least, start) => Math.min(least, distance(start, position)),
      Number.POSITIVE_INFINITY,
    ),
    starts: group.length,
  }
}

/** The other directions must decay, or grow, at least e-fold within the dwell time: then one direction makes the passage. */
function isGhost(form: CanonicalForm | undefined): boolean {
  return form?.dwellTime !== undefined && form.spectralGap * form.dwellTime > 1
}

/** Eigenvalues that grow, without the `apart` nearest 0. */
function growingDirections({ step }: Flow, { real, imaginary }: Spectrum, apart: number): number {
  const order = Array.from(real.keys()).sort((a, b) => modulus(a) - modulus(b))
  function modulus(i: number): number {
    return Math.hypot(real[i]!, imaginary[i]!)
  }
  const grows = (i: number) =>
    step === undefined ? real[i]! >= 0 : Math.hypot(1 + step * real[i]!, step * imaginary[i]!) >= 1
  return order.slice(apart).filter(grows).length
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
