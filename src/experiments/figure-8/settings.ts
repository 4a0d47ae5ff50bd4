import { logspace } from '../../numerics/spacing.js'
import { parseSettings, type Settings, type SettingsInput } from '../../settings/settings.js'
import type { Profile } from '../experiment.js'

/** The rank-one network of figures 8b and 8b′. */
const rankOne = {
  task: { kind: 'delayed-activation', delay: 20 },
  optimizer: { kind: 'sgd', rate: 0.02 },
  confidence: 10,
} as const

/** 8b: seeds 0 to 99, trained at confidence 10, then a branch for each of the confidences. */
export const rescueSettings = {
  epochs: 6000,
  branchEpochs: 100,
  confidences: [...logspace(-3, 1, 30)],
  /** Index of the confidence nearest 1, which the claim is about, and of 10: no change. */
  lowered: 22,
  unchanged: 29,
  seeds: { quick: 40, standard: 100, paper: 100 } satisfies Record<Profile, number>,
} as const

/** Epochs at the end of a training over which learning counts as lost, or as rescued. */
export const judgedEpochs = 50

/** Settings of 8b's training at confidence 10. */
export function rescueTraining(seed: number): Settings {
  return parseSettings({
    ...rankOne,
    model: { kind: 'rank-one' },
    seed,
    epochs: rescueSettings.epochs,
  } satisfies SettingsInput)
}

/** 8b′: the confidence trained from 10, then set to 1. */
export const trainedConfidence = {
  epochs: 10_000,
  setTo: 1,
  publishedSeed: 40,
  /** Seeds 0, 1, …; the published one is run in every profile. */
  seeds: { quick: 20, standard: 100, paper: 100 } satisfies Record<Profile, number>,
} as const

/** Settings of 8b′'s training. */
export function confidenceTraining(seed: number): Settings {
  return parseSettings({
    ...rankOne,
    model: { kind: 'rank-one', trainConfidence: true },
    seed,
    epochs: trainedConfidence.epochs,
  } satisfies SettingsInput)
}

/** 8c: epochs before the read-out is limited, and as many after. */
export const readOutLimit = {
  limits: [0.1, 0.5, 1, 3],
  epochs: { quick: 400, standard: 1500, paper: 10_000 } satisfies Record<Profile, number>,
  seeds: { quick: 5, standard: 30, paper: 100 } satisfies Record<Profile, number>,
  /** A silent network is right in the 12 of 22 steps before the reaction. */
  silentAccuracy: 12 / 22,
  /** Share of the epochs after the limit over which accuracy is compared. */
  comparedShare: 0.1,
} as const

/** Settings of 8c's training. */
export function readOutTraining(seed: number, epochs: number): Settings {
  return parseSettings({
    model: { kind: 'driven', initialNoise: 0.1, noise: 1e-3 },
    task: { kind: 'cue-discrimination', cue: 2, delay: 10, reaction: 10, trialsPerClass: 10 },
    optimizer: { kind: 'adam', rate: 0.1 },
    seed,
    epochs,
  } satisfies SettingsInput)
}

/** Parts of each of 8b, 8b′ and 8c. */
export const groups = { rescue: 10, trained: 10, readOut: 25 } as const

/** The seeds of one part: every `groups`-th of those that the profile runs. */
export function seedsOf(group: number, groups: number, count: number): number[] {
  return Array.from({ length: count }, (_, seed) => seed).filter(seed => seed % groups === group)
}
