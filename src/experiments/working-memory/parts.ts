import type { PartContext, Profile } from '../experiment.js'
import { askedEpochs } from './picture-epochs.js'
import { runSeed, type SeedRun } from './seed-run.js'
import {
  type MemoryRank,
  type MemoryTask,
  memorySettings,
  publishedSeed,
  seedCount,
  seeds,
} from './settings.js'
import type { KeptTraining } from './training.js'

/** The results of a figure's parts, one for each task and seed; undefined for seeds that the profile leaves out. */
export type MemoryParts<Picture> = Record<string, SeedRun<Picture> | undefined>

/** Searches for slow points of a look at full rank, each some tens of ms. */
export const searches: Readonly<Record<Profile, number>> = { quick: 5, standard: 12, paper: 25 }

const tasks: readonly MemoryTask[] = ['cue', 'match']
const partName = (task: MemoryTask, seed: number) => `${task}-seed-${seed}`

/** The parts of figure 4 or 5: one for each task and seed. */
export function memoryParts<Picture>(
  rank: MemoryRank,
  pictureOf: (training: KeptTraining, asked: readonly number[]) => Picture,
): Record<string, (context: PartContext) => Promise<SeedRun<Picture> | undefined>> {
  const parts = tasks.flatMap(task =>
    seeds.map(seed => {
      const run = { rank, task, seed }
      const part = async ({ profile, onProgress }: PartContext) => {
        if (seed >= seedCount(rank, profile)) return undefined
        const asked = seed === publishedSeed(rank) ? askedEpochs(run, profile) : []
        const picture =
          seed === publishedSeed(rank) ? (training: KeptTraining) => pictureOf(training, asked) : undefined
        return runSeed({
          settings: memorySettings(run, profile),
          asked,
          searches: searches[profile],
          picture,
          onProgress,
        })
      }
      return [partName(task, seed), part] as const
    }),
  )
  return Object.fromEntries(parts)
}

/** A task's runs in the order of their seeds, and the one with the picture. */
export function runsOf<Picture>(parts: MemoryParts<Picture>, task: MemoryTask) {
  const runs = seeds.flatMap(seed => parts[partName(task, seed)] ?? [])
  const shown = runs.find(({ picture }) => picture !== undefined)
  if (shown?.picture === undefined) throw new RangeError(`no run of the task ${task} has a picture`)
  return { runs, shown, picture: shown.picture }
}

/** What was run of a task, in words: trials, optimiser, epochs, seeds. */
export function describeRuns(rank: MemoryRank, task: MemoryTask, profile: Profile): string {
  const settings = memorySettings({ rank, task, seed: publishedSeed(rank) }, profile)
  const { optimizer, epochs } = settings
  return `${taskText(settings.task)}, ${optimizer.kind === 'adam' ? 'Adam' : 'SGD'} ${optimizer.rate}, ${epochs.toLocaleString('en')} epochs, seeds 0–${seedCount(rank, profile) - 1}, seed ${publishedSeed(rank)} drawn`
}

function taskText(task: ReturnType<typeof memorySettings>['task']): string {
  switch (task.kind) {
    case 'cue-discrimination':
      return `${task.cue} + ${task.delay} + ${task.reaction} steps, ${2 * task.trialsPerClass} trials`
    case 'match-to-sample':
      return `${task.cue} + ${task.delay} + ${task.cue} + ${task.reaction} steps, ${4 * task.trialsPerClass} trials`
    case 'delayed-activation':
      return `${task.delay} steps`
  }
}

/** Steps of the delay in a profile. */
export function delayOf(rank: MemoryRank, task: MemoryTask, profile: Profile): number {
  return memorySettings({ rank, task, seed: 0 }, profile).task.delay
}
