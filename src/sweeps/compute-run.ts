import { advanceTo } from '../training/advance-to.js'
import { createTask, createTrainer } from '../training/create-trainer.js'
import { Summariser, type TrainingSummary } from '../training/training-summary.js'
import type { RunDefinition } from './run-id.js'

/** What a run comes to. A run that diverges has come to something; one that throws has not. */
export interface RunResult {
  readonly status: 'finished' | 'diverged'
  readonly summary: TrainingSummary
  readonly seconds: number
}

/**
 * Trains one run to its end.
 * @throws InputError if it needs more memory than there is
 */
export async function computeRun(
  { settings, lossAt }: RunDefinition,
  onProgress: (share: number) => void,
): Promise<RunResult> {
  const started = performance.now()
  const trainer = await createTrainer(settings)
  const summariser = new Summariser(createTask(settings).silentLoss, lossAt)
  await advanceTo(trainer, settings.epochs, {
    onStretch: stretch => summariser.observe(stretch),
    onProgress: epochs => onProgress(epochs / settings.epochs),
  })
  return {
    status: trainer.divergedAt === undefined ? 'finished' : 'diverged',
    summary: summariser.summary,
    seconds: (performance.now() - started) / 1000,
  }
}
