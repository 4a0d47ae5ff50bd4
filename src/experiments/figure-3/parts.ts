import type { PartContext } from '../experiment.js'
import { trainFast } from './fast-training.js'
import { type SeedGroup, type SeedPart, seedParts, trainSeeds } from './seeds.js'
import { trainSlowly } from './slow-training.js'

const seedGroups: Record<SeedPart, (context: PartContext) => Promise<SeedGroup>> = Object.fromEntries(
  seedParts.map(({ name, group }) => [name, (context: PartContext) => trainSeeds(group, context)]),
)

export const parts = { slow: trainSlowly, fast: trainFast, ...seedGroups }
