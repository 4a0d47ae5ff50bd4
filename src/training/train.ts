import type { ParameterArray } from '../models/parameters.js'
import type { Change } from '../settings/changes.js'
import { parseSettings, type Settings, type SettingsInput } from '../settings/settings.js'
import { advanceTo } from './advance-to.js'
import type { Conditions } from './conditions.js'
import { createTask, createTrainer } from './create-trainer.js'
import { EventDetector, type Events } from './events.js'
import { type History, type HistoryRow, Recorder } from './history.js'
import type { Stretch, Trainer } from './trainer.js'

/** How a training ended: all its epochs, stopped from outside, or at a loss that is not finite. */
export type TrainingStatus = 'finished' | 'interrupted' | 'diverged'

/** A training that has ended. */
export interface TrainingResult {
  readonly settings: Settings
  readonly status: TrainingStatus
  /** Epochs done; if diverged, the epoch whose loss or gradient was not finite. */
  readonly epochs: number
  readonly history: History
  readonly events: Events
  readonly parameters: Record<string, ParameterArray>
  readonly seconds: number
}

export interface TrainOptions {
  /** Called with each recorded epoch as it is recorded. */
  readonly onRow?: (row: HistoryRow) => void
  /** Called now and then with the epochs done. */
  readonly onProgress?: (epochs: number) => void
  /** Ends the training early, keeping what is done. */
  readonly signal?: AbortSignal
}

/**
 * Trains as settings say, from the first epoch to the last.
 * @throws InputError if the settings are not valid
 */
export async function train(input: SettingsInput, options: TrainOptions = {}): Promise<TrainingResult> {
  const { onRow, onProgress, signal } = options
  const settings = parseSettings(input)
  const trainer = await createTrainer(settings)
  const { silentLoss } = createTask(settings)
  const recorder = new Recorder(settings.record, { silentLoss, onRow })
  const detector = new EventDetector(silentLoss)
  const started = performance.now()
  const onStretch = (stretch: Stretch) => {
    recorder.observe(stretch)
    detector.observe(stretch)
  }
  for (const change of settings.changes ?? []) {
    await advanceTo(trainer, change.epoch, { onStretch, onProgress, signal })
    if (trainer.epoch === change.epoch) trainer.change(conditionsOf(change, trainer))
  }
  await advanceTo(trainer, settings.epochs, { onStretch, onProgress, signal })
  const history = recorder.finish()
  return {
    settings,
    status: statusOf(trainer.divergedAt !== undefined, trainer.epoch < settings.epochs),
    epochs: trainer.epoch,
    history,
    events: detector.events,
    parameters: trainer.parameters,
    seconds: (performance.now() - started) / 1000,
  }
}

/** What a change of the settings means to a trainer. */
export function conditionsOf(
  { rate, confidence, readOutNorm }: Omit<Change, 'epoch'>,
  { conditions }: Pick<Trainer, 'conditions'>,
): Partial<Conditions> {
  return {
    ...(rate === undefined ? {} : { optimizer: { kind: conditions.optimizer.kind, rate } }),
    ...(confidence === undefined ? {} : { confidence }),
    ...(readOutNorm === undefined ? {} : { readOutNorm }),
  }
}

function statusOf(diverged: boolean, early: boolean): TrainingStatus {
  if (diverged) return 'diverged'
  return early ? 'interrupted' : 'finished'
}
