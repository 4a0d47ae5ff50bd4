import { mean, type ShareInterval } from '../../numerics/statistics.js'
import { type ClaimRule, type Finding, judge } from '../claim.js'
import { learned, type Saturation, saturationOf, type TaskLimit, taskLimit } from './measures.js'
import { taskNames } from './settings.js'
import type { RunEnd } from './training.js'

export const claims: readonly ClaimRule[] = [
  {
    id: '3c',
    statement: 'Networks driven by a task, too, do not learn above a rate',
    expected: 'most networks learn up to a rate, and most fail from a somewhat higher one on, in both tasks',
    rule: 'in both tasks, a rate at which most networks end below half of the plateau and a higher one from which on most do not, by 95% intervals (main); the highest rate that learns, geometric mean over seeds, known within a factor of 10 by its 95% bootstrap interval',
  },
  {
    id: '3d',
    statement: 'Learning that a driven network loses is lost to saturation',
    expected: 'rates of the neurons go to ±1 in the collapse, where the gradient vanishes',
    rule: 'over all trainings that end in a collapse, the share of |r| > 0.95 in the reaction rises from the last epoch below half of the plateau to the collapse: mean rise above 0.1, lower end of the 95% bootstrap interval over seeds (main); at the collapse most have more than half of the rates saturated, and most a gradient below 1% of that at epoch 0, lower ends of the 95% intervals above 50%',
  },
]

/** What figure 7's claims are judged by: the trainings of each part. */
export type Figure7Parts = Record<string, readonly RunEnd[]>

/** The trainings of figures 7a and 7b: those of 7c are of another length. */
export function sweptRuns(parts: Figure7Parts): RunEnd[] {
  return Object.entries(parts).flatMap(([name, runs]) => (name.startsWith('collapse') ? [] : runs))
}

/** The trainings at the rate of figure 7c. */
export function ofFigure7c(parts: Figure7Parts): RunEnd[] {
  return Object.entries(parts).flatMap(([name, runs]) => (name.startsWith('collapse') ? runs : []))
}

/** All trainings, but of 7c only those that are not the beginning, or the whole, of one of 7b. */
export function distinctRuns(parts: Figure7Parts): RunEnd[] {
  const swept = sweptRuns(parts)
  const isSwept = ({ task, rate, seed }: RunEnd) =>
    swept.some(run => run.task === task && run.rate === rate && run.seed === seed)
  return [...swept, ...ofFigure7c(parts).filter(run => !isSwept(run))]
}

export function findings(parts: Figure7Parts): Record<string, Finding> {
  const runs = sweptRuns(parts)
  const distinct = distinctRuns(parts)
  return {
    '3c': highestRates(taskNames.map(task => taskLimit(task, runs))),
    '3d': saturationFinding(saturationOf(distinct), distinct),
  }
}

function highestRates(limits: readonly TaskLimit[]): Finding {
  const shown = limits.map(({ task, seeds, limit, mostLearn, mostFail }) => {
    const span = `${number(limit.estimate)} (95%: ${number(limit.low)}–${number(limit.high)}, ${seeds} seeds)`
    return `${task.replaceAll('-', ' ')}: learns up to ${span}; most learn at ${number(mostLearn)}, most fail from ${number(mostFail)} on`
  })
  const bounded = limits.every(({ mostLearn = Number.NaN, mostFail = Number.NaN }) => mostLearn < mostFail)
  const known = limits.every(({ limit }) => limit.high < 10 * limit.low)
  return { measured: shown.join('; '), verdict: judge(bounded, known) }
}

function saturationFinding(found: Saturation | undefined, trainings: readonly RunEnd[]): Finding {
  const end = `at the end of all trainings ${endShare(trainings.filter(learned))} of the rates are saturated where the network learned, ${endShare(trainings.filter(run => !learned(run)))} where not`
  if (found === undefined) {
    return { measured: `0/${trainings.length} collapse; ${end}`, verdict: judge(false) }
  }
  const { runs, seeds, before, after, rise, mostlySaturated, vanished } = found
  return {
    measured: `${runs}/${trainings.length} collapse, of ${seeds} seed${seeds === 1 ? '' : 's'}: ${percent(before)} of the neurons’ rates saturated before, ${percent(after)} at the collapse, a rise of ${percent(rise.estimate)} (95%: ${percent(rise.low)}–${percent(rise.high)}), ${percent(found.end)} at the end of training; mostly saturated at the collapse in ${share(mostlySaturated, runs)}; gradient vanished at it in ${share(vanished, runs)}; ${end}`,
    verdict: judge(rise.low > 0.1, mostlySaturated.low > 0.5, vanished.low > 0.5),
  }
}

function share({ share: part, low, high }: ShareInterval, runs: number): string {
  return `${Math.round(part * runs)}/${runs} (95%: ${percent(low)}–${percent(high)})`
}

const endShare = (runs: readonly RunEnd[]) =>
  runs.length === 0 ? '–' : percent(mean(runs.map(({ saturated }) => saturated)))
const percent = (part: number) => `${(100 * part).toFixed(0)}%`
const number = (value: number | undefined) =>
  value === undefined || Number.isNaN(value) ? '–' : value.toPrecision(2)
