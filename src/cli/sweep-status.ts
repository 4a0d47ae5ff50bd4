import { existsSync } from 'node:fs'
import type { Run } from '../sweeps/expand-plan.js'
import type { Plan } from '../sweeps/plan.js'
import type { Statuses } from '../sweeps/store.js'
import { countRuns, readPlan, readStores, shardsFolder, storeName, storesIn } from './sweep-plan.js'
import { note, print, printJson } from './terminal.js'

/** Flags of `ghostpoint sweep status`. */
export interface SweepStatusFlags {
  readonly store?: string[]
  readonly json?: true
}

/** Says how much of a plan is done in its stores. @throws InputError if the plan or a store cannot be used */
export async function printStatus(file: string, flags: SweepStatusFlags): Promise<void> {
  const { plan, runs } = readPlan('sweep status', file)
  const stores = flags.store ?? usualStores(plan)
  const { statuses, byStore, inUse } = await readStores(stores)
  const counts = count(runs, statuses)
  if (flags.json) {
    return printJson({ plan: plan.name, stores: [...byStore.keys()], inUse, runs: runs.length, ...counts })
  }
  const { finished, diverged, failed, missing } = counts
  const share = runs.length === 0 ? 100 : Math.floor((100 * (finished + diverged)) / runs.length)
  print(`${plan.name}: ${countRuns(runs.length)}, ${share}% done`)
  for (const [name, number] of Object.entries({ finished, diverged, failed, missing })) {
    print(`${name.padEnd(9)} ${String(number).padStart(8)}`)
  }
  if (stores.length === 0) note(`no store yet: neither ${storeName(plan)} nor stores of shards`)
  if (byStore.size > 1) note(`in ${byStore.size} stores: ${[...byStore.keys()].join(', ')}`)
  for (const store of inUse) note(`under way, so not counted: ${store}`)
}

/** The plan's store and those of its shards, here and in the folder of its job array. */
function usualStores(plan: Plan): string[] {
  const usual = storeName(plan)
  return [
    ...(existsSync(usual) ? [usual] : []),
    ...storesIn('.', plan),
    ...storesIn(shardsFolder(plan), plan),
  ]
}

function count(runs: readonly Run[], known: Statuses) {
  const counts = { finished: 0, diverged: 0, failed: 0, missing: 0 }
  for (const { id } of runs) counts[known.get(id) ?? 'missing']++
  return counts
}
