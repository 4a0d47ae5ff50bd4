import { type BootstrapInterval, bootstrapInterval } from '../../numerics/bootstrap.js'
import { mean, type ShareInterval, wilsonInterval } from '../../numerics/statistics.js'
import { eventThresholds } from '../../training/events.js'
import type { TaskName } from './settings.js'
import type { Collapse, RunEnd } from './training.js'

/** Ended below half of the plateau: it has learned, and not lost it again. */
export function learned({ finalLoss, plateau }: RunEnd): boolean {
  return finalLoss < eventThresholds.firstFall * plateau
}

/** Up to which rate networks learn a task. */
export interface TaskLimit {
  readonly task: TaskName
  readonly seeds: number
  /** At each learning rate, ascending: the share of networks that learn. */
  readonly byRate: readonly { readonly rate: number; readonly share: ShareInterval }[]
  /** Geometric mean over the seeds of the highest rate at which each learns; of those that learn at some rate. */
  readonly limit: BootstrapInterval
  /** The highest rate at which most learn, by the 95% interval. */
  readonly mostLearn: number | undefined
  /** The lowest rate from which on most fail, by the 95% interval. */
  readonly mostFail: number | undefined
}

export function taskLimit(task: TaskName, runs: readonly RunEnd[]): TaskLimit {
  const these = runs.filter(run => run.task === task)
  const seeds = distinct(these.map(({ seed }) => seed))
  const byRate = distinct(these.map(({ rate }) => rate)).map(rate => {
    const here = these.filter(run => run.rate === rate)
    return { rate, share: wilsonInterval(here.filter(learned).length, here.length) }
  })
  const limits = seeds.map(seed => {
    const rates = these.filter(run => run.seed === seed && learned(run)).map(({ rate }) => rate)
    return rates.length === 0 ? Number.NaN : Math.max(...rates)
  })
  const geometric = (drawn: readonly number[]) => Math.exp(mean(drawn.filter(Number.isFinite).map(Math.log)))
  const lastNotFailing = byRate.findLastIndex(({ share }) => !(share.high < 0.5))
  return {
    task,
    seeds: seeds.length,
    byRate,
    limit: bootstrapInterval(limits, geometric),
    mostLearn: byRate.findLast(({ share }) => share.low > 0.5)?.rate,
    mostFail: byRate[lastNotFailing + 1]?.rate,
  }
}

/** What collapses do to the rates of the neurons, over all trainings that end in one. */
export interface Saturation {
  readonly runs: number
  /** Share of saturated rates, before and after. */
  readonly before: number
  readonly after: number
  /** Mean rise of that share; 95% interval by bootstrap over the trainings. */
  readonly rise: BootstrapInterval
  /** Trainings with more than half of the rates saturated after it. */
  readonly mostlySaturated: ShareInterval
  /** Trainings with a gradient below 1% of that at epoch 0 after it. */
  readonly vanished: ShareInterval
}

const vanishedBelow = 0.01

/** Undefined if no training collapses. */
export function saturationOf(collapses: readonly Collapse[]): Saturation | undefined {
  if (collapses.length === 0) return undefined
  const count = (holds: (collapse: Collapse) => boolean) =>
    wilsonInterval(collapses.filter(holds).length, collapses.length)
  return {
    runs: collapses.length,
    before: mean(collapses.map(({ before }) => before.saturated)),
    after: mean(collapses.map(({ after }) => after.saturated)),
    rise: bootstrapInterval(collapses, drawn =>
      mean(drawn.map(({ before, after }) => after.saturated - before.saturated)),
    ),
    mostlySaturated: count(({ after }) => after.saturated > 0.5),
    vanished: count(({ after, initialGradient }) => after.gradientNorm < vanishedBelow * initialGradient),
  }
}

/** Ascending, each once. */
function distinct(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b)
}
