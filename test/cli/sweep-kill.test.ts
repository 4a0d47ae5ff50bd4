import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { builtCommand, emptyFolder, ghostpoint, linesOf } from './run-command.js'
import { smallPlan, tableOf, writePlan } from './sweep-files.js'

const kills = 20

/** 120 runs of about 20 ms. */
const plan = {
  ...smallPlan,
  settings: { ...smallPlan.settings, epochs: 4000 },
  grid: { ...smallPlan.grid, seed: { range: [0, 14] } },
}

/** Starts the sweep, and kills it some milliseconds after it was started or first said how far it is. */
async function killAfter(
  milliseconds: number,
  moment: 'start' | 'first progress',
  args: readonly string[],
): Promise<boolean> {
  const child = spawn(process.execPath, [builtCommand, ...args], { stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = once(child, 'exit')
  if (moment === 'first progress') await Promise.race([once(child.stderr, 'data'), ended])
  await wait(milliseconds)
  child.kill('SIGKILL')
  const [, signal] = await ended
  return signal === 'SIGKILL'
}

it(`a sweep killed ${kills} times at random goes on where it was, to the table of one never killed`, async () => {
  const folder = emptyFolder()
  const file = writePlan(folder, plan)
  const [whole, killed] = [join(folder, 'whole.duckdb'), join(folder, 'killed.duckdb')]
  const reference = await ghostpoint(['sweep', 'run', file, '--store', whole])
  expect(reference.code, reference.stderr).toBe(0)

  // What a start takes on this machine now, with nothing left to compute.
  const started = performance.now()
  await ghostpoint(['sweep', 'run', file, '--store', whole])
  const startUp = performance.now() - started

  const run = ['sweep', 'run', file, '--store', killed]
  let count = 0
  for (let start = 0; count < kills; start++) {
    // One in four before or while it begins, the others while it computes and saves.
    const killedNow =
      start % 4 === 0
        ? await killAfter(startUp * Math.random(), 'start', run)
        : await killAfter(150 * Math.random(), 'first progress', run)
    if (killedNow) count++
  }
  const before = (await tableOf(killed)).split('\n').length - 1
  const last = await ghostpoint(['sweep', 'run', file, '--store', killed, '--json'])
  expect(last.code, last.stderr).toBe(0)
  const summary = JSON.parse(last.stdout)
  expect({ before: summary.before, left: summary.left }).toEqual({ before, left: 0 })
  expect(before).toBeGreaterThan(0)

  const table = await tableOf(killed)
  expect(linesOf(table)).toHaveLength(120)
  expect(table).toBe(await tableOf(whole))
  expect(readdirSync(folder).filter(name => name.endsWith('.wal'))).toEqual([])
}, 300_000)
