import { portraitAt } from '../../dynamics/latent-life.js'
import type { TrainingPicture } from '../../figures/figure-3/data.js'
import { TorchGenerator } from '../../numerics/torch-generator.js'
import { createBreather } from '../../training/breather.js'
import { createTask, createTrainer } from '../../training/create-trainer.js'
import { EventDetector, type Events } from '../../training/events.js'
import { type History, Recorder } from '../../training/history.js'
import type { Snapshot, Trainer } from '../../training/trainer.js'
import type { PartContext } from '../experiment.js'
import { type CollapseFlow, flowAtCollapse, snapshotsAt } from './collapse-flow.js'
import { flowPicture } from './flow-picture.js'
import { copyCount, fastSettings, perturbation } from './settings.js'

/** How one copy of the fast training ended. */
export interface CopyEnd {
  readonly events: Events
  readonly finalLoss: number
  /** Gradient norm at the last epoch over that at epoch 0, on the plateau. */
  readonly finalGradient: number
  /** Fixed points of the latent flow before a collapse and after it. */
  readonly fixedPoints: CollapseFlow | undefined
}

/** The fast training of figures 3c and 3d, and what becomes of slightly perturbed copies of it. */
export interface FastTraining {
  readonly picture: TrainingPicture
  /** Which copy is pictured: 0 is the unperturbed seed, taken if it collapses; else the first that does. */
  readonly pictured: number
  readonly copies: readonly CopyEnd[]
}

/**
 * Trains figure 3c's network and copies of it whose initial parameters differ by 1e-6. After its fall this
 * training is chaotic: the last bits decide which copy collapses, so only the share means something.
 */
export async function trainFast({ profile, onProgress }: PartContext): Promise<FastTraining> {
  const count = copyCount[profile]
  const copies: CopyEnd[] = []
  const breathe = createBreather()
  let pictured: { readonly copy: number; readonly picture: TrainingPicture } | undefined
  for (let copy = 0; copy < count; copy++) {
    const trained = await trainCopy(copy)
    copies.push(trained.end)
    const firstToCollapse =
      pictured?.picture.events.collapse === undefined && trained.end.events.collapse !== undefined
    if (pictured === undefined || firstToCollapse) pictured = { copy, picture: picture(trained) }
    if (await breathe()) onProgress((copy + 1) / count)
  }
  if (pictured === undefined) throw new Error('trainFast: no copies')
  return { picture: pictured.picture, pictured: pictured.copy, copies }
}

interface TrainedCopy {
  readonly trainer: Trainer
  readonly start: Snapshot
  readonly history: History
  readonly end: CopyEnd
}

async function trainCopy(copy: number): Promise<TrainedCopy> {
  const trainer = await createTrainer(fastSettings)
  if (copy > 0) perturb(trainer, copy)
  const start = trainer.snapshot()
  const recorder = new Recorder('all')
  const detector = new EventDetector(createTask(fastSettings).silentLoss)
  const stretch = trainer.advance(fastSettings.epochs)
  recorder.observe(stretch)
  detector.observe(stretch)
  const last = trainer.snapshot()
  const { events } = detector
  const history = recorder.finish()
  return {
    trainer,
    start,
    history,
    end: {
      events,
      finalLoss: history.loss.at(-1) ?? Number.NaN,
      finalGradient: (history.gradientNorm.at(-1) ?? Number.NaN) / (history.gradientNorm[0] ?? Number.NaN),
      fixedPoints:
        events.collapse === undefined
          ? undefined
          : flowAtCollapse(trainer, { start, last, collapse: events.collapse, model: fastSettings.model }),
    },
  }
}

/** Moves every parameter by 1e-6·N(0, 1), drawn from the copy's own generator. */
function perturb(trainer: Trainer, copy: number): void {
  const { parameters, ...rest } = trainer.snapshot()
  const drawn = new TorchGenerator(copy).normal64(parameters.length)
  trainer.restore({ ...rest, parameters: parameters.map((value, i) => value + perturbation * drawn[i]!) })
}

function picture({ trainer, start, history, end: { events } }: TrainedCopy): TrainingPicture {
  const lastEpoch = fastSettings.epochs - 1
  const fall = events.firstFall ?? lastEpoch
  const turn = events.collapse ?? fall
  const closeUp = [Math.max(0, fall - 50), Math.min(lastEpoch, turn + 50)] as const
  const shown = [...new Set([fall - 1, turn - 1, turn])]
  const flows = snapshotsAt(trainer, start, shown).map(snapshot => flowPicture(snapshot, fastSettings.model))
  const life = lifeBetween(trainer, start, closeUp)
  return {
    rate: fastSettings.optimizer.rate,
    epochs: fastSettings.epochs,
    history,
    events,
    closeUp,
    closeUpHistory: between(history, closeUp),
    flows,
    life,
  }
}

/** The latent flow at every epoch of an interval. */
function lifeBetween(
  trainer: Trainer,
  start: Snapshot,
  [from, to]: readonly [number, number],
): TrainingPicture['life'] {
  const epoch = Float64Array.from({ length: to - from + 1 }, (_, i) => from + i)
  const portraits = snapshotsAt(trainer, start, [...epoch]).map(at => portraitAt(at, fastSettings.model))
  return {
    epoch,
    fixedPoints: Float64Array.from(portraits, ({ fixedPoints }) => fixedPoints.length),
    ghostDwell: Float64Array.from(portraits, ({ ghost }) => ghost?.dwellSteps ?? Number.NaN),
  }
}

function between(history: History, [from, to]: readonly [number, number]): History {
  const cut = (column: Float64Array) => column.slice(from, to + 1)
  return {
    epoch: cut(history.epoch),
    loss: cut(history.loss),
    gradientNorm: cut(history.gradientNorm),
    accuracy: cut(history.accuracy),
  }
}
