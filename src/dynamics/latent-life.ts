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

/** A stretch whose loss moves by more than this share of the largest loss so far is looked at epoch by epoch. */
const abrupt = 0.02

/**
 * Trains on and takes the latent flow apart every `every` epochs, and at every single epoch where the loss
 * moves abruptly: those stretches are trained again from their snapshot, which gives the same bits. Ends
 * early if the training diverges.
 */
export async function followLatentFlow(trainer: Trainer, options: FollowOptions): Promise<LatentLife> {
  const { model, until, every, keep = [], onStretch, onProgress } = options
  const looks: Look[] = []
  const kept: Snapshot[] = []
  let largestLoss = 0
  while (trainer.divergedAt === undefined) {
    const here = trainer.snapshot()
    looks.push(lookAt(here, model))
    if (keep.includes(here.epoch)) kept.push(here)
    if (here.epoch >= until) break
    const nextKept = keep.find(epoch => epoch > here.epoch) ?? until
    const next = Math.min(until, nextKept, every * (Math.floor(here.epoch / every) + 1))
    const stretch = trainer.advance(next - here.epoch)
    const [low, high] = [Math.min(...stretch.loss), Math.max(...stretch.loss)]
    largestLoss = Math.max(largestLoss, high)
    if (high - low > abrupt * largestLoss) looks.push(...lookWithin(trainer, model, here))
    onStretch?.(stretch)
    onProgress?.(trainer.epoch / until)
    // Lets timers, progress and Ctrl-C through.
    await new Promise(resolve => setTimeout(resolve))
  }
  return {
    epoch: Float64Array.from(looks, look => look.epoch),
    fixedPoints: Float64Array.from(looks, look => look.fixedPoints),
    ghostDwell: Float64Array.from(looks, look => look.dwell),
    kept,
  }
}

interface Look {
  readonly epoch: number
  readonly fixedPoints: number
  readonly dwell: number
}

function lookAt(snapshot: Snapshot, model: RankOneModel): Look {
  const { fixedPoints, ghost } = portraitAt(snapshot, model)
  return { epoch: snapshot.epoch, fixedPoints: fixedPoints.length, dwell: ghost?.dwellSteps ?? Number.NaN }
}

/** Looks at every epoch between a snapshot and where the trainer stands; leaves the trainer there. */
function lookWithin(trainer: Trainer, model: RankOneModel, from: Snapshot): Look[] {
  const to = trainer.snapshot()
  const looks: Look[] = []
  trainer.restore(from)
  for (let epoch = from.epoch + 1; epoch < to.epoch; epoch++) {
    trainer.advance(1)
    looks.push(lookAt(trainer.snapshot(), model))
  }
  trainer.restore(to)
  return looks
}

/** The latent flow's portrait at a snapshot of a rank-one training. */
export function portraitAt({ parameters }: Snapshot, model: RankOneModel): LatentPortrait {
  return latentPortrait(rankOneViews(model, parameters), model.leak)
}
