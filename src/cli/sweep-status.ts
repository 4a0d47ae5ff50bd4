import { existsSync } from 'node:fs'
import type { Run } from '../sweeps/expand-plan.js'
import type { Statuses } from '../sweeps/store.js'
import { countRuns, readPlan, statusesIn, storeName } from './sweep-plan.js'
import { print, printJson } from './terminal.js'

/** Flags of `ghostpoint sweep status`. */
export interface SweepStatusFlags {
  readonly store?: string[]
  readonly json?: true
}

/** Says how much of a plan is done in its stores. @throws InputError if the plan or a store cannot be used */
export async function printStatus(file: string, flags: SweepStatusFlags): Promise<void> {
  const { plan, runs } = readPlan('sweep status', file)
  const usual = storeName(plan)
  const stores = flags.store ?? (existsSync(usual) ? [usual] : [])
  const counts = count(runs, await statusesIn(stores))
  if (flags.json) return printJson({ plan: plan.name, stores, runs: runs.length, ...counts })
  const { finished, diverged, failed, missing } = counts
  const share = runs.length === 0 ? 100 : Math.floor((100 * (finished + diverged)) / runs.length)
  print(`${plan.name}: ${countRuns(runs.length)}, ${share}% done`)
  for (const [name, number] of Object.entries({ finished, diverged, failed, missing })) {
    print(`${name.padEnd(9)} ${String(number).padStart(8)}`)
  }
}

function count(runs: readonly Run[], known: Statuses) {
  const counts = { finished: 0, diverged: 0, failed: 0, missing: 0 }
  for (const { id } of runs) counts[known.get(id) ?? 'missing']++
  return counts
}
