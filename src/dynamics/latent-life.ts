import { type RankOneModel, rankOneViews } from '../models/rank-one.js'
import { createBreather } from '../training/breather.js'
import type { Snapshot, Stretch, Trainer } from '../training/trainer.js'
import { type LatentPortrait, latentPortrait } from './latent-ghost.js'

/** What the looks at a rank-one network's latent flow through training saw; all arrays of one length. */
export interface LatentLife {
  readonly epoch: Float64Array
  /** Loss at that epoch. */
  readonly loss: Float64Array
  /** Number of fixed points of the latent flow in [−15, 15]. */
  readonly fixedPoints: Float64Array
  /** Number of slow points there, whether or not the state passes them. */
  readonly slowPoints: Float64Array
  /** κ(0). */
  readonly start: Float64Array
  /** κ of the ghost, NaN where there is none; so are all that follow. */
  readonly ghostKappa: Float64Array
  /** F there: the r of the canonical form, and its effective r as well, because F' = 0 there. */
  readonly ghostSpeed: Float64Array
  /** F''/2 there: the a of the canonical form. */
  readonly ghostCurvature: Float64Array
  /** Dwell time π/√(r·a) in steps. */
  readonly ghostDwell: Float64Array
  /** Epochs of looks that could not prove to have found everything, because two points met there, to rounding. */
  readonly uncertain: readonly number[]
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
  /** Asked after every stretch whether to end there, before `until`. */
  readonly enough?: () => boolean
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
  const { model, until, every, keep = [], onStretch, enough, onProgress } = options
  const looks = new LookBook()
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
    if (high - low > abrupt * largestLoss) lookWithin(trainer, model, here, stretch, looks)
    else if (stretch.loss.length > 0) looks.add(here.epoch, stretch.loss[0]!, portraitAt(here, model))
    onStretch?.(stretch)
    if (enough?.()) break
    if (await breathe()) onProgress?.(trainer.epoch / until)
  }
  return looks.bind(kept)
}

/** Looks at every epoch of a stretch that starts at a snapshot; leaves the trainer where it stands. */
function lookWithin(
  trainer: Trainer,
  model: RankOneModel,
  from: Snapshot,
  { loss }: Stretch,
  looks: LookBook,
): void {
  const to = trainer.snapshot()
  trainer.restore(from)
  for (const value of loss) {
    looks.add(trainer.epoch, value, portraitAt(trainer.snapshot(), model))
    trainer.advance(1)
  }
  trainer.restore(to)
}

/** Columns that grow by a look. */
class LookBook {
  private readonly rows: Record<Exclude<keyof LatentLife, 'uncertain' | 'kept'>, number[]> = {
    epoch: [],
    loss: [],
    fixedPoints: [],
    slowPoints: [],
    start: [],
    ghostKappa: [],
    ghostSpeed: [],
    ghostCurvature: [],
    ghostDwell: [],
  }
  private readonly uncertain: number[] = []

  add(epoch: number, loss: number, { start, fixedPoints, slowPoints, ghost, certain }: LatentPortrait): void {
    const { rows } = this
    rows.epoch.push(epoch)
    rows.loss.push(loss)
    rows.fixedPoints.push(fixedPoints.length)
    rows.slowPoints.push(slowPoints.length)
    rows.start.push(start)
    rows.ghostKappa.push(ghost?.kappa ?? Number.NaN)
    rows.ghostSpeed.push(ghost?.speed ?? Number.NaN)
    rows.ghostCurvature.push(ghost?.curvature ?? Number.NaN)
    rows.ghostDwell.push(ghost?.dwellSteps ?? Number.NaN)
    if (!certain) this.uncertain.push(epoch)
  }

  bind(kept: readonly Snapshot[]): LatentLife {
    const { rows, uncertain } = this
    return {
      epoch: Float64Array.from(rows.epoch),
      loss: Float64Array.from(rows.loss),
      fixedPoints: Float64Array.from(rows.fixedPoints),
      slowPoints: Float64Array.from(rows.slowPoints),
      start: Float64Array.from(rows.start),
      ghostKappa: Float64Array.from(rows.ghostKappa),
      ghostSpeed: Float64Array.from(rows.ghostSpeed),
      ghostCurvature: Float64Array.from(rows.ghostCurvature),
      ghostDwell: Float64Array.from(rows.ghostDwell),
      uncertain,
      kept,
    }
  }
}

/** The latent flow's portrait at a snapshot of a rank-one training. */
export function portraitAt({ parameters }: Snapshot, model: RankOneModel): LatentPortrait {
  return latentPortrait(rankOneViews(model, parameters), model.leak)
}
