import type { DrivenModel } from '../../models/driven.js'
import { parseSettings, type Settings, type SettingsInput } from '../../settings/settings.js'
import type { Profile } from '../experiment.js'

/** The working-memory tasks of figures 4 and 5. */
export type MemoryTask = 'cue' | 'match'

/** Rank 2 in figure 4, full in figure 5. */
export type MemoryRank = 2 | 'full'

/** The settings of a training of figure 4 or 5. */
export type MemorySettings = Settings & { readonly model: DrivenModel }

/** A training of one network on one task. */
export interface MemoryRun {
  readonly rank: MemoryRank
  readonly task: MemoryTask
  readonly seed: number
}

/** Seeds of which each figure's trainings run; those of `quick` are the first. */
export const seeds = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const

/** How many of the seeds a profile runs. Nearly every network of full rank learns, of rank 2 about half. */
export function seedCount(rank: MemoryRank, profile: Profile): number {
  if (profile !== 'quick') return seeds.length
  return rank === 'full' ? 4 : 8
}

/** The seed that the paper shows. */
export const publishedSeed = (rank: MemoryRank) => (rank === 2 ? 0 : 3)

/** Epochs of the states that the paper shows. */
export const publishedEpochs: Readonly<Record<MemoryRank, Record<MemoryTask, readonly number[]>>> = {
  2: { cue: [0, 4000, 8000, 20_000, 99_000], match: [0, 400, 1600, 3000, 19_990] },
  full: { cue: [10, 200, 1000, 3000], match: [100, 1000, 50_000, 100_000] },
}

type Reducible = Pick<SettingsInput, 'task' | 'optimizer' | 'epochs'>

const cueTask = { kind: 'cue-discrimination', cue: 2, delay: 10, reaction: 10 } as const
const matchTask = { kind: 'match-to-sample', cue: 6, delay: 16, reaction: 10 } as const
const longMatch = { kind: 'match-to-sample', cue: 2, delay: 30, reaction: 10, trialsPerClass: 1 } as const

/** Trials, rates and epochs by profile; `paper` is as published. */
const reducible: Readonly<Record<MemoryRank, Record<MemoryTask, Record<Profile, Reducible>>>> = {
  2: {
    cue: {
      quick: reduced({ ...cueTask, trialsPerClass: 5 }, 'sgd', 1e-3, 12_000),
      standard: reduced({ ...cueTask, trialsPerClass: 20 }, 'sgd', 1e-3, 30_000),
      paper: reduced({ ...cueTask, trialsPerClass: 500 }, 'sgd', 1e-3, 100_000),
    },
    match: {
      quick: reduced({ ...matchTask, trialsPerClass: 4 }, 'adam', 1e-3, 2500),
      standard: reduced({ ...matchTask, trialsPerClass: 10 }, 'adam', 1e-4, 20_000),
      paper: reduced({ ...matchTask, trialsPerClass: 500 }, 'adam', 1e-4, 20_000),
    },
  },
  full: {
    cue: {
      quick: reduced({ ...cueTask, trialsPerClass: 1 }, 'sgd', 1e-2, 3001),
      standard: reduced({ ...cueTask, trialsPerClass: 1 }, 'sgd', 1e-2, 3001),
      paper: reduced({ ...cueTask, trialsPerClass: 1 }, 'sgd', 1e-2, 3001),
    },
    match: {
      quick: reduced({ ...longMatch, delay: 10 }, 'sgd', 0.1, 3500),
      standard: reduced(longMatch, 'sgd', 0.1, 10_000),
      paper: reduced(longMatch, 'sgd', 1e-2, 100_001),
    },
  },
}

function reduced(task: Reducible['task'], kind: 'sgd' | 'adam', rate: number, epochs: number): Reducible {
  return { task, optimizer: { kind, rate }, epochs }
}

/** σ_r of the initial state and σ of the noise, as published. */
const noiseLevels: Readonly<
  Record<MemoryRank, Record<MemoryTask, Pick<DrivenModel, 'initialNoise' | 'noise'>>>
> = {
  2: { cue: { initialNoise: 0.3, noise: 0 }, match: { initialNoise: 0.3, noise: 0.01 } },
  full: { cue: { initialNoise: 0.1, noise: 0.01 }, match: { initialNoise: 0.1, noise: 0.01 } },
}

/** The settings of a training in a profile. */
export function memorySettings({ rank, task, seed }: MemoryRun, profile: Profile): MemorySettings {
  const model = { kind: 'driven', neurons: 100, leak: 0.5, rank, ...noiseLevels[rank][task] } as const
  return { ...parseSettings({ model, seed, ...reducible[rank][task][profile] }), model }
}
