import { parseSettings, type SettingsInput } from '../../src/settings/settings.js'
import { createTask, createTrainer } from '../../src/training/create-trainer.js'
import { EventDetector, type Events } from '../../src/training/events.js'
import type { Trainer } from '../../src/training/trainer.js'
import { LossOutline } from './loss-outline.js'
import type { SeedReport, Verdict } from './many-protocol.js'
import type { Runner } from './round-robin.js'

/** One of many trainings of which only events and an outline are kept. */
export class SeedRun implements Runner {
  private loss: number | undefined
  private loweredAt: number | undefined

  private constructor(
    readonly seed: number,
    private readonly epochs: number,
    private readonly trainer: Trainer,
    private readonly detector: EventDetector,
    private readonly outline: LossOutline,
    /** Confidence from the epoch after the first collapse on; undefined to leave it. */
    private readonly lowerTo: number | undefined,
  ) {}

  static async create(input: SettingsInput, lowerTo: number | undefined): Promise<SeedRun> {
    const settings = parseSettings(input)
    const { seed, epochs } = settings
    const detector = new EventDetector(createTask(settings).silentLoss)
    const trainer = await createTrainer(settings)
    return new SeedRun(seed, epochs, trainer, detector, new LossOutline(epochs), lowerTo)
  }

  get epoch(): number {
    return this.trainer.epoch
  }

  get ended(): boolean {
    return this.trainer.divergedAt !== undefined || this.trainer.epoch >= this.epochs
  }

  advance(epochs: number): void {
    const until = Math.min(this.epochs, this.epoch + epochs)
    while (this.epoch < until && !this.ended) {
      // A collapse is acted on at once.
      this.observe(this.waits ? 1 : until - this.epoch)
      if (this.waits && this.detector.events.collapse !== undefined) this.lower()
    }
  }

  get report(): SeedReport {
    const { seed, epoch, loss, loweredAt, detector, trainer, outline } = this
    const { events } = detector
    const { divergedAt } = trainer
    const verdict = verdictOf(events, {
      diverged: divergedAt !== undefined,
      lowered: loweredAt !== undefined,
    })
    return { seed, epoch, verdict, events, loss, divergedAt, loweredAt, points: outline.points }
  }

  private get waits(): boolean {
    return this.lowerTo !== undefined && this.loweredAt === undefined
  }

  private lower(): void {
    if (this.lowerTo === undefined || this.ended) return
    this.trainer.change({ confidence: this.lowerTo })
    this.loweredAt = this.epoch
  }

  private observe(epochs: number): void {
    const stretch = this.trainer.advance(epochs)
    this.detector.observe(stretch)
    for (const [i, loss] of stretch.loss.entries()) this.outline.observe(stretch.firstEpoch + i, loss)
    this.loss = stretch.loss.at(-1) ?? this.loss
  }
}

/** See {@link Verdict}. */
export function verdictOf(
  { firstFall, collapse }: Events,
  { diverged, lowered }: { readonly diverged: boolean; readonly lowered: boolean },
): Verdict {
  if (diverged || collapse !== undefined) return 'lost'
  if (firstFall === undefined) return 'not yet'
  return lowered ? 'again' : 'learned'
}
