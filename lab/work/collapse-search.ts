import { parseSettings, type SettingsInput } from '../../src/settings/settings.js'
import { createTask, createTrainer } from '../../src/training/create-trainer.js'
import { EventDetector } from '../../src/training/events.js'
import { nextTask } from './round-robin.js'

/** Epochs between two looks whether the search still counts. */
const atOnce = 500

/**
 * Whether a training loses what it learned, at some epoch early enough to change something after it.
 * @returns undefined if it was given up
 */
export async function collapses(input: SettingsInput, wanted: () => boolean): Promise<boolean | undefined> {
  const trainer = await createTrainer(input)
  const detector = new EventDetector(createTask(parseSettings(input)).silentLoss)
  while (trainer.epoch < input.epochs - 1 && trainer.divergedAt === undefined) {
    const stretch = trainer.advance(Math.min(atOnce, input.epochs - 1 - trainer.epoch))
    // One epoch at a time, so that a collapse that is undone is seen as well.
    for (let i = 0; i < stretch.loss.length; i++) {
      detector.observe({ firstEpoch: stretch.firstEpoch + i, loss: stretch.loss.subarray(i, i + 1) })
      if (detector.events.collapse !== undefined) return true
    }
    await nextTask()
    if (!wanted()) return undefined
  }
  return false
}
