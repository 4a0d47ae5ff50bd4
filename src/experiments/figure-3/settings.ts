import { parseSettings, type Settings, type SettingsInput } from '../../settings/settings.js'
import type { Profile } from '../experiment.js'

/** The rank-one network of figure 3: seed 40, T = T_R = 20 steps, confidence 10, single precision. */
const model = { kind: 'rank-one', neurons: 100, leak: 0.5 } as const
const base = {
  model,
  task: { kind: 'delayed-activation', delay: 20 },
  confidence: 10,
  seed: 40,
} as const

/** Figures 3a and 3b. */
export const slowSettings = rankOne({
  ...base,
  optimizer: { kind: 'sgd', rate: 0.003 },
  epochs: 500_000,
})

/** Figures 3c and 3d. */
export const fastSettings = rankOne({
  ...base,
  optimizer: { kind: 'sgd', rate: 0.02 },
  epochs: 6000,
  record: 'all',
})

function rankOne(input: SettingsInput): Settings & { readonly model: typeof model } {
  return { ...parseSettings(input), model }
}

/** Flows of figure 3b, by epoch. */
export const publishedFlowEpochs = [1, 200_001, 499_001] as const

/** Epochs between two looks at the latent flow of the slow training, where its loss does not move abruptly. */
export const flowEvery: Record<Profile, number> = { quick: 100, standard: 10, paper: 1 }

/** Perturbed copies of the fast training, and the size of the perturbation of every parameter. */
export const copyCount: Record<Profile, number> = { quick: 100, standard: 400, paper: 1000 }
export const perturbation = 1e-6

/** How many seeds, 0, 1, 2, …, are trained at either rate, besides seed 40. */
export const seedCounts: Record<Profile, { readonly slow: number; readonly fast: number }> = {
  quick: { slow: 8, fast: 24 },
  standard: { slow: 24, fast: 48 },
  paper: { slow: 40, fast: 100 },
}

/** A seed is trained until twice the epoch at which it has learned, but no longer than the product of rate and epochs is 300. */
export const seedEpochs = { slow: 100_000, fast: 15_000 } as const

export const slowSeedSettings = (seed: number) => rankOne({ ...slowSettings, seed, epochs: seedEpochs.slow })
export const fastSeedSettings = (seed: number) => rankOne({ ...fastSettings, seed, epochs: seedEpochs.fast })
