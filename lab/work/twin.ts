import type { Settings } from '../../src/settings/settings.js'
import { autonomousReference } from '../../src/training/autonomous-reference.js'
import { createTask } from '../../src/training/create-trainer.js'
import type { HistoryRow } from '../../src/training/history.js'
import type { Objective } from '../../src/training/objective.js'
import { rankOneReference } from '../../src/training/rank-one-reference.js'
import type { Stretch } from '../../src/training/trainer.js'
import type { TwinLook, TwinReport } from './pair-protocol.js'
import type { Runner } from './round-robin.js'
import type { Look, TrainingSession } from './training-session.js'

/** One of two trainings that are compared: goes on one epoch at a time, so that no event is missed. */
export class Twin implements Runner {
  epoch: number
  /** The first epoch of all at which learning was lost. */
  firstCollapse: number | undefined
  /** The first epoch after it at which it was back. */
  regained: number | undefined
  private fresh: HistoryRow[] = []
  private network: { readonly confidence: number | undefined; readonly objective: Objective } | undefined

  constructor(
    private readonly session: TrainingSession,
    private readonly options: {
      /** Tells a twin's reports from those of one that stood in its place before. */
      readonly generation: number
      readonly onCollapse?: (epoch: number) => void
    },
  ) {
    const { epoch, events } = session.progress
    this.epoch = epoch
    this.firstCollapse = events.collapse
  }

  get ended(): boolean {
    return this.session.ended
  }

  advance(epochs: number): void {
    for (let i = 0; i < epochs && !this.ended; i++) this.step()
  }

  /** The network at an epoch, at most the present one: what it answers, and its loss. */
  lookAt(epoch: number): TwinLook {
    const { present } = this.session
    const look = present.epoch === epoch ? present : this.session.lookAt(epoch)
    return { outputs: this.outputsOf(look), row: look.row }
  }

  /** What is new since the last report. */
  report(): TwinReport {
    // The session records for itself, too, and would keep it.
    this.session.takeRows()
    const { fresh, firstCollapse, regained, session } = this
    const { events, divergedAt } = session.progress
    this.fresh = []
    const { generation } = this.options
    return { generation, stretch: stretchOf(fresh), events, firstCollapse, regained, divergedAt }
  }

  /** What a network answers, in double precision. */
  private outputsOf({ parameters, confidence }: Look): Float64Array {
    if (this.network === undefined || this.network.confidence !== confidence) {
      this.network = { confidence, objective: objectiveOf(this.session.settings, confidence) }
    }
    const { objective } = this.network
    objective.evaluate(parameters, new Float64Array(objective.size))
    return objective.outputs.slice()
  }

  private step(): void {
    this.session.advance(1)
    const { epoch, last, events, divergedAt } = this.session.progress
    this.epoch = epoch
    if (last === undefined || divergedAt !== undefined) return
    this.fresh.push(last)
    if (events.collapse !== undefined && this.firstCollapse === undefined) {
      this.firstCollapse = events.collapse
      this.options.onCollapse?.(events.collapse)
    }
    if (this.firstCollapse !== undefined && events.collapse === undefined) this.regained ??= last.epoch
  }
}

function objectiveOf(settings: Settings, confidence = 1): Objective {
  const task = createTask(settings)
  const { model } = settings
  if (model.kind === 'driven') throw new RangeError('twins: the driven network has no part in them')
  return model.kind === 'rank-one'
    ? rankOneReference(model, task, confidence)
    : autonomousReference(model, task)
}

function stretchOf(rows: readonly HistoryRow[]): Stretch {
  return {
    firstEpoch: rows[0]?.epoch ?? 0,
    loss: Float64Array.from(rows, ({ loss }) => loss),
    gradientNorm: Float64Array.from(rows, ({ gradientNorm }) => gradientNorm),
    accuracy: Float64Array.from(rows, ({ accuracy }) => accuracy),
  }
}
