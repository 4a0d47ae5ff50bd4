import { InputError } from '../settings/input-error.js'
import type { Run } from './expand-plan.js'

/** One of `count` parts of a sweep; `index` from 1. */
export interface Shard {
  readonly index: number
  readonly count: number
}

/** Reads `3/16`. @throws InputError naming the flag */
export function parseShard(text: string): Shard {
  const [, first, second] = /^(\d{1,7})\/(\d{1,7})$/.exec(text) ?? []
  const [index, count] = [Number(first), Number(second)]
  if (index >= 1 && index <= count) return { index, count }
  throw new InputError('--shard', `got ${text === '' ? '""' : text}`, 'K/N, one of N parts, e.g. 3/16')
}

/** The runs of one shard, out of runs sorted by id: every `count`-th, so shards differ by one run at most. */
export function runsOfShard(runs: readonly Run[], { index, count }: Shard): Run[] {
  return runs.filter((_, i) => i % count === index - 1)
}

/** A shard whose number may be filled in later. */
export interface ShardName {
  readonly index: number | string
  readonly count: number
}

/** What is added to the name of a shard's file. */
export function shardSuffix({ index, count }: ShardName): string {
  return `.shard-${index}-of-${count}`
}
