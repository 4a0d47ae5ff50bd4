import type { Rank } from '../../../src/models/recurrence.js'
import { defaultConfidence, type SettingsInput } from '../../../src/settings/settings.js'
import type { PairJob } from '../../work/pair-protocol.js'
import { experiment, seedCount, values } from './state.js'

/** What the fields of the room mean as trainings. */

/** The rank-one network of figures 3 and 8b. */
export function rankOneSettings(seed: number): SettingsInput {
  return {
    model: { kind: 'rank-one' },
    task: { kind: 'delayed-activation' },
    optimizer: { kind: 'sgd', rate: values.rate.value },
    confidence: defaultConfidence,
    seed,
    epochs: values.epochs.value,
  }
}

/** An autonomous network of rank K, of figure 6b. */
export function rankSettings(rank: Rank, seed: number): SettingsInput {
  return {
    model: { kind: 'autonomous', rank },
    task: { kind: 'delayed-activation' },
    optimizer: { kind: 'sgd', rate: values.rateK.value },
    seed,
    epochs: values.epochs.value,
  }
}

/** The rank that is chosen. */
export function chosenRank(): Rank {
  return values.K.value === 'full' ? 'full' : Number(values.K.value)
}

export function rankName(rank: Rank): string {
  return rank === 'full' ? 'full rank' : `rank ${rank}`
}

export function pairJob(): PairJob {
  const seed = values.seed.value
  if (experiment() === 'confidence') {
    return { kind: 'confidence', settings: rankOneSettings(seed), confidence: values.c.value }
  }
  return { kind: 'two', settings: [rankSettings(1, seed), rankSettings(chosenRank(), seed)] }
}

export function manyJob() {
  const first = values.first.value
  const network = values.net.value
  return {
    settings: network === 'K' ? rankSettings(chosenRank(), first) : rankOneSettings(first),
    seeds: Array.from({ length: seedCount }, (_, i) => first + i),
    lowerTo: network === 'lowered' ? values.c.value : undefined,
  }
}
