import type { Run } from '../sweeps/expand-plan.js'
import { type Statuses, statusesInFile } from '../sweeps/store.js'
import { countRuns, readPlan, storeName } from './sweep-plan.js'
import { print, printJson } from './terminal.js'

/** Flags of `ghostpoint sweep status`. */
export interface SweepStatusFlags {
  readonly store?: string[]
  readonly json?: true
}

/** Says how much of a plan is done in its stores. @throws InputError if the plan or a store cannot be used */
export async function printStatus(file: string, flags: SweepStatusFlags): Promise<void> {
  const { plan, runs } = readPlan('sweep status', file)
  const stores = flags.store ?? [storeName(plan)]
  const found: Statuses[] = []
  for (const store of stores) found.push(await statusesInFile(store))
  const counts = count(runs, found)
  if (flags.json) return printJson({ plan: plan.name, stores, runs: runs.length, ...counts })
  const { finished, diverged, failed, missing } = counts
  const share = runs.length === 0 ? 100 : Math.floor((100 * (finished + diverged)) / runs.length)
  print(`${plan.name}: ${countRuns(runs.length)}, ${share}% done`)
  for (const [name, number] of Object.entries({ finished, diverged, failed, missing })) {
    print(`${name.padEnd(9)} ${String(number).padStart(8)}`)
  }
}

function count(runs: readonly Run[], found: readonly Statuses[]) {
  const counts = { finished: 0, diverged: 0, failed: 0, missing: 0 }
  for (const { id } of runs) {
    const statuses = found.map(statuses => statuses.get(id)).filter(status => status !== undefined)
    counts[statuses.find(status => status !== 'failed') ?? statuses[0] ?? 'missing']++
  }
  return counts
}
