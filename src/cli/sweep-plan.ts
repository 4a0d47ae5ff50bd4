import { readJson } from '../files/read-json.js'
import { InputError } from '../settings/input-error.js'
import { expandPlan, type Run } from '../sweeps/expand-plan.js'
import { type Plan, parsePlan } from '../sweeps/plan.js'
import { type Shard, shardSuffix } from '../sweeps/shard.js'

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
export function storeName({ name }: Plan, shard?: Shard): string {
  return `${name}${shard === undefined ? '' : shardSuffix(shard)}.duckdb`
}

/** `1 run`, `2,000 runs`. */
export function countRuns(count: number): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? 'run' : 'runs'}`
}
