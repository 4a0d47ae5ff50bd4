import { createTask, createTrainer } from '../../training/create-trainer.js'
import { EventDetector } from '../../training/events.js'
import { type CollapseFlow, flowAtCollapse } from './collapse-flow.js'
import { fastSeedSettings } from './settings.js'

/** One seed at the fast rate: what it learned, and what became of it. */
export interface FastSeed {
  readonly seed: number
  /** Epochs trained. */
  readonly epochs: number
  /** Loss below half of the plateau: it has learned something. */
  readonly firstFall: number | undefined
  /** Back at the plateau for the rest of the training. */
  readonly collapse: number | undefined
  /** Collapses that were undone. */
  readonly recoveries: number
  readonly finalLoss: number
  /** Gradient norm at the last epoch over that at epoch 0. */
  readonly finalGradient: number
  /** Fixed points of the latent flow before a collapse and after it. */
  readonly fixedPoints: CollapseFlow | undefined
}

/** Epochs trained between two looks at whether it has been enough. */
const atOnce = 100

/** Trains a seed until twice its first fall, 15,000 epochs at most, and takes its flow apart around a collapse. */
export async function trainFastSeed(seed: number): Promise<FastSeed> {
  const settings = fastSeedSettings(seed)
  const trainer = await createTrainer(settings)
  const detector = new EventDetector(createTask(settings).silentLoss)
  const start = trainer.snapshot()
  let [firstGradient, finalGradient, finalLoss] = [Number.NaN, Number.NaN, Number.NaN]
  let until = settings.epochs
  while (trainer.epoch < until && trainer.divergedAt === undefined) {
    const stretch = trainer.advance(Math.min(atOnce, until - trainer.epoch))
    detector.observe(stretch)
    if (stretch.firstEpoch === 0) firstGradient = stretch.gradientNorm[0] ?? Number.NaN
    finalGradient = stretch.gradientNorm.at(-1) ?? finalGradient
    finalLoss = stretch.loss.at(-1) ?? finalLoss
    until = Math.min(until, 2 * (detector.events.firstFall ?? until))
  }
  const { firstFall, collapse, recoveries } = detector.events
  const { model } = settings
  const last = trainer.snapshot()
  return {
    seed,
    epochs: trainer.epoch,
    firstFall,
    collapse,
    recoveries,
    finalLoss,
    finalGradient: finalGradient / firstGradient,
    fixedPoints:
      collapse === undefined ? undefined : flowAtCollapse(trainer, { start, last, collapse, model }),
  }
}
