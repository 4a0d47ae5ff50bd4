import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { requireFolder, writeWhole } from '../files/whole-file.js'
import { InputError } from '../settings/input-error.js'
import type { Run } from '../sweeps/expand-plan.js'
import { runsOfShard, type ShardName } from '../sweeps/shard.js'
import { type SlurmResources, shellWord, slurmScript, submitScript } from '../sweeps/slurm.js'
import type { Statuses } from '../sweeps/store.js'
import { got } from './flags.js'
import { countRuns, readPlan, readStores, shardsFolder, storeName, storesIn } from './sweep-plan.js'
import { missingRuns } from './sweep-run.js'
import { note, print } from './terminal.js'

/** Flags of `ghostpoint sweep submit`. */
export interface SweepSubmitFlags extends SlurmResources {
  readonly engine: 'slurm'
  readonly shards: number
  readonly folder?: string
  readonly have?: string[]
  readonly dryRun?: true
}

/**
 * Submits the shards of a plan that miss runs as a job array.
 * @throws InputError if the plan, a store or a flag cannot be used
 * @throws Error if Slurm is not here, or refuses
 */
export async function submitPlan(file: string, flags: SweepSubmitFlags): Promise<void> {
  const { shards: count, have = [], dryRun } = flags
  const { plan, runs } = readPlan('sweep submit', file)
  if (count > runs.length) throw new InputError('--shards', got(String(count)), `at most ${runs.length}`)
  const folder = resolve(flags.folder ?? shardsFolder(plan))
  const storeOf = (index: ShardName['index']) => join(folder, storeName(plan, { index, count }))
  const { statuses } = await readStores(have)
  const { missing, running, moved } = await examine(runs, count, storeOf, folder, statuses)
  if (running.length > 0) note(`under way, so left alone: shards ${running.join(', ')}`)
  if (missing.length === 0) {
    return print(`nothing to submit${running.length > 0 ? '' : `: ${countRuns(runs.length)} done`}`)
  }
  const planCopy = join(folder, `${plan.name}.json`)
  const command = [
    ...[process.execPath, fileURLToPath(new URL('./main.js', import.meta.url)), 'sweep', 'run', planCopy],
    ...['--shard', `{shard}/${count}`, '--store', storeOf('{shard}'), '--jobs', String(flags.cpus)],
    ...[...have.map(store => resolve(store)), ...moved].flatMap(store => ['--have', store]),
  ]
  const script = slurmScript({ ...flags, name: plan.name, shards: missing, folder, command })
  if (dryRun) return print(script.trimEnd())
  requireFolder(folder)
  // A copy, so that the plan may be changed while its tasks wait.
  if (resolve(file) !== planCopy) writeWhole(planCopy, readFileSync(file))
  const scriptFile = join(folder, `${plan.name}.sbatch`)
  writeWhole(scriptFile, script)
  print(`submitted job ${submitScript(scriptFile)}: ${missing.length} of ${count} shards`)
  note(`when it is done: ghostpoint sweep merge ${plan.name}.duckdb ${shellWord(folder)}/*.duckdb`)
}

/** What a job array has to do. */
interface Task {
  /** Shards that miss runs. */
  readonly missing: readonly number[]
  /** Shards of which nothing can be told, because a task has their store open. */
  readonly running: readonly number[]
  /** Stores with runs that belong to other shards now: the plan was cut otherwise, or was shorter. */
  readonly moved: readonly string[]
}

/** Compares the shards of a plan with what all stores in their folder have. */
async function examine(
  runs: readonly Run[],
  count: number,
  storeOf: (index: number) => string,
  folder: string,
  known: Statuses,
): Promise<Task> {
  const shards = Array.from({ length: count }, (_, i) => {
    return { index: i + 1, store: storeOf(i + 1), runs: runsOfShard(runs, { index: i + 1, count }) }
  })
  const homes = new Map(shards.flatMap(shard => shard.runs.map(({ id }) => [id, shard.store] as const)))
  const { statuses, byStore, inUse } = await readStores(storesIn(folder))
  const unfinished = shards.filter(shard => missingRuns(missingRuns(shard.runs, known), statuses).length > 0)
  const isMoved = (store: string, found: Statuses) =>
    [...found].some(([id, status]) => status !== 'failed' && (homes.get(id) ?? store) !== store)
  return {
    missing: unfinished.filter(({ store }) => !inUse.includes(store)).map(({ index }) => index),
    running: unfinished.filter(({ store }) => inUse.includes(store)).map(({ index }) => index),
    moved: [...byStore].filter(([store, found]) => isMoved(store, found)).map(([store]) => store),
  }
}
