import type { Settings } from '../settings/settings.js'
import type { Stretch } from './trainer.js'

/** Recorded epochs of a training; all arrays of one length, epochs ascending. */
export interface History {
  readonly epoch: Float64Array
  readonly loss: Float64Array
  readonly gradientNorm: Float64Array
  readonly accuracy: Float64Array
}

/** Epochs kept per factor of ten by a log-spaced history, once they are more than one epoch apart. */
const perDecade = 200

/** The names of a history's columns, in the order they are written. */
export const historyColumns = ['epoch', 'loss', 'gradientNorm', 'accuracy'] as const
export type HistoryRow = Record<(typeof historyColumns)[number], number>

/** Keeps the epochs that a `record` setting names, and always the last one. */
export class Recorder {
  private readonly rows: HistoryRow[] = []
  private next = 0
  private last: HistoryRow | undefined

  /** @param onRow called with each kept row as it is kept */
  constructor(
    private readonly record: Settings['record'],
    private readonly onRow: (row: HistoryRow) => void = () => {},
  ) {}

  observe({ firstEpoch, loss, gradientNorm, accuracy }: Stretch): void {
    const end = firstEpoch + loss.length
    const rowAt = (epoch: number): HistoryRow => {
      const i = epoch - firstEpoch
      return { epoch, loss: loss[i]!, gradientNorm: gradientNorm[i]!, accuracy: accuracy[i]! }
    }
    while (this.next < end) {
      if (this.next >= firstEpoch) this.keep(rowAt(this.next))
      this.next = nextRecorded(this.next, this.record)
    }
    if (end > firstEpoch) this.last = rowAt(end - 1)
  }

  /** Ends the recording: the last epoch observed is kept as well. */
  finish(): History {
    if (this.last !== undefined && this.rows.at(-1)?.epoch !== this.last.epoch) this.keep(this.last)
    return this.history
  }

  /** What is kept so far. */
  get history(): History {
    const column = (name: keyof HistoryRow) => Float64Array.from(this.rows, row => row[name])
    return {
      epoch: column('epoch'),
      loss: column('loss'),
      gradientNorm: column('gradientNorm'),
      accuracy: column('accuracy'),
    }
  }

  private keep(row: HistoryRow): void {
    this.rows.push(row)
    this.onRow(row)
  }
}

/** The first epoch after `epoch` that is to be recorded. */
function nextRecorded(epoch: number, record: Settings['record']): number {
  if (record === 'all') return epoch + 1
  if (record === 'log') return Math.max(epoch + 1, Math.round(epoch * 10 ** (1 / perDecade)))
  return epoch + record.every
}
