import { initialiseRankOne, rankOneLayout } from '../models/rank-one.js'
import { TorchGenerator } from '../numerics/torch-generator.js'
import { parseSettings, type Settings, type SettingsInput } from '../settings/settings.js'
import { delayedActivation } from '../tasks/delayed-activation.js'
import type { Task } from '../tasks/task.js'
import { rankOneKernelTrainer } from './rank-one-kernel.js'
import { rankOneReference } from './rank-one-reference.js'
import { referenceTrainer } from './reference-trainer.js'
import type { Trainer } from './trainer.js'

/** The task that settings name. */
export function createTask(settings: Settings): Task {
  return delayedActivation(settings.task)
}

/**
 * A training as its settings describe it, before the first update; initial parameters are those of
 * PyTorch's generator for the same seed. Single precision runs on the kernels, double on the reference.
 *
 * @throws InputError if the settings are not valid
 */
export async function createTrainer(input: SettingsInput): Promise<Trainer> {
  const settings = parseSettings(input)
  const { model, optimizer, confidence, seed, precision } = settings
  const task = createTask(settings)
  const { rate } = optimizer
  const initial = initialiseRankOne(model, new TorchGenerator(seed))
  if (precision === 'single') return rankOneKernelTrainer({ model, task, confidence, rate, initial })
  const objective = rankOneReference(model, task, confidence)
  return referenceTrainer({ objective, layout: rankOneLayout(model), initial, rate })
}
