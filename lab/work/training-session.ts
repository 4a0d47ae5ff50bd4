import { parseSettings, type Settings, type SettingsInput } from '../../src/settings/settings.js'
import { createTask, createTrainer } from '../../src/training/create-trainer.js'
import { EventDetector, type Events } from '../../src/training/events.js'
import { type HistoryRow, Recorder } from '../../src/training/history.js'
import { conditionsOf } from '../../src/training/train.js'
import type { Snapshot, Trainer } from '../../src/training/trainer.js'
import type { LabChange } from '../state/fields.js'

/**
 * One training that can be looked at while it runs: its history and its events so far, and the network at any epoch
 * already trained. Memory is bounded however long it runs. Knows nothing of workers and pages.
 */

/** Snapshots kept: evenly spaced, and thinned to every other one whenever they get to be more. */
const mostSnapshots = 128
/** Epochs that are trained anew, at most, to look at one of the past is the spacing of the snapshots. */
const firstSpacing = 64

export interface SessionProgress {
  /** Epochs done. */
  readonly epoch: number
  /** The last epoch that was measured. */
  readonly last: HistoryRow | undefined
  readonly events: Events
  /** As in the settings' changes, those made so far. */
  readonly changes: readonly LabChange[]
  readonly divergedAt: number | undefined
  readonly rate: number
  readonly confidence: number | undefined
}

/** A network at an epoch. */
export interface Look {
  readonly epoch: number
  readonly parameters: Float64Array
  /** Before the update of that epoch. */
  readonly row: HistoryRow | undefined
}

export class TrainingSession {
  private readonly recorder: Recorder
  private readonly detector: EventDetector
  private fresh: HistoryRow[] = []
  private last: HistoryRow | undefined
  private snapshots: Snapshot[]
  private spacing = firstSpacing
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
    this.snapshots = [trainer.snapshot()]
    this.ahead = (settings.changes ?? []).map(withoutUndefined)
  }

  /** @throws InputError if the settings are not valid */
  static async create(input: SettingsInput): Promise<TrainingSession> {
    const settings = parseSettings(input)
    return new TrainingSession(settings, await createTrainer(settings), await createTrainer(settings))
  }

  get progress(): SessionProgress {
    const { trainer, last, detector, made } = this
    const { optimizer, confidence } = trainer.conditions
    const { epoch, divergedAt } = trainer
    return {
      epoch,
      last,
      events: detector.events,
      changes: made,
      divergedAt,
      rate: optimizer.rate,
      confidence,
    }
  }

  get ended(): boolean {
    return this.trainer.divergedAt !== undefined || this.trainer.epoch >= this.settings.epochs
  }

  /** Trains on, by `epochs` at most: to the end of the settings, or to a divergence. */
  advance(epochs: number): void {
    const until = Math.min(this.settings.epochs, this.trainer.epoch + epochs)
    while (this.trainer.epoch < until && this.trainer.divergedAt === undefined) {
      this.makeChanges()
      const stop = Math.min(until, this.nextSnapshot, this.ahead[0]?.epoch ?? Number.POSITIVE_INFINITY)
      this.observe(stop - this.trainer.epoch)
      this.keepSnapshot()
    }
  }

  /** Changes rate or confidence from the present epoch on; changes that lay ahead are dropped. */
  change(change: Omit<LabChange, 'epoch'>): void {
    this.ahead = []
    this.make({ ...change, epoch: this.trainer.epoch })
  }

  /** The rows of the history that were recorded since the last call, epochs ascending. */
  takeRows(): HistoryRow[] {
    const rows = this.fresh
    this.fresh = []
    return rows
  }

  /** The network at an epoch that has been trained, or at the present one. */
  lookAt(epoch: number): Look {
    const wanted = Math.max(0, Math.min(Math.round(epoch), this.trainer.epoch))
    const { past } = this
    past.restore(this.snapshots.findLast(snapshot => snapshot.epoch <= wanted)!)
    for (const change of this.made.filter(made => made.epoch >= past.epoch && made.epoch <= wanted)) {
      past.advance(change.epoch - past.epoch)
      past.change(conditionsOf(change, past))
    }
    past.advance(wanted - past.epoch)
    const { parameters } = past.snapshot()
    const { loss, gradientNorm, accuracy } = past.advance(1)
    const row =
      loss.length === 0
        ? undefined
        : { epoch: wanted, loss: loss[0]!, gradientNorm: gradientNorm[0]!, accuracy: accuracy[0]! }
    return { epoch: wanted, parameters, row }
  }

  private observe(epochs: number): void {
    const stretch = this.trainer.advance(epochs)
    this.recorder.observe(stretch)
    this.detector.observe(stretch)
    const i = stretch.loss.length - 1
    if (i < 0) return
    this.last = {
      epoch: stretch.firstEpoch + i,
      loss: stretch.loss[i]!,
      gradientNorm: stretch.gradientNorm[i]!,
      accuracy: stretch.accuracy[i]!,
    }
  }

  private makeChanges(): void {
    while (this.ahead[0] !== undefined && this.ahead[0].epoch <= this.trainer.epoch)
      this.make(this.ahead.shift()!)
  }

  private make(change: LabChange): void {
    this.trainer.change(conditionsOf(change, this.trainer))
    const same = this.made.at(-1)?.epoch === change.epoch ? this.made.pop() : undefined
    this.made = [...this.made, { ...same, ...change }]
  }

  private get nextSnapshot(): number {
    return (Math.floor(this.trainer.epoch / this.spacing) + 1) * this.spacing
  }

  private keepSnapshot(): void {
    if (this.trainer.epoch % this.spacing !== 0) return
    this.snapshots.push(this.trainer.snapshot())
    if (this.snapshots.length <= mostSnapshots) return
    this.spacing *= 2
    this.snapshots = this.snapshots.filter(({ epoch }) => epoch % this.spacing === 0)
  }
}

function withoutUndefined({ epoch, rate, confidence }: NonNullable<Settings['changes']>[number]): LabChange {
  return {
    epoch,
    ...(rate === undefined ? {} : { rate }),
    ...(confidence === undefined ? {} : { confidence }),
  }
}
