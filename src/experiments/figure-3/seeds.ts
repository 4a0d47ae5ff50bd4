import type { PartContext } from '../experiment.js'
import { type FastSeed, trainFastSeed } from './fast-seeds.js'
import { seedCounts } from './settings.js'
import { type SlowSeed, trainSlowSeed } from './slow-seeds.js'

/** Trainings of figure 3 that differ from the published one in their seed. */
export interface SeedGroup {
  readonly slow: readonly SlowSeed[]
  readonly fast: readonly FastSeed[]
}

/** A group is a part of the experiment: group g has the seeds g, g + 8, g + 16, … */
const groupCount = 8

export type SeedPart = `seeds-${number}`

export const seedParts: readonly { readonly name: SeedPart; readonly group: number }[] = Array.from(
  { length: groupCount },
  (_, group) => ({ name: `seeds-${group}` as const, group }),
)

/** Trains a group's seeds at both rates. */
export async function trainSeeds(group: number, { profile, onProgress }: PartContext): Promise<SeedGroup> {
  const seeds = (count: number) =>
    Array.from({ length: count }, (_, seed) => seed).filter(seed => seed % groupCount === group)
  const { slow, fast } = seedCounts[profile]
  const trained: { slow: SlowSeed[]; fast: FastSeed[] } = { slow: [], fast: [] }
  for (const seed of seeds(fast)) trained.fast.push(await trainFastSeed(seed))
  for (const seed of seeds(slow)) {
    trained.slow.push(await trainSlowSeed(seed, profile))
    onProgress(trained.slow.length / seeds(slow).length)
  }
  return trained
}

/** All groups' seeds as one, ascending. */
export function joinGroups(groups: readonly SeedGroup[]): SeedGroup {
  const bySeed = (a: { readonly seed: number }, b: { readonly seed: number }) => a.seed - b.seed
  return {
    slow: groups.flatMap(({ slow }) => slow).sort(bySeed),
    fast: groups.flatMap(({ fast }) => fast).sort(bySeed),
  }
}
