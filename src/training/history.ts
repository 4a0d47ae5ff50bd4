import type { Settings } from '../settings/settings.js'
import { EventDetector } from './events.js'
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

/** Epochs kept on either side of a fall or a collapse by a log-spaced history. */
export const eventMargin = 100

/** Events whose surroundings a log-spaced history keeps; a training may fall and collapse thousands of times. */
const mostWindows = 12

/** The names of a history's columns, in the order they are written. */
export const historyColumns = ['epoch', 'loss', 'gradientNorm', 'accuracy'] as const
export type HistoryRow = Record<(typeof historyColumns)[number], number>

export interface RecorderOptions {
  /**
   * The task's loss of a silent network, by which falls and collapses are told (see `Events`). If given, a log-spaced history keeps every
   * epoch within 100 of the first twelve of them.
   */
  readonly silentLoss?: number
  /** Called with each kept row, epochs ascending; up to 100 epochs late if events are looked for. */
  readonly onRow?: ((row: HistoryRow) => void) | undefined
}

/**
 * Keeps the epochs that a `record` setting names, and always the last one. To keep what came before an event it
 * holds the last 100 epochs back; beyond those, memory is what is kept.
 */
export class Recorder {
  private readonly rows = new Rows()
  private readonly detector: EventDetector | undefined
  private readonly margin: number
  private readonly onRow: ((row: HistoryRow) => void) | undefined
  /** Last epochs, ascending, of the windows around events. */
  private readonly windowEnds: number[] = []
  /** Epochs observed and not decided on. */
  private held: Stretch = noEpochs
  private nextSpaced = 0
  private last: HistoryRow | undefined

  constructor(
    private readonly record: Settings['record'],
    { silentLoss, onRow }: RecorderOptions = {},
  ) {
    const looks = record === 'log' && silentLoss !== undefined
    this.detector = looks ? new EventDetector(silentLoss) : undefined
    this.margin = looks ? eventMargin : 0
    this.onRow = onRow
  }

  observe(stretch: Stretch): void {
    if (stretch.loss.length === 0) return
    for (const epoch of this.detector?.observe(stretch) ?? []) {
      if (this.windowEnds.length < mostWindows) this.windowEnds.push(epoch + this.margin)
    }
    this.held = joined(this.held, stretch)
    this.last = rowAt(this.held, endOf(this.held) - 1)
    this.decide(endOf(this.held) - this.margin)
  }

  /** Ends the recording: the last epoch observed is kept as well. */
  finish(): History {
    this.decide(endOf(this.held))
    if (this.last !== undefined && this.rows.lastEpoch !== this.last.epoch) this.keep(this.last)
    return this.rows.history
  }

  /** What is kept so far. */
  get history(): History {
    return this.rows.history
  }

  /** Keeps or drops the held epochs before `end`. */
  private decide(end: number): void {
    const { held } = this
    let epoch = this.nextKept(held.firstEpoch)
    while (epoch < end) {
      this.keep(rowAt(held, epoch))
      epoch = this.nextKept(epoch + 1)
    }
    this.held = from(held, end)
  }

  private nextKept(epoch: number): number {
    return Math.min(this.spacedFrom(epoch), this.windowFrom(epoch))
  }

  /** The first epoch from `epoch` on that is recorded for its number. */
  private spacedFrom(epoch: number): number {
    while (this.nextSpaced < epoch) this.nextSpaced = nextRecorded(this.nextSpaced, this.record)
    return this.nextSpaced
  }

  /** The first epoch from `epoch` on that is near an event. */
  private windowFrom(epoch: number): number {
    const end = this.windowEnds.find(last => last >= epoch)
    return end === undefined ? Number.POSITIVE_INFINITY : Math.max(epoch, end - 2 * this.margin)
  }

  private keep(row: HistoryRow): void {
    this.rows.push(row)
    this.onRow?.(row)
  }
}

/** Rows in columns that grow by doubling. */
class Rows {
  private columns: History = columnsOf(() => new Float64Array(256))
  private length = 0

  get lastEpoch(): number | undefined {
    return this.length === 0 ? undefined : this.columns.epoch[this.length - 1]
  }

  get history(): History {
    return columnsOf(name => this.columns[name].slice(0, this.length))
  }

  push(row: HistoryRow): void {
    const { columns, length } = this
    if (length === columns.epoch.length) {
      this.columns = columnsOf(name => {
        const longer = new Float64Array(2 * length)
        longer.set(columns[name])
        return longer
      })
    }
    for (const name of historyColumns) this.columns[name][length] = row[name]
    this.length++
  }
}

function columnsOf(column: (name: keyof HistoryRow) => Float64Array): History {
  return {
    epoch: column('epoch'),
    loss: column('loss'),
    gradientNorm: column('gradientNorm'),
    accuracy: column('accuracy'),
  }
}

const nothing = new Float64Array(0)
const noEpochs: Stretch = { firstEpoch: 0, loss: nothing, gradientNorm: nothing, accuracy: nothing }

/** The first epoch after a stretch. */
function endOf({ firstEpoch, loss }: Stretch): number {
  return firstEpoch + loss.length
}

function rowAt({ firstEpoch, loss, gradientNorm, accuracy }: Stretch, epoch: number): HistoryRow {
  const i = epoch - firstEpoch
  return { epoch, loss: loss[i]!, gradientNorm: gradientNorm[i]!, accuracy: accuracy[i]! }
}

/** Two stretches, the second following the first, as one. */
function joined(first: Stretch, second: Stretch): Stretch {
  if (first.loss.length === 0) return second
  const { firstEpoch } = first
  const column = (name: 'loss' | 'gradientNorm' | 'accuracy') => {
    const both = new Float64Array(first[name].length + second[name].length)
    both.set(first[name])
    both.set(second[name], first[name].length)
    return both
  }
  return {
    firstEpoch,
    loss: column('loss'),
    gradientNorm: column('gradientNorm'),
    accuracy: column('accuracy'),
  }
}

/** The part of a stretch from an epoch on, copied. */
function from(stretch: Stretch, epoch: number): Stretch {
  const start = Math.max(0, epoch - stretch.firstEpoch)
  return {
    firstEpoch: stretch.firstEpoch + start,
    loss: stretch.loss.slice(start),
    gradientNorm: stretch.gradientNorm.slice(start),
    accuracy: stretch.accuracy.slice(start),
  }
}

/** The first epoch after `epoch` that is to be recorded. */
function nextRecorded(epoch: number, record: Settings['record']): number {
  if (record === 'all') return epoch + 1
  if (record === 'log') return Math.max(epoch + 1, Math.round(epoch * 10 ** (1 / perDecade)))
  return epoch + record.every
}
