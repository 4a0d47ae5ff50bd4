import { parseSettings, type Settings, type SettingsInput } from '../../src/settings/settings.js'
import { createTask, createTrainer } from '../../src/training/create-trainer.js'
import { EventDetector, type Events } from '../../src/training/events.js'
import { type HistoryRow, Recorder } from '../../src/training/history.js'
import { conditionsOf } from '../../src/training/train.js'
import type { Snapshot, Stretch, Trainer } from '../../src/training/trainer.js'
import type { LabChange } from '../state/fields.js'
import { type Bins, Envelope } from './envelope.js'

/**
 * One training that can be looked at while it runs: its history and its events so far, and the network at any epoch
 * already trained. Memory is bounded however long it runs. Knows nothing of workers and pages.
 */

/** Epochs between two kept snapshots, to begin with; doubled, and every other one dropped, whenever they are too many. */
const firstSpacing = 16
/** Snapshots kept: as many as fit in so many bytes, within limits. */
const snapshotBytes = 16e6
const snapshotCount = { least: 32, most: 512 } as const

export interface SessionProgress {
  /** Epochs done. */
  readonly epoch: number
  /** The first epoch that was measured, and the last one. */
  readonly first: HistoryRow | undefined
  readonly last: HistoryRow | undefined
  readonly events: Events
  /** As in the settings' changes, those made so far. */
  readonly changes: readonly LabChange[]
  /** Those of the settings that lie ahead. */
  readonly ahead: readonly LabChange[]
  readonly divergedAt: number | undefined
  /** What the next epoch goes by. */
  readonly rate: number
  readonly confidence: number | undefined
}

/** A network at an epoch. */
export interface Look {
  readonly epoch: number
  readonly parameters: Float64Array
  /** Before the update of that epoch; undefined if it diverged there. */
  readonly row: HistoryRow | undefined
  /** What the update of that epoch went by. */
  readonly rate: number
  readonly confidence: number | undefined
  /** Every epoch within the margin that was asked for. */
  readonly around?: Stretch
}

/** A network at one of evenly spaced epochs and at the epoch after: steps that hop to and fro differ between the two. */
export interface Kept {
  readonly epoch: number
  readonly parameters: Float64Array
  readonly after: Float64Array
}

export class TrainingSession {
  private readonly recorder: Recorder
  private readonly detector: EventDetector
  private readonly envelope = new Envelope()
  private readonly mostSnapshots: number
  private snapshots: Snapshot[]
  private spacing = firstSpacing
  private end: number
  private fresh: HistoryRow[] = []
  private freshlyKept: Snapshot[]
  private first: HistoryRow | undefined
  private last: HistoryRow | undefined
  private shown: Look | undefined
  private made: LabChange[] = []
  /** Those of the settings that lie ahead, epochs ascending. */
  private ahead: LabChange[]

  private constructor(
    readonly settings: Settings,
    private readonly trainer: Trainer,
    /** A second trainer of the same settings, for looks at the past. */
    private readonly past: Trainer,
  ) {
    const { silentLoss } = createTask(settings)
    this.recorder = new Recorder('log', { silentLoss, onRow: row => void this.fresh.push(row) })
    this.detector = new EventDetector(silentLoss)
    const first = trainer.snapshot()
    this.snapshots = [first]
    this.freshlyKept = [first]
    this.mostSnapshots = Math.min(
      snapshotCount.most,
      Math.max(snapshotCount.least, Math.floor(snapshotBytes / bytesOf(first))),
    )
    this.end = settings.epochs
    this.ahead = (settings.changes ?? []).map(withoutUndefined)
  }

  /** @throws InputError if the settings are not valid */
  static async create(input: SettingsInput): Promise<TrainingSession> {
    const settings = parseSettings(input)
    return new TrainingSession(settings, await createTrainer(settings), await createTrainer(settings))
  }

