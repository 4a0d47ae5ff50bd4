import { type RankOneModel, rankOneViews } from '../models/rank-one.js'
import { createBreather } from '../training/breather.js'
import type { Snapshot, Stretch, Trainer } from '../training/trainer.js'
import { type LatentPortrait, latentPortrait } from './latent-ghost.js'

/** The life of a rank-one network's latent flow through training; all arrays of one length. */
export interface LatentLife {
  readonly epoch: Float64Array
  /** Loss at that epoch. */
  readonly loss: Float64Array
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
const abrupt = 0.1

/**
 * Trains on and takes the latent flow apart every `every` epochs, and at every single epoch where the loss
 * moves abruptly: those stretches are trained again from their snapshot, which gives the same bits. Ends
 * early if the training diverges.
 */
export async function followLatentFlow(trainer: Trainer, options: FollowOptions): Promise<LatentLife> {
  const { model, until, every, keep = [], onStretch, onProgress } = options
  const looks: Look[] = []
  const kept: Snapshot[] = []
  const breathe = createBreather()
  let largestLoss = 0
  while (trainer.epoch < until && trainer.divergedAt === undefined) {
    const here = trainer.snapshot()
    if (keep.includes(here.epoch)) kept.push(here)
    const nextKept = keep.find(epoch => epoch > here.epoch) ?? until
    const next = Math.min(until, nextKept, every * (Math.floor(here.epoch / every) + 1))
    const stretch = trainer.advance(next - here.epoch)
    const [low, high] = [Math.min(...stretch.loss), Math.max(...stretch.loss)]
    largestLoss = Math.max(largestLoss, high)
    if (high - low > abrupt * largestLoss) looks.push(...lookWithin(trainer, model, here, stretch))
    else if (stretch.loss.length > 0) looks.push(lookAt(here, model, stretch.loss[0]!))
    onStretch?.(stretch)
    if (await breathe()) onProgress?.(trainer.epoch / until)
  }
  return {
    epoch: Float64Array.from(looks, look => look.epoch),
    loss: Float64Array.from(looks, look => look.loss),
    fixedPoints: Float64Array.from(looks, look => look.fixedPoints),
    ghostDwell: Float64Array.from(looks, look => look.dwell),
    kept,
  }
}

interface Look {
  readonly epoch: number
  readonly loss: number
  readonly fixedPoints: number
  readonly dwell: number
}

function lookAt(snapshot: Snapshot, model: RankOneModel, loss: number): Look {
  const { fixedPoints, ghost } = portraitAt(snapshot, model)
  return {
    epoch: snapshot.epoch,
    loss,
    fixedPoints: fixedPoints.length,
    dwell: ghost?.dwellSteps ?? Number.NaN,
  }
}

/** Looks at every epoch of a stretch that starts at a snapshot; leaves the trainer where it stands. */
function lookWithin(trainer: Trainer, model: RankOneModel, from: Snapshot, { loss }: Stretch): Look[] {
  const to = trainer.snapshot()
  trainer.restore(from)
  const looks = Array.from(loss, value => {
    const look = lookAt(trainer.snapshot(), model, value)
    trainer.advance(1)
    return look
  })
  trainer.restore(to)
  return looks
}

/** The latent flow's portrait at a snapshot of a rank-one training. */
export function portraitAt({ parameters }: Snapshot, model: RankOneModel): LatentPortrait {
  return latentPortrait(rankOneViews(model, parameters), model.leak)
}
