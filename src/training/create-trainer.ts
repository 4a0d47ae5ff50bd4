import { autonomousLayout, initialiseAutonomous } from '../models/autonomous.js'
import { drivenLayout, initialiseDriven } from '../models/driven.js'
import { initialiseRankOne, rankOneLayout } from '../models/rank-one.js'
import { TorchGenerator } from '../numerics/torch-generator.js'
import { defaultConfidence, parseSettings, type Settings, type SettingsInput } from '../settings/settings.js'
import { cueDiscrimination } from '../tasks/cue-discrimination.js'
import { delayedActivation } from '../tasks/delayed-activation.js'
import { matchToSample } from '../tasks/match-to-sample.js'
import type { Task } from '../tasks/task.js'
import { autonomousKernelTrainer } from './autonomous-kernel.js'
import { autonomousReference } from './autonomous-reference.js'
import { noiseSource } from './disturbance.js'
import { drivenKernelTrainer } from './driven-kernel.js'
import { drivenReference } from './driven-reference.js'
import { requireMemory } from './memory.js'
import { rankOneKernelTrainer } from './rank-one-kernel.js'
import { rankOneReference } from './rank-one-reference.js'
import { referenceTrainer } from './reference-trainer.js'
import type { Trainer } from './trainer.js'

/** The task that settings name. */
export function createTask({ task }: Pick<Settings, 'task'>): Task {
  switch (task.kind) {
    case 'delayed-activation':
      return delayedActivation(task)
    case 'cue-discrimination':
      return cueDiscrimination(task)
    case 'match-to-sample':
      return matchToSample(task)
  }
}

/**
 * A training as its settings describe it, before the first update; initial parameters are those of
 * PyTorch's generator for the same seed. Single precision runs on the kernels, double on the reference.
 *
 * @throws InputError if the settings are not valid, or need more memory than there may be
 */
export async function createTrainer(input: SettingsInput): Promise<Trainer> {
  const settings = parseSettings(input)
  requireMemory(settings)
  const { model } = settings
  switch (model.kind) {
    case 'rank-one':
      return rankOneTrainer(settings, model)
    case 'autonomous':
      return autonomousTrainer(settings, model)
    case 'driven':
      return drivenTrainer(settings, model)
  }
}

type ModelOf<Kind extends Settings['model']['kind']> = Extract<Settings['model'], { kind: Kind }>

async function rankOneTrainer(settings: Settings, model: ModelOf<'rank-one'>): Promise<Trainer> {
  const { confidence = defaultConfidence, optimizer, seed, precision } = settings
  const task = createTask(settings)
  const initial = initialiseRankOne(model, new TorchGenerator(seed), confidence)
  const start = { task, initial, optimizer, confidence }
  if (precision === 'single') return rankOneKernelTrainer({ model, ...start })
  const objectiveAt = (c: number) => rankOneReference(model, task, c)
  return referenceTrainer({ ...start, objectiveAt, layout: rankOneLayout(model) })
}

async function autonomousTrainer(settings: Settings, model: ModelOf<'autonomous'>): Promise<Trainer> {
  const { optimizer, readOutNorm, seed, precision } = settings
  const task = createTask(settings)
  const initial = initialiseAutonomous(model, new TorchGenerator(seed))
  const start = { task, initial, optimizer, readOutNorm }
  if (precision === 'single') return autonomousKernelTrainer({ model, ...start })
  const objectiveAt = () => autonomousReference(model, task)
  return referenceTrainer({ ...start, objectiveAt, layout: autonomousLayout(model) })
}

async function drivenTrainer(settings: Settings, model: ModelOf<'driven'>): Promise<Trainer> {
  const { optimizer, readOutNorm, seed, precision } = settings
  const task = createTask(settings)
  const initial = initialiseDriven(model, new TorchGenerator(seed))
  const start = { task, initial, optimizer, readOutNorm }
  if (precision === 'single') return drivenKernelTrainer({ model, seed, ...start })
  const objectiveAt = () => drivenReference(model, task, noiseSource(model, task.steps, seed))
  return referenceTrainer({ ...start, objectiveAt, layout: drivenLayout(model) })
}
