import type { Figure7Data, TaskSweep } from '../../figures/figure-7/data.js'
import { createTask } from '../../training/create-trainer.js'
import type { Profile } from '../experiment.js'
import type { Figure7Parts } from './claims.js'
import { distinctRuns, ofFigure7c, sweptRuns } from './claims.js'
import { learned, taskLimit } from './measures.js'
import { partPlans, type TaskName, taskNames, trainingsOf } from './settings.js'
import type { RunEnd } from './training.js'

const titles: Record<TaskName, string> = {
  'cue-discrimination': 'Cue discrimination',
  'match-to-sample': 'Match to sample',
}

/** The seed whose trainings are drawn. */
const exampleSeed = 0

/** What figure 7 shows of its trainings. */
export function figure7Data(parts: Figure7Parts, profile: Profile): Figure7Data {
  const runs = sweptRuns(parts)
  const all = distinctRuns(parts)
  const collapses = all.map(({ collapse }) => collapse).filter(found => found !== undefined)
  return {
    tasks: taskNames.map(task => sweepOf(task, runs)),
    collapse: pictureOf(pictured(parts), profile),
    saturated: {
      before: Float64Array.from(collapses, ({ before }) => before.saturated),
      after: Float64Array.from(collapses, ({ after }) => after.saturated),
      learned: Float64Array.from(all.filter(learned), ({ saturated }) => saturated),
      failed: Float64Array.from(
        all.filter(run => !learned(run)),
        ({ saturated }) => saturated,
      ),
    },
  }
}

function sweepOf(task: TaskName, runs: readonly RunEnd[]): TaskSweep {
  const these = runs.filter(run => run.task === task)
  const { byRate, limit } = taskLimit(task, runs)
  const rates = byRate.map(({ rate }) => rate)
  const column = (of: (run: RunEnd) => number) =>
    rates.map(rate =>
      Float64Array.from(
        these.filter(run => run.rate === rate),
        of,
      ),
    )
  return {
    name: titles[task],
    rate: Float64Array.from(rates),
    loss: column(run => run.meanLoss),
    gradientNorm: column(run => run.meanGradientNorm),
    recurrentNorm: column(run => run.meanRecurrentNorm),
    limit,
    exampleSeed,
    examples: these.filter(({ seed }) => seed === exampleSeed).sort((a, b) => a.rate - b.rate),
  }
}

/**
 * The training whose collapse is drawn: that of figure 7c if it collapses, else the first that does of its
 * other seeds, of match to sample at other rates (the highest first), of all.
 */
export function pictured(parts: Figure7Parts): RunEnd | undefined {
  const others = sweptRuns(parts).toSorted((a, b) => b.rate - a.rate || a.seed - b.seed)
  const matching = others.filter(({ task }) => task === 'match-to-sample')
  return [...ofFigure7c(parts), ...matching, ...others].find(({ collapse }) => collapse !== undefined)
}

function pictureOf(run: RunEnd | undefined, profile: Profile): Figure7Data['collapse'] {
  if (run?.collapse === undefined) return undefined
  const settings = partPlans
    .filter(({ kind }) => kind === run.task)
    .flatMap(part => trainingsOf(part, profile))[0]
  if (settings === undefined) return undefined
  const { targets, trials } = createTask(settings)
  const { before, after } = run.collapse
  return { task: titles[run.task], rate: run.rate, seed: run.seed, targets, trials, before, after }
}
