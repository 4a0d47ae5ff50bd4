import { distance } from '../numerics/linear-algebra.js'
import { createBreather } from '../training/breather.js'
import type { Snapshot, Trainer } from '../training/trainer.js'
import type { Flow } from './flow.js'
import type { RejectedSearch, SlowPoint } from './slow-point.js'
import { findSlowPoints } from './slow-points.js'

/** Finds slow points of a flow from starts `[d]`, as {@link findSlowPoints} does. */
export type SlowPointFinder = (
  flow: Flow,
  starts: readonly Float64Array[],
) => { readonly points: readonly SlowPoint[]; readonly rejected: readonly RejectedSearch[] }

/** A slow point as it was at one look. */
export interface SlowPointSight {
  readonly epoch: number
  readonly point: SlowPoint
}

/** One slow point through training: the same place at consecutive looks. */
export interface SlowPointLife {
  /** Consecutive looks, one sight each. */
  readonly sights: readonly SlowPointSight[]
  /** Whether it was there at the first look and at the last. */
  readonly fromStart: boolean
  readonly toEnd: boolean
}

/** What followed slow points saw. */
export interface SlowPointLives {
  /** Epochs of the looks. */
  readonly epochs: readonly number[]
  /** In the order in which they appeared. */
  readonly lives: readonly SlowPointLife[]
  /** Searches that ended at no minimum, of each look. */
  readonly rejected: readonly (readonly RejectedSearch[])[]
}

export interface FollowSlowPointsOptions {
  /** When to look: ascending, none before the trainer's epoch. */
  readonly epochs: readonly number[]
  /** The flow of a network as a snapshot has it. */
  readonly flowOf: (snapshot: Snapshot) => Flow
  /** Where the search begins at every look, besides where the last look found points. */
  readonly starts: (snapshot: Snapshot) => readonly Float64Array[]
  /** {@link findSlowPoints} unless given. */
  readonly find?: SlowPointFinder
  /** The furthest a point may move between two looks and still be the same. No bound unless given. */
  readonly reach?: number
  readonly onProgress?: (share: number) => void
}

/**
 * Trains on and looks for slow points at the given epochs, of any network. Points of two looks in a row are the same
 * if they are nearest to each other: the closest pair is linked first, then the closest of what is left. Ends early if
 * the training diverges.
 *
 * @throws RangeError if the epochs do not ascend from the trainer's
 */
export async function followSlowPoints(
  trainer: Trainer,
  options: FollowSlowPointsOptions,
): Promise<SlowPointLives> {
  const {
    epochs,
    flowOf,
    starts,
    find = findSlowPoints,
    reach = Number.POSITIVE_INFINITY,
    onProgress,
  } = options
  const breathe = createBreather()
  const looked: number[] = []
  const rejected: (readonly RejectedSearch[])[] = []
  const lives: SlowPointSight[][] = []
  let alive: SlowPointSight[][] = []
  for (const epoch of epochs) {
    await advanceToLook(trainer, epoch, breathe)
    if (trainer.epoch < epoch) break
    const snapshot = trainer.snapshot()
    const last = alive.map(sights => sights.at(-1)!.point.position)
    const found = find(flowOf(snapshot), [...starts(snapshot), ...last])
    const linked = linkNearest(
      last,
      found.points.map(({ position }) => position),
      reach,
    )
    alive = found.points.map((point, i) => {
      const predecessor = linked[i]
      const sights = predecessor === undefined ? [] : alive[predecessor]!
      if (predecessor === undefined) lives.push(sights)
      sights.push({ epoch, point })
      return sights
    })
    looked.push(epoch)
    rejected.push(found.rejected)
    if (await breathe()) onProgress?.(looked.length / epochs.length)
  }
  const lived = lives.map(sights => ({
    sights,
    fromStart: sights[0]!.epoch === looked[0],
    toEnd: sights.at(-1)!.epoch === looked.at(-1),
  }))
  return { epochs: looked, lives: lived, rejected }
}

/** Epochs trained between two chances for other things to run. */
const atOnce = 100

async function advanceToLook(
  trainer: Trainer,
  epoch: number,
  breathe: () => Promise<boolean>,
): Promise<void> {
  if (!(epoch >= trainer.epoch)) {
    throw new RangeError(`followSlowPoints: epochs must ascend from ${trainer.epoch}, got ${epoch}`)
  }
  while (trainer.epoch < epoch && trainer.divergedAt === undefined) {
    trainer.advance(Math.min(atOnce, epoch - trainer.epoch))
    await breathe()
  }
}

/**
 * Links positions of two looks, the closest pair first, each at most once.
 * @returns for each of `now` the index of its predecessor among `before`, undefined where there is none
 */
export function linkNearest(
  before: readonly Float64Array[],
  now: readonly Float64Array[],
  reach: number,
): (number | undefined)[] {
  const pairs = now.flatMap((here, i) => before.map((there, j) => ({ i, j, apart: distance(here, there) })))
  const linked: (number | undefined)[] = now.map(() => undefined)
  const taken = new Set<number>()
  for (const { i, j, apart } of pairs.sort((a, b) => a.apart - b.apart)) {
    if (apart > reach || linked[i] !== undefined || taken.has(j)) continue
    linked[i] = j
    taken.add(j)
  }
  return linked
}
