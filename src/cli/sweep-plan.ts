import { existsSync } from 'node:fs'
import { readJson } from '../files/read-json.js'
import { nameOf } from '../files/whole-file.js'
import { InputError } from '../settings/input-error.js'
import { expandPlan, type Run } from '../sweeps/expand-plan.js'
import { type Plan, parsePlan } from '../sweeps/plan.js'
import { type ShardName, shardSuffix } from '../sweeps/shard.js'
import { type Statuses, statusesInFile } from '../sweeps/store.js'
import type { RunStatus } from '../sweeps/store-row.js'

/** A plan as read from its file, with its runs. */
export interface ReadPlan {
  readonly plan: Plan
  readonly runs: readonly Run[]
}

/**
 * Reads and expands a plan.
 * @param command the command that needs it, for the message if there is none
 * @throws InputError naming file, path and value
 */
export function readPlan(command: string, file: string | undefined): ReadPlan {
  if (file === undefined) throw new InputError(command, 'no plan', 'a plan file (JSON)')
  const plan = parsePlan(readJson(file), file)
  return { plan, runs: expandPlan(plan, file) }
}

/** The name of a sweep's store, or of that of one of its shards, in the current folder. */
export function storeName({ name }: Plan, shard?: ShardName): string {
  return `${name}${shard === undefined ? '' : shardSuffix(shard)}.duckdb`
}

/**
 * What is known of runs in several stores: of two statuses, one that is a result.
 * @throws InputError if a store is not there, in use, or none
 */
export async function statusesIn(stores: readonly string[]): Promise<Statuses> {
  const known = new Map<string, RunStatus>()
  for (const store of stores) {
    if (!existsSync(store)) throw new InputError(nameOf(store), 'no such file', 'the store of a sweep')
    for (const [id, status] of await statusesInFile(store)) {
      if (status !== 'failed' || !known.has(id)) known.set(id, status)
    }
  }
  return known
}

/** `1 run`, `2,000 runs`. */
export function countRuns(count: number): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? 'run' : 'runs'}`
}
