import { type BootstrapInterval, bootstrapInterval } from '../../numerics/bootstrap.js'
import { clusteredShare } from '../../numerics/clustered-share.js'
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

/** What collapses do to the rates of the neurons, over all trainings that end in one. Intervals are over seeds. */
export interface Saturation {
  readonly runs: number
  readonly seeds: number
  /** Mean share of saturated rates: at the last good epoch, at the collapse, and after the last epoch. */
  readonly before: number
  readonly after: number
  readonly end: number
  /** Mean rise of that share from the last good epoch to the collapse. */
  readonly rise: BootstrapInterval
  /** Trainings with more than half of the rates saturated at the collapse. */
  readonly mostlySaturated: ShareInterval
  /** Trainings with a gradient at the collapse below 1% of that at epoch 0. */
  readonly vanished: ShareInterval
}

const vanishedBelow = 0.01

/** Undefined if no training collapses. */
export function saturationOf(runs: readonly RunEnd[]): Saturation | undefined {
  const collapsed = runs.filter(hasCollapsed)
  if (collapsed.length === 0) return undefined
  const bySeed = distinct(collapsed.map(({ seed }) => seed)).map(seed =>
    collapsed.filter(run => run.seed === seed),
  )
  const share = (holds: (collapse: Collapse) => boolean) =>
    clusteredShare(bySeed.map(group => group.map(({ collapse }) => holds(collapse))))
  const meanOf = (of: (run: CollapsedRun) => number) => mean(collapsed.map(of))
  return {
    runs: collapsed.length,
    seeds: bySeed.length,
    before: meanOf(({ collapse }) => collapse.before.saturated),
    after: meanOf(({ collapse }) => collapse.after.saturated),
    end: meanOf(({ saturated }) => saturated),
    rise: bootstrapInterval(bySeed, drawn =>
      mean(drawn.flat().map(({ collapse: { before, after } }) => after.saturated - before.saturated)),
    ),
    mostlySaturated: share(({ after }) => after.saturated > 0.5),
    vanished: share(({ after, initialGradient }) => after.gradientNorm < vanishedBelow * initialGradient),
  }
}

type CollapsedRun = RunEnd & { readonly collapse: Collapse }

function hasCollapsed(run: RunEnd): run is CollapsedRun {
  return run.collapse !== undefined
}

/** Ascending, each once. */
function distinct(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b)
}