  get progress(): SessionProgress {
    const { first, last, detector, made: changes, ahead } = this
    const { epoch, divergedAt, conditions } = this.trainer
    const { optimizer, confidence } = conditions
    const { rate } = optimizer
    return { epoch, first, last, events: detector.events, changes, ahead, divergedAt, rate, confidence }
  }

  /** The network at the last epoch measured, before its update; the first network of all before any was. */
  get present(): Look {
    this.shown ??= this.lookAt(0)
    return this.shown
  }

  /** Lowest and highest values of all epochs so far. */
  get bins(): Bins {
    return this.envelope.bins
  }

  get ended(): boolean {
    return this.trainer.divergedAt !== undefined || this.trainer.epoch >= this.end
  }

  /** Trains on, by `epochs` at most: to the end of the settings, or to a divergence. */
  advance(epochs: number): void {
    const until = Math.min(this.end, this.trainer.epoch + epochs)
    if (until <= this.trainer.epoch) return
    this.trainTo(until - 1)
    this.makeChanges()
    const { epoch, parameters, conditions } = this.trainer.snapshot()
    this.trainTo(until)
    const row = this.last?.epoch === epoch ? this.last : undefined
    const { rate } = conditions.optimizer
    this.shown = { epoch, parameters, row, rate, confidence: conditions.confidence }
  }

  /**
   * Changes rate or confidence from the next epoch on; changes that lay ahead are dropped. Before the first epoch it is
   * the start that changes.
   */
  change(change: Omit<LabChange, 'epoch'>): void {
    const { trainer } = this
    this.ahead = []
    if (trainer.epoch > 0) {
      this.make({ ...change, epoch: trainer.epoch })
      return
    }
    trainer.change(conditionsOf(change, trainer))
    this.snapshots = [trainer.snapshot()]
    this.shown = undefined
  }

  /** Moves the end, but not before what is done. */
  endAt(epochs: number): void {
    this.end = Math.max(this.trainer.epoch, epochs)
  }

  /** The rows of the history that were recorded since the last call, epochs ascending. */
  takeRows(): HistoryRow[] {
    const rows = this.fresh
    this.fresh = []
    return rows
  }

  /** The evenly spaced networks that were kept since the last call, and their spacing: others are kept no longer. */
  takeKept(): { readonly spacing: number; readonly kept: readonly Kept[] } {
    const { spacing, freshlyKept, trainer } = this
    // Of the last one the epoch after may not be trained yet.
    this.freshlyKept = freshlyKept.filter(({ epoch }) => epoch >= trainer.epoch)
    const kept = freshlyKept.filter(({ epoch }) => epoch < trainer.epoch)
    return { spacing, kept: kept.map(({ epoch, parameters }) => this.withNext(epoch, parameters)) }
  }

  /**
   * The network at an epoch that has been trained, or at the next one.
   * @param margin epochs on either side to measure anew, as far as they have been trained
   */
  lookAt(epoch: number, margin = 0): Look {
    const wanted = Math.max(0, Math.min(Math.round(epoch), this.trainer.epoch))
    this.restorePast(wanted)
    const { parameters, conditions } = this.past.snapshot()
    const row = rowOf(this.past.advance(1), 0)
    const { rate } = conditions.optimizer
    const look = { epoch: wanted, parameters, row, rate, confidence: conditions.confidence }
    return margin > 0 ? { ...look, around: this.stretchAround(wanted, margin) } : look
  }

  private withNext(epoch: number, parameters: Float64Array): Kept {
    this.restorePast(epoch + 1)
    return { epoch, parameters, after: this.past.snapshot().parameters }
  }

