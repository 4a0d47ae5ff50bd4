import type { History, HistoryRow } from '../../src/training/history.js'
import type { Stretch } from '../../src/training/trainer.js'

/** Every epoch of a training from some epoch on, in columns that grow by doubling. */
export class Trace {
  private length = 0
  private columns: History = columnsOf(256)

  push({ firstEpoch, loss, gradientNorm, accuracy }: Stretch): void {
    const length = this.length + loss.length
    if (length > this.columns.epoch.length) this.grow(2 * length)
    const { columns } = this
    for (let i = 0; i < loss.length; i++) columns.epoch[this.length + i] = firstEpoch + i
    columns.loss.set(loss, this.length)
    columns.gradientNorm.set(gradientNorm, this.length)
    columns.accuracy.set(accuracy, this.length)
    this.length = length
  }

  clear(): void {
    this.length = 0
    this.columns = columnsOf(256)
  }

  /** All epochs so far; views that the next push may leave behind. */
  get history(): History {
    const { epoch, loss, gradientNorm, accuracy } = this.columns
    return {
      epoch: epoch.subarray(0, this.length),
      loss: loss.subarray(0, this.length),
      gradientNorm: gradientNorm.subarray(0, this.length),
      accuracy: accuracy.subarray(0, this.length),
    }
  }

  /** One epoch, if it is there. */
  at(epoch: number): HistoryRow | undefined {
    const { columns, length } = this
    const i = epoch - (columns.epoch[0] ?? 0)
    if (!(i >= 0 && i < length)) return undefined
    return {
      epoch,
      loss: columns.loss[i]!,
      gradientNorm: columns.gradientNorm[i]!,
      accuracy: columns.accuracy[i]!,
    }
  }

  private grow(capacity: number): void {
    const { epoch, loss, gradientNorm, accuracy } = this.history
    const columns = columnsOf(capacity)
    columns.epoch.set(epoch)
    columns.loss.set(loss)
    columns.gradientNorm.set(gradientNorm)
    columns.accuracy.set(accuracy)
    this.columns = columns
  }
}

function columnsOf(capacity: number): History {
  return {
    epoch: new Float64Array(capacity),
    loss: new Float64Array(capacity),
    gradientNorm: new Float64Array(capacity),
    accuracy: new Float64Array(capacity),
  }
}
