import { drivenViews } from '../../models/driven.js'
import { mean } from '../../numerics/statistics.js'
import type { Settings } from '../../settings/settings.js'
import type { Task } from '../../tasks/task.js'
import { createBreather } from '../../training/breather.js'
import { createTask, createTrainer } from '../../training/create-trainer.js'
import { norm, type Trainer } from '../../training/trainer.js'
import { Summariser } from '../../training/training-summary.js'
import type { PartContext } from '../experiment.js'
import { CollapseWatch, type Moment } from './collapse-watch.js'
import { runDriven } from './rates.js'
import { model, type PartPlan, type TaskName, trainingsOf } from './settings.js'

/** How one training went. */
export interface RunEnd {
  readonly task: TaskName
  readonly rate: number
  readonly seed: number
  /** Means over all epochs; ‖W_rec‖ (Frobenius) over every 50th. */
  readonly meanLoss: number
  readonly meanGradientNorm: number
  readonly meanRecurrentNorm: number
  /** NaN if the training diverged. */
  readonly finalLoss: number
  readonly plateau: number
  /** Loss at every 50th epoch. */
  readonly epoch: Float64Array
  readonly loss: Float64Array
  /** Share of the rates beyond ±0.95 after the last epoch, as in `Look`. */
  readonly saturated: number
  /** The collapse that it ended in, if any. */
  readonly collapse: Collapse | undefined
}

/** The network at the last epoch with a loss below half of the plateau, and at the collapse. */
export interface Collapse {
  readonly before: Look
  readonly after: Look
  /** Gradient norm at epoch 0. */
  readonly initialGradient: number
}

/** The network at one epoch, seen in the reaction of every trial. */
export interface Look {
  readonly epoch: number
  readonly loss: number
  readonly gradientNorm: number
  /** Share of the rates beyond ±0.95. */
  readonly saturated: number
  /** Rates in equal bins from −1 to 1. */
  readonly histogram: Float64Array
  /** `[trials, steps]` */
  readonly outputs: Float64Array
}

/** Epochs between two looks at ‖W_rec‖. */
const stretch = 50
export const saturation = 0.95
export const histogramBins = 40

/** Runs the trainings of a part. */
export async function trainPart(part: PartPlan, { profile, onProgress }: PartContext): Promise<RunEnd[]> {
  const trainings = trainingsOf(part, profile)
  const ends: RunEnd[] = []
  for (const settings of trainings) {
    const onShare = (share: number) => onProgress((ends.length + share) / trainings.length)
    ends.push(await trainOnce(settings, onShare))
  }
  return ends
}

async function trainOnce(settings: Settings, onShare: (share: number) => void): Promise<RunEnd> {
  const trainer = await createTrainer(settings)
  const task = createTask(settings)
  const watch = new CollapseWatch(task.silentLoss)
  const breathe = createBreather()
  const starts = Array.from({ length: Math.ceil(settings.epochs / stretch) }, (_, i) => i * stretch)
  const summariser = new Summariser(task.silentLoss, starts)
  const recurrentNorms: number[] = []
  let initialGradient = Number.NaN
  // Stretches of a fixed length, so that the epochs seen do not depend on the clock.
  for (const start of starts) {
    if (trainer.divergedAt !== undefined) break
    const snapshot = trainer.snapshot()
    recurrentNorms.push(norm(drivenViews(model, snapshot.parameters).recurrent.right))
    const seen = trainer.advance(Math.min(stretch, settings.epochs - start))
    if (start === 0) initialGradient = seen.gradientNorm[0] ?? Number.NaN
    summariser.observe(seen)
    watch.observe(snapshot, seen)
    if (await breathe()) onShare(start / settings.epochs)
  }
  const { summary } = summariser
  const { found } = watch
  return {
    task: settings.task.kind === 'cue-discrimination' ? 'cue-discrimination' : 'match-to-sample',
    rate: settings.optimizer.rate,
    seed: settings.seed,
    meanLoss: summary.meanLoss,
    meanGradientNorm: summary.meanGradientNorm,
    meanRecurrentNorm: mean(recurrentNorms),
    finalLoss: trainer.divergedAt === undefined ? summary.finalLoss : Number.NaN,
    plateau: Math.min(summary.firstLoss, task.silentLoss),
    epoch: Float64Array.from(starts),
    loss: Float64Array.from(summary.lossAt),
    saturated: ratesAt(task, trainer.snapshot().parameters).saturated,
    collapse: found && {
      before: lookAt(trainer, task, found.before),
      after: lookAt(trainer, task, found.after),
      initialGradient,
    },
  }
}

/** Trains again from a snapshot to an epoch, and looks at the network there. */
function lookAt(trainer: Trainer, task: Task, { epoch, snapshot }: Moment): Look {
  trainer.restore(snapshot)
  trainer.advance(epoch - snapshot.epoch)
  const { parameters } = trainer.snapshot()
  const measured = trainer.advance(1)
  return {
    epoch,
    loss: measured.loss[0] ?? Number.NaN,
    gradientNorm: measured.gradientNorm[0] ?? Number.NaN,
    ...ratesAt(task, parameters),
  }
}

/** The rates of all neurons in the reaction of every trial, and the outputs. */
function ratesAt(task: Task, parameters: Float64Array): Pick<Look, 'saturated' | 'histogram' | 'outputs'> {
  const { rates, outputs } = runDriven(model, task, parameters)
  const scored = rates.flatMap(trial => trial.slice(-reactionSteps(task)))
  const histogram = new Float64Array(histogramBins)
  let [saturated, count] = [0, 0]
  for (const state of scored) {
    for (const r of state) {
      const bin = Math.min(histogramBins - 1, Math.floor(((r + 1) / 2) * histogramBins))
      histogram[bin] = histogram[bin]! + 1
      if (Math.abs(r) > saturation) saturated++
      count++
    }
  }
  return { saturated: saturated / count, histogram: histogram.map(value => value / count), outputs }
}

/** Steps in which a task of this figure is to be answered. */
const reactionSteps = ({ steps }: Task) => Math.min(10, steps)