  /** Every epoch within the margin, as far as they have been trained. */
  private stretchAround(epoch: number, margin: number): Stretch {
    const first = Math.max(0, epoch - margin)
    const end = Math.min(this.trainer.epoch, epoch + margin + 1)
    this.restorePast(first)
    const rows: number[][] = []
    while (this.past.epoch < end && this.past.divergedAt === undefined) {
      this.changePast(this.past.epoch)
      const next = this.made.find(change => change.epoch > this.past.epoch)?.epoch ?? end
      const { loss, gradientNorm, accuracy } = this.past.advance(Math.min(next, end) - this.past.epoch)
      for (let i = 0; i < loss.length; i++) rows.push([loss[i]!, gradientNorm[i]!, accuracy[i]!])
    }
    const column = (k: number) => Float64Array.from(rows, row => row[k]!)
    return { firstEpoch: first, loss: column(0), gradientNorm: column(1), accuracy: column(2) }
  }

  /** Brings the second trainer to an epoch, with the conditions of its update in force. */
  private restorePast(epoch: number): void {
    const { past, made } = this
    past.restore(this.snapshots.findLast(snapshot => snapshot.epoch <= epoch)!)
    for (const change of made.filter(change => change.epoch >= past.epoch && change.epoch <= epoch)) {
      past.advance(change.epoch - past.epoch)
      this.changePast(change.epoch)
    }
    past.advance(epoch - past.epoch)
  }

  private changePast(epoch: number): void {
    const change = this.made.find(change => change.epoch === epoch)
    if (change !== undefined) this.past.change(conditionsOf(change, this.past))
  }

  private trainTo(until: number): void {
    while (this.trainer.epoch < until && this.trainer.divergedAt === undefined) {
      this.makeChanges()
      const stop = Math.min(until, this.nextSnapshot, this.ahead[0]?.epoch ?? Number.POSITIVE_INFINITY)
      this.observe(this.trainer.advance(stop - this.trainer.epoch))
      this.keepSnapshot()
    }
  }

  private observe(stretch: Stretch): void {
    this.recorder.observe(stretch)
    this.detector.observe(stretch)
    this.envelope.observe(stretch)
    this.first ??= rowOf(stretch, 0)
    this.last = rowOf(stretch, stretch.loss.length - 1) ?? this.last
  }

  private makeChanges(): void {
    for (const change of this.ahead.filter(({ epoch }) => epoch <= this.trainer.epoch)) {
      this.ahead = this.ahead.slice(1)
      this.make(change)
    }
  }

  private make(change: LabChange): void {
    this.trainer.change(conditionsOf(change, this.trainer))
    const same = this.made.at(-1)?.epoch === change.epoch ? this.made.at(-1) : undefined
    this.made = [...(same === undefined ? this.made : this.made.slice(0, -1)), { ...same, ...change }]
  }

  private get nextSnapshot(): number {
    return (Math.floor(this.trainer.epoch / this.spacing) + 1) * this.spacing
  }

  private keepSnapshot(): void {
    if (this.trainer.epoch % this.spacing !== 0 || this.trainer.divergedAt !== undefined) return
    const snapshot = this.trainer.snapshot()
    this.snapshots.push(snapshot)
    this.freshlyKept.push(snapshot)
    if (this.snapshots.length <= this.mostSnapshots) return
    this.spacing *= 2
    this.snapshots = this.snapshots.filter(({ epoch }) => epoch % this.spacing === 0)
    this.freshlyKept = this.freshlyKept.filter(({ epoch }) => epoch % this.spacing === 0)
  }
}

function rowOf({ firstEpoch, loss, gradientNorm, accuracy }: Stretch, i: number): HistoryRow | undefined {
  if (!(i >= 0 && i < loss.length)) return undefined
  return {
    epoch: firstEpoch + i,
    loss: loss[i]!,
    gradientNorm: gradientNorm[i]!,
    accuracy: accuracy[i]!,
  }
}

function bytesOf({ parameters, adam }: Snapshot): number {
  return parameters.byteLength * (adam === undefined ? 1 : 3)
}

function withoutUndefined({ epoch, rate, confidence }: NonNullable<Settings['changes']>[number]): LabChange {
  return {
    epoch,
    ...(rate === undefined ? {} : { rate }),
    ...(confidence === undefined ? {} : { confidence }),
  }
}
