import { EventDetector, eventThresholds } from '../../training/events.js'
import type { Snapshot, Stretch } from '../../training/trainer.js'

/** An epoch, and a snapshot from which to train up to it. */
export interface Moment {
  readonly epoch: number
  readonly snapshot: Snapshot
}

/**
 * Watches a training for a collapse that is not undone, and keeps what is needed to see the network again at the
 * last epoch with a loss below half of the plateau, and at the collapse. Fed every stretch with the snapshot it
 * began from.
 */
export class CollapseWatch {
  private readonly detector: EventDetector
  private plateau: number | undefined
  private lastGood: Moment | undefined
  private collapse: Moment | undefined

  /** @param silentLoss the task's loss of a silent network */
  constructor(private readonly silentLoss: number) {
    this.detector = new EventDetector(silentLoss)
  }

  observe(snapshot: Snapshot, stretch: Stretch): void {
    const { firstEpoch, loss } = stretch
    this.detector.observe(stretch)
    for (const [i, value] of loss.entries()) {
      this.plateau ??= Math.min(value, this.silentLoss)
      if (value < eventThresholds.firstFall * this.plateau)
        this.lastGood = { epoch: firstEpoch + i, snapshot }
    }
    const { collapse } = this.detector.events
    if (collapse === this.collapse?.epoch) return
    this.collapse = collapse === undefined ? undefined : { epoch: collapse, snapshot }
  }

  /** Both sides of the collapse that the training ended in; undefined if it ended in none. */
  get found(): { readonly before: Moment; readonly after: Moment } | undefined {
    const { lastGood, collapse } = this
    return lastGood && collapse && { before: lastGood, after: collapse }
  }
}
