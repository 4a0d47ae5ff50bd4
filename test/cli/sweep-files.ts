import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { ghostpoint } from './run-command.js'

/** A plan of 16 runs that learn, within a second. */
export const smallPlan = {
  name: 'small',
  settings: {
    model: { kind: 'autonomous', neurons: 8 },
    task: { kind: 'delayed-activation', delay: 5 },
    optimizer: { kind: 'sgd' },
    epochs: 500,
  },
  grid: {
    'optimizer.rate': { logspace: [-2, 0, 4] },
    'model.rank': [2, 'full'],
    seed: { range: [0, 1] },
  },
  lossAt: [0, 100, 499],
}

/** Writes a plan into a folder and returns its file. */
export function writePlan(folder: string, plan: object = smallPlan): string {
  const file = join(folder, 'plan.json')
  writeFileSync(file, JSON.stringify(plan))
  return file
}

/** Everything a store knows of its runs but when, where and how fast: JSON lines, sorted by id. */
export async function tableOf(store: string): Promise<string> {
  const sql = 'SELECT * EXCLUDE (seconds, finished_at, host) FROM runs ORDER BY id'
  const { code, stdout, stderr } = await ghostpoint(['sweep', 'query', store, sql, '--format', 'json'])
  expect(code, stderr).toBe(0)
  return stdout
}
