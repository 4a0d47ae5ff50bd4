import { logspace } from '../../numerics/spacing.js'
import { parseSettings, type Settings } from '../../settings/settings.js'
import type { Profile } from '../experiment.js'

/** The tasks of figures 7a and 7b: 6 + 16 (+ 6) + 10 steps, one trial a class. */
export const taskNames = ['cue-discrimination', 'match-to-sample'] as const
export type TaskName = (typeof taskNames)[number]

export const model = {
  kind: 'driven',
  neurons: 100,
  leak: 0.5,
  rank: 'full',
  initialNoise: 0,
  noise: 0,
} as const

/** The learning rates of the paper. */
export const publishedRates = logspace(-3, 1, 20)
export const publishedSeeds = 20

/** Figure 7c: match to sample at one of those rates. */
export const collapseRate = publishedRates[15]!
export const collapseEpochs = 6000

/** What a profile runs. */
interface Extent {
  /** By their index in the published ones; all unless given. */
  readonly rates: Readonly<Partial<Record<TaskName, readonly number[]>>>
  readonly epochs: Readonly<Record<TaskName, number>>
  readonly seeds: number
  /** Seeds of figure 7c's training. */
  readonly collapseSeeds: number
}

const wideRates = [3, 6, 8, 10, 11, 12, 13, 14, 15, 17]

export const extents: Record<Profile, Extent> = {
  quick: {
    rates: { 'cue-discrimination': [8, 12, 15], 'match-to-sample': [10, 13, 16] },
    epochs: { 'cue-discrimination': 1500, 'match-to-sample': 2000 },
    seeds: 4,
    collapseSeeds: 1,
  },
  standard: {
    rates: { 'cue-discrimination': wideRates, 'match-to-sample': wideRates },
    epochs: { 'cue-discrimination': 4000, 'match-to-sample': 5000 },
    seeds: 6,
    collapseSeeds: 10,
  },
  paper: {
    rates: {},
    epochs: { 'cue-discrimination': 20_000, 'match-to-sample': 20_000 },
    seeds: publishedSeeds,
    collapseSeeds: publishedSeeds,
  },
}

/** One part: a task with one seed at all rates, or figure 7c's training with one seed. */
export interface PartPlan {
  readonly name: string
  readonly kind: TaskName | 'collapse'
  readonly seed: number
}

/** Every part of the paper's profile. */
export const partPlans: readonly PartPlan[] = ([...taskNames, 'collapse'] as const).flatMap(kind =>
  Array.from({ length: publishedSeeds }, (_, seed) => ({
    name: `${kind.replaceAll('-', ' ')}, seed ${seed}`,
    kind,
    seed,
  })),
)

/** The trainings that a profile runs in a part; none if it does not run the part. */
export function trainingsOf({ kind, seed }: PartPlan, profile: Profile): Settings[] {
  const { rates, epochs, seeds, collapseSeeds } = extents[profile]
  if (kind === 'collapse') {
    if (seed >= collapseSeeds) return []
    return [settingsOf('match-to-sample', collapseRate, seed, collapseEpochs)]
  }
  if (seed >= seeds) return []
  const chosen = rates[kind] ?? [...publishedRates.keys()]
  return chosen.map(i => settingsOf(kind, publishedRates[i]!, seed, epochs[kind]))
}

function settingsOf(task: TaskName, rate: number, seed: number, epochs: number): Settings {
  return parseSettings({
    model,
    task: { kind: task, cue: 6, delay: 16, reaction: 10, trialsPerClass: 1 },
    optimizer: { kind: 'sgd', rate },
    seed,
    epochs,
  })
}
