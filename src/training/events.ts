import type { Stretch } from './trainer.js'

/**
 * The abrupt events of a training, by thresholds on the loss relative to the plateau: the first loss that is
 * seen, but at most that of a silent network (1 for delayed activation with equal delay and response). A
 * network whose read-out starts undecided starts lower than a silent one.
 *
 * - first fall: the first epoch with loss < 0.5 of the plateau;
 * - second fall: the first epoch with loss < 0.1 of the plateau;
 * - collapse: after the first fall, the loss is back at ≥ 0.95 of the plateau, and has not been below
 *   0.5 of it since. A collapse that is undone is counted in `recoveries` and forgotten.
 */
export interface Events {
  readonly firstFall: number | undefined
  readonly secondFall: number | undefined
  readonly collapse: number | undefined
  readonly recoveries: number
  /** Lowest loss and its epoch. */
  readonly lowest: { readonly epoch: number; readonly loss: number } | undefined
}

/** Thresholds as shares of the plateau's loss. */
export const eventThresholds = { firstFall: 0.5, secondFall: 0.1, collapse: 0.95 } as const

/** Finds the events of a training from its stretches, fed in order; keeps no history. */
export class EventDetector {
  private firstFall: number | undefined
  private secondFall: number | undefined
  private collapse: number | undefined
  private recoveries = 0
  private lowestEpoch: number | undefined
  private lowestLoss = Number.POSITIVE_INFINITY
  private plateau: number | undefined

  /** @param silentLoss the task's loss of a silent network */
  constructor(private readonly silentLoss: number) {}

  /** @returns the epochs of the stretch at which it fell or collapsed, ascending */
  observe({ firstEpoch, loss }: Pick<Stretch, 'firstEpoch' | 'loss'>): number[] {
    const abrupt: number[] = []
    for (let i = 0; i < loss.length; i++) {
      const epoch = firstEpoch + i
      this.observeOne(epoch, loss[i]!)
      const { firstFall, secondFall, collapse } = this
      if (epoch === firstFall || epoch === secondFall || epoch === collapse) abrupt.push(epoch)
    }
    return abrupt
  }

  get events(): Events {
    const { firstFall, secondFall, collapse, recoveries, lowestEpoch } = this
    const lowest = lowestEpoch === undefined ? undefined : { epoch: lowestEpoch, loss: this.lowestLoss }
    return { firstFall, secondFall, collapse, recoveries, lowest }
  }

  private observeOne(epoch: number, loss: number): void {
    this.plateau ??= Math.min(loss, this.silentLoss)
    const share = loss / this.plateau
    if (loss < this.lowestLoss) {
      this.lowestLoss = loss
      this.lowestEpoch = epoch
    }
    if (share < eventThresholds.firstFall) {
      this.firstFall ??= epoch
      if (this.collapse !== undefined) this.recoveries++
      this.collapse = undefined
    }
    if (share < eventThresholds.secondFall) this.secondFall ??= epoch
    if (this.firstFall !== undefined && share >= eventThresholds.collapse) this.collapse ??= epoch
  }
}
