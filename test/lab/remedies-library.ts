import { parseSettings, type SettingsInput } from '../../src/settings/settings.js'
import { createTask, createTrainer } from '../../src/training/create-trainer.js'
import { EventDetector, type Events } from '../../src/training/events.js'
import type { Trainer } from '../../src/training/trainer.js'

/** What the remedies' page should show, computed with the library in Node. */

export interface WholeTraining {
  readonly loss: Float64Array
  readonly gradientNorm: Float64Array
  readonly accuracy: Float64Array
  readonly events: Events
  /** The first collapse, whether or not it was undone. */
  readonly firstCollapse: number | undefined
  /** The first epoch after it at which the loss is below half of the plateau. */
  readonly regained: number | undefined
}

/** Every epoch of a training, as many as its settings say. */
export async function wholeTraining(input: SettingsInput): Promise<WholeTraining> {
  const settings = parseSettings(input)
  const trainer = await createTrainer(settings)
  const parts = [...(settings.changes ?? []), { epoch: settings.epochs }].map(change => {
    const stretch = trainer.advance(change.epoch - trainer.epoch)
    if ('confidence' in change && change.confidence !== undefined) {
      trainer.change({ confidence: change.confidence })
    }
    return stretch
  })
  const column = (name: 'loss' | 'gradientNorm' | 'accuracy') =>
    Float64Array.from(parts.flatMap(part => [...part[name]]))
  const loss = column('loss')
  const { silentLoss } = createTask(settings)
  const detector = new EventDetector(silentLoss)
  let firstCollapse: number | undefined
  for (let epoch = 0; epoch < loss.length; epoch++) {
    detector.observe({ firstEpoch: epoch, loss: loss.subarray(epoch, epoch + 1) })
    firstCollapse ??= detector.events.collapse
  }
  const plateau = Math.min(loss[0]!, silentLoss)
  const back = loss.findIndex(
    (value, epoch) => epoch > (firstCollapse ?? Number.POSITIVE_INFINITY) && value < 0.5 * plateau,
  )
  return {
    loss,
    gradientNorm: column('gradientNorm'),
    accuracy: column('accuracy'),
    events: detector.events,
    firstCollapse,
    regained: back < 0 ? undefined : back,
  }
}

/** A rank-one network at confidence 10. */
export function rankOne(seed: number, rate: number, epochs: number): SettingsInput {
  return {
    model: { kind: 'rank-one' },
    task: { kind: 'delayed-activation' },
    optimizer: { kind: 'sgd', rate },
    seed,
    epochs,
  }
}

/** An autonomous network of some rank. */
export function ofRank(rank: number | 'full', seed: number, rate: number, epochs: number): SettingsInput {
  return { ...rankOne(seed, rate, epochs), model: { kind: 'autonomous', rank } }
}

/**
 * The same training, with another confidence once it has collapsed, if it does.
 * @param known the training without the change, if it has been done
 */
export async function loweredOnceCollapsed(
  input: SettingsInput,
  confidence: number,
  known?: WholeTraining,
): Promise<WholeTraining & { readonly loweredAt: number | undefined }> {
  const plain = known ?? (await wholeTraining(input))
  const from = (plain.firstCollapse ?? Number.POSITIVE_INFINITY) + 1
  if (from >= input.epochs) return { ...plain, loweredAt: undefined }
  const lowered = await wholeTraining({ ...input, changes: [{ epoch: from, confidence }] })
  return { ...lowered, loweredAt: from }
}

/** A trainer that has just come to its first collapse. */
export async function trainerAtCollapse(input: SettingsInput): Promise<Trainer> {
  const { firstCollapse } = await wholeTraining(input)
  const trainer = await createTrainer(input)
  trainer.advance(firstCollapse! + 1)
  return trainer
}

/** Learned: fell and did not collapse since; lost: collapsed; else not yet. */
export function fateOf({ firstFall, collapse }: Events): 'learned' | 'lost' | 'not yet' {
  if (collapse !== undefined) return 'lost'
  return firstFall === undefined ? 'not yet' : 'learned'
}
