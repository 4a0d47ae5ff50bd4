import { type RankOneModel, rankOneViews } from '../models/rank-one.js'
import type { Snapshot, Stretch, Trainer } from '../training/trainer.js'
import { type LatentPortrait, latentPortrait } from './latent-ghost.js'

/** The life of a rank-one network's latent flow through training; all arrays of one length. */
export interface LatentLife {
  readonly epoch: Float64Array
  /** Number of fixed points of the latent flow in [−15, 15]. */
  readonly fixedPoints: Float64Array
  /** Dwell time of the ghost in steps; NaN where there is none. */
  readonly ghostDwell: Float64Array
  /** First epoch with a ghost, to the epoch; undefined if none was seen. */
  readonly ghostFrom: number | undefined
  /** The snapshots at the epochs asked for. */
  readonly kept: readonly Snapshot[]
}

export interface FollowOptions {
  readonly model: RankOneModel
  /** Trains up to this epoch. */
  readonly until: number
  /** Takes the flow apart every so many epochs. */
  readonly every: number
  /** Epochs, ascending, at which to look as well and to keep the snapshot. */
  readonly keep?: readonly number[]
  /** Sees every stretch of epochs, in order. */
  readonly onStretch?: (stretch: Stretch) => void
  readonly onProgress?: (share: number) => void
}

/**
 * Trains on and takes the latent flow apart every `every` epochs; the stretch in which the ghost first
 * appears is trained again epoch by epoch from its snapshot, so that its epoch is exact. Ends early if the
 * training diverges.
 */
export async function followLatentFlow(trainer: Trainer, options: FollowOptions): Promise<LatentLife> {
  const { model, until, every, keep = [], onStretch, onProgress } = options
  const rows: { epoch: number; fixedPoints: number; dwell: number }[] = []
  const kept: Snapshot[] = []
  let ghostFrom: number | undefined
  let before = trainer.snapshot()
  while (trainer.divergedAt === undefined) {
    const here = trainer.snapshot()
    const { fixedPoints, ghost } = portraitAt(here, model)
    if (ghost !== undefined) ghostFrom ??= firstGhost(trainer, model, before, here)
    rows.push({ epoch: here.epoch, fixedPoints: fixedPoints.length, dwell: ghost?.dwellSteps ?? Number.NaN })
    if (keep.includes(here.epoch)) kept.push(here)
    if (here.epoch >= until) break
    before = here
    const nextKept = keep.find(epoch => epoch > here.epoch) ?? until
    const next = Math.min(until, nextKept, every * (Math.floor(here.epoch / every) + 1))
    onStretch?.(trainer.advance(next - here.epoch))
    onProgress?.(trainer.epoch / until)
    // Lets timers, progress and Ctrl-C through.
    await new Promise(resolve => setTimeout(resolve))
  }
  return {
    epoch: Float64Array.from(rows, row => row.epoch),
    fixedPoints: Float64Array.from(rows, row => row.fixedPoints),
    ghostDwell: Float64Array.from(rows, row => row.dwell),
    ghostFrom,
    kept,
  }
}

/** The latent flow's portrait at a snapshot of a rank-one training. */
export function portraitAt({ parameters }: Snapshot, model: RankOneModel): LatentPortrait {
  return latentPortrait(rankOneViews(model, parameters), model.leak)
}

/** The first epoch after `before` with a ghost, at the latest that of `after`; leaves the trainer at `after`. */
function firstGhost(trainer: Trainer, model: RankOneModel, before: Snapshot, after: Snapshot): number {
  trainer.restore(before)
  while (trainer.epoch < after.epoch && portraitAt(trainer.snapshot(), model).ghost === undefined) {
    trainer.advance(1)
  }
  const found = trainer.epoch
  trainer.restore(after)
  return found
}
