import { advanceTo } from '../../training/advance-to.js'
import { createTask, createTrainer } from '../../training/create-trainer.js'
import { EventDetector, type Events } from '../../training/events.js'
import { type History, Recorder } from '../../training/history.js'
import type { Snapshot, Stretch } from '../../training/trainer.js'
import type { MemorySettings } from './settings.js'

/** A training that has ended, with what is needed to look at it at many of its epochs. */
export interface KeptTraining {
  readonly settings: MemorySettings
  readonly history: History
  readonly events: Events
  /** At epoch 0, at log-spaced epochs, at the epochs asked for and at the last; ascending. */
  readonly snapshots: readonly Snapshot[]
}

/** Snapshots per factor of ten: neighbours are 12% apart. */
const perDecade = 20

/** Epochs at which snapshots are kept: all log-spaced ones before `epochs`, and those asked for. */
export function keptEpochs(epochs: number, asked: readonly number[] = []): number[] {
  const spaced = Array.from({ length: Math.floor(perDecade * Math.log10(epochs)) + 1 }, (_, i) =>
    Math.round(10 ** (i / perDecade)),
  )
  const all = new Set([0, ...spaced, ...asked, epochs - 1])
  return [...all].filter(epoch => epoch >= 0 && epoch < epochs).sort((a, b) => a - b)
}

/** Trains as settings say and keeps snapshots on the way; ends early at a divergence. */
export async function trainKeeping(
  settings: MemorySettings,
  asked: readonly number[],
  onProgress: (share: number) => void,
): Promise<KeptTraining> {
  const { epochs } = settings
  const trainer = await createTrainer(settings)
  const { silentLoss } = createTask(settings)
  const recorder = new Recorder(settings.record, { silentLoss })
  const detector = new EventDetector(silentLoss)
  const onStretch = (stretch: Stretch) => {
    recorder.observe(stretch)
    detector.observe(stretch)
  }
  const snapshots: Snapshot[] = []
  for (const epoch of keptEpochs(epochs, asked)) {
    await advanceTo(trainer, epoch, { onStretch, onProgress: done => onProgress(done / epochs) })
    if (trainer.epoch < epoch) break
    snapshots.push(trainer.snapshot())
  }
  await advanceTo(trainer, epochs, { onStretch })
  return { settings, history: recorder.finish(), events: detector.events, snapshots }
}
