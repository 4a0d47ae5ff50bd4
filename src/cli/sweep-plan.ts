import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { readJson } from '../files/read-json.js'
import { nameOf } from '../files/whole-file.js'
import { InputError } from '../settings/input-error.js'
import { StoreInUse } from '../sweeps/duckdb.js'
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

/** What is known of runs in several stores. */
export interface KnownRuns {
  /** Of two statuses of a run, one that is a result. */
  readonly statuses: Statuses
  /** By store, of those that could be read. */
  readonly byStore: ReadonlyMap<string, Statuses>
  /** Stores that another process is writing. */
  readonly inUse: readonly string[]
}

/** Reads stores, but for those in use. @throws InputError if one is not there, or is no store */
export async function readStores(stores: readonly string[]): Promise<KnownRuns> {
  const statuses = new Map<string, RunStatus>()
  const byStore = new Map<string, Statuses>()
  const inUse: string[] = []
  for (const store of stores) {
    if (!existsSync(store)) throw new InputError(nameOf(store), 'no such file', 'the store of a sweep')
    try {
      byStore.set(store, await statusesInFile(store))
    } catch (error) {
      if (!(error instanceof StoreInUse)) throw error
      inUse.push(store)
    }
  }
  for (const [id, status] of [...byStore.values()].flatMap(found => [...found])) {
    if (status !== 'failed' || !statuses.has(id)) statuses.set(id, status)
  }
  return { statuses, byStore, inUse }
}

/**
 * The stores of a plan's shards in a folder, and what they knew of one another; none if there is no such folder.
 * @throws InputError if it is no folder
 */
export function storesIn(folder: string, plan: Plan): string[] {
  if (!existsSync(folder)) return []
  if (!statSync(folder).isDirectory())
    throw new InputError(folder, 'is a file', 'a folder, or another --folder')
  return readdirSync(folder)
    .filter(file => isOfShards(file, plan))
    .sort()
    .map(file => join(folder, file))
}

const isOfShards = (file: string, { name }: Plan) =>
  file.startsWith(name) && /^\.(shard-\d+-of-\d+|known-\d+)\.duckdb$/.test(file.slice(name.length))

/** What is known when a job array is submitted is kept in such a store, by its number. */
export const knownName = ({ name }: Plan, index: number) => `${name}.known-${index}.duckdb`

/** The folder of a plan's job array, unless another is named. */
export const shardsFolder = ({ name }: Plan) => `${name}-shards`

/** `1 run`, `2,000 runs`. */
export function countRuns(count: number): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? 'run' : 'runs'}`
}
