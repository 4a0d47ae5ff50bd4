import { portraitAt } from '../../dynamics/latent-life.js'
import type { RankOneModel } from '../../models/rank-one.js'
import type { Snapshot, Trainer } from '../../training/trainer.js'

/**
 * Epochs before a collapse at which the flow is looked at. The event comes one or two epochs before the loss is back
 * at the plateau.
 */
export const collapseWindow = 10

/** How many fixed points the latent flow has around a collapse. */
export interface CollapseFlow {
  /** At every epoch from 10 before the collapse (or from the first) up to the collapse. */
  readonly counts: readonly number[]
  /** At the last epoch of the training. */
  readonly end: number
}

/** Trains again up to a collapse to see the flow before it and at it; leaves the trainer at `last`. */
export function flowAtCollapse(
  trainer: Trainer,
  {
    start,
    last,
    collapse,
    model,
  }: {
    readonly start: Snapshot
    readonly last: Snapshot
    readonly collapse: number
    readonly model: RankOneModel
  },
): CollapseFlow {
  const count = (snapshot: Snapshot) => portraitAt(snapshot, model).fixedPoints.length
  const first = Math.max(start.epoch, collapse - collapseWindow)
  const epochs = Array.from({ length: collapse - first + 1 }, (_, i) => first + i)
  const counts = snapshotsAt(trainer, start, epochs).map(count)
  trainer.restore(last)
  return { counts, end: count(last) }
}

/** Whether a pair of fixed points is born before the collapse, 1 → 3, and is there at it. */
export function isSaddleNode({ counts }: CollapseFlow): boolean {
  return counts.at(-1) === 3 && counts.some((count, i) => count === 3 && counts[i - 1] === 1)
}

/** Trains again from `start` and keeps the snapshots at the given epochs, ascending. */
export function snapshotsAt(trainer: Trainer, start: Snapshot, epochs: readonly number[]): Snapshot[] {
  trainer.restore(start)
  return epochs.map(epoch => {
    trainer.advance(epoch - trainer.epoch)
    return trainer.snapshot()
  })
}
