import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { requireFolder, writeWhole } from '../files/whole-file.js'
import { InputError } from '../settings/input-error.js'
import type { Run } from '../sweeps/expand-plan.js'
import { mergeInto } from '../sweeps/merge.js'
import { runsOfShard, type ShardName } from '../sweeps/shard.js'
import { type SlurmResources, shellWord, slurmScript, submitScript } from '../sweeps/slurm.js'
import type { Statuses } from '../sweeps/store.js'
import { got } from './flags.js'
import {
  countRuns,
  type KnownRuns,
  knownName,
  readPlan,
  readStores,
  shardsFolder,
  storeName,
  storesIn,
} from './sweep-plan.js'
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
  const given = await readStores(have)
  const found = await readStores(storesIn(folder, plan))
  const { missing, running, moved } = examine(runs, count, storeOf, given.statuses, found)
  for (const store of [...given.inUse, ...found.inUse.filter(file => !isOfCut(file, count))]) {
    note(`under way, so its runs are not known here: ${store}`)
  }
  if (running.length > 0) note(`under way, so left alone: shards ${running.join(', ')}`)
  if (missing.length === 0) {
    return print(`nothing to submit${running.length > 0 ? '' : `: ${countRuns(runs.length)} done`}`)
  }
  const planCopy = join(folder, `${plan.name}.json`)
  const snapshots = storesIn(folder, plan).filter(isSnapshot)
  const snapshot = join(folder, knownName(plan, snapshots.length + 1))
  const known = [...have.map(store => resolve(store)), ...snapshots, ...(moved.length > 0 ? [snapshot] : [])]
  const command = [
    ...[process.execPath, fileURLToPath(new URL('./main.js', import.meta.url)), 'sweep', 'run', planCopy],
    ...['--shard', `{shard}/${count}`, '--store', storeOf('{shard}'), '--jobs', String(flags.cpus)],
    ...known.flatMap(store => ['--have', store]),
  ]
  const script = slurmScript({ ...flags, name: plan.name, shards: missing, folder, command })
  if (dryRun) return print(script.trimEnd())
  requireFolder(folder)
  // Of their own: a task cannot read what another one is writing.
  if (moved.length > 0) await mergeInto(snapshot, moved)
  // A copy, so that the plan may be changed while its tasks wait.
  if (resolve(file) !== planCopy) writeWhole(planCopy, readFileSync(file))
  const scriptFile = join(folder, `${plan.name}.sbatch`)
  writeWhole(scriptFile, script)
  print(`submitted job ${submitScript(scriptFile)}: ${missing.length} of ${count} shards`)
  note(`when it is done: ghostpoint sweep merge ${plan.name}.duckdb ${shellWord(folder)}/*.duckdb`)
}

/** Whether a store is that of a shard of this many. */
const isOfCut = (store: string, count: number) => store.endsWith(`-of-${count}.duckdb`)
const isSnapshot = (store: string) => /\.known-\d+\.duckdb$/.test(store)

/** What a job array has to do. */
interface Task {
  /** Shards that miss runs. */
  readonly missing: readonly number[]
  /** Shards of which nothing can be told, because a task has their store open. */
  readonly running: readonly number[]
  /** Stores with results that belong to other shards now, and that no snapshot has: the plan was cut otherwise, or was shorter. */
  readonly moved: readonly string[]
}

/** Compares the shards of a plan with what is known, and with what all stores in their folder have. */
function examine(
  runs: readonly Run[],
  count: number,
  storeOf: (index: number) => string,
  known: Statuses,
  { statuses, byStore, inUse }: KnownRuns,
): Task {
  const shards = Array.from({ length: count }, (_, i) => {
    return { index: i + 1, store: storeOf(i + 1), runs: runsOfShard(runs, { index: i + 1, count }) }
  })
  const homes = new Map(shards.flatMap(shard => shard.runs.map(({ id }) => [id, shard.store] as const)))
  const kept = new Set(
    [...byStore]
      .filter(([store]) => isSnapshot(store))
      .flatMap(([, found]) => [...found].flatMap(([id, status]) => (status === 'failed' ? [] : [id]))),
  )
  const unfinished = shards.filter(shard => missingRuns(missingRuns(shard.runs, known), statuses).length > 0)
  const isMoved = (store: string, found: Statuses) =>
    [...found].some(
      ([id, status]) => status !== 'failed' && !kept.has(id) && (homes.get(id) ?? store) !== store,
    )
  return {
    missing: unfinished.filter(({ store }) => !inUse.includes(store)).map(({ index }) => index),
    running: unfinished.filter(({ store }) => inUse.includes(store)).map(({ index }) => index),
    moved: [...byStore]
      .filter(([store, found]) => !isSnapshot(store) && isMoved(store, found))
      .map(([store]) => store),
  }
}
