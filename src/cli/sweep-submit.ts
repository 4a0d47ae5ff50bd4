import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { requireFolder, writeWhole } from '../files/whole-file.js'
import { InputError } from '../settings/input-error.js'
import { StoreInUse } from '../sweeps/duckdb.js'
import type { Run } from '../sweeps/expand-plan.js'
import { runsOfShard, type ShardName } from '../sweeps/shard.js'
import { type SlurmResources, slurmScript, submitScript } from '../sweeps/slurm.js'
import { type Statuses, statusesInFile } from '../sweeps/store.js'
import { got } from './flags.js'
import { countRuns, readPlan, statusesIn, storeName } from './sweep-plan.js'
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
  const folder = resolve(flags.folder ?? `${plan.name}-shards`)
  const storeOf = (index: ShardName['index']) => join(folder, storeName(plan, { index, count }))
  const { missing, running } = await examine(runs, count, storeOf, await statusesIn(have))
  if (running.length > 0) note(`under way, so left alone: shards ${running.join(', ')}`)
  if (missing.length === 0) {
    return print(`nothing to submit${running.length > 0 ? '' : `: ${countRuns(runs.length)} done`}`)
  }
  const planCopy = join(folder, `${plan.name}.json`)
  const command = [
    ...[process.execPath, fileURLToPath(new URL('./main.js', import.meta.url)), 'sweep', 'run', planCopy],
    ...['--shard', `{shard}/${count}`, '--store', storeOf('{shard}'), '--jobs', String(flags.cpus)],
    ...have.flatMap(store => ['--have', resolve(store)]),
  ]
  const script = slurmScript({ ...flags, name: plan.name, shards: missing, folder, command })
  if (dryRun) return print(script.trimEnd())
  requireFolder(folder)
  // A copy, so that the plan may be changed while its tasks wait.
  if (resolve(file) !== planCopy) writeWhole(planCopy, readFileSync(file))
  const scriptFile = join(folder, `${plan.name}.sbatch`)
  writeWhole(scriptFile, script)
  print(`submitted job ${submitScript(scriptFile)}: ${missing.length} of ${count} shards`)
  note(`when it is done: ghostpoint sweep merge ${plan.name}.duckdb ${folder}/*.duckdb`)
}

/** Which shards miss runs, and which cannot be told because a task has their store open. */
async function examine(
  runs: readonly Run[],
  count: number,
  storeOf: (index: number) => string,
  known: Statuses,
): Promise<{ missing: number[]; running: number[] }> {
  const missing: number[] = []
  const running: number[] = []
  for (let index = 1; index <= count; index++) {
    const wanted = missingRuns(runsOfShard(runs, { index, count }), known)
    if (wanted.length === 0) continue
    try {
      if (missingRuns(wanted, await statusesInFile(storeOf(index))).length > 0) missing.push(index)
    } catch (error) {
      if (!(error instanceof StoreInUse)) throw error
      running.push(index)
    }
  }
  return { missing, running }
}
