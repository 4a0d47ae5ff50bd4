import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { linesOf, run } from '../cli/run-command.js'

const dist = new URL('../../dist/', import.meta.url)

/** Starts pools of two workers one after another, and ends each a little later into its loading. */
const startAndEnd = `
  import { setTimeout } from 'node:timers/promises'
  import { startWorkerPool } from '${new URL('sweeps/worker-pool.js', dist)}'
  for (let i = 0; i < 20; i++) {
    const stop = new AbortController()
    const pool = await startWorkerPool({
      entry: new URL('${new URL('experiments/part-worker.js', dist)}'),
      jobs: 2,
      tasks: 2,
      signal: stop.signal,
    })
    const task = { figure: '3', part: 'slow training', profile: 'paper' }
    const running = pool.run({ task, onProgress: () => {} }).catch(error => error)
    await setTimeout(10 * i)
    if (i % 2 === 0) stop.abort(new Error('enough'))
    await pool.close()
    console.log((await running).message)
  }
`

/** Prints when each of ten tasks started. */
const startTimes = `
  import { startWorkerPool } from '${new URL('sweeps/worker-pool.js', dist)}'
  const entry = new URL('${new URL('clock-worker.mjs', import.meta.url)}')
  const pool = await startWorkerPool({ entry, jobs: 2, tasks: 10 })
  const tasks = Array.from({ length: 10 }, (_, task) => pool.run({ task, onProgress: () => {} }))
  for (const started of await Promise.all(tasks)) console.log(started)
  await pool.close()
`

describe('a pool of workers', () => {
  it('can be ended at any moment, while its workers load their modules as well', async () => {
    const { code, signal, stdout, stderr } = await run(
      process.execPath,
      ['--input-type=module', '--eval', startAndEnd],
      { cwd: fileURLToPath(dist) },
    )
    expect({ code, signal, stderr }).toEqual({ code: 0, signal: null, stderr: '' })
    const messages = linesOf(stdout)
    expect(messages).toHaveLength(20)
    expect(messages.filter((_, i) => i % 2 === 0)).toEqual(Array(10).fill('enough'))
  }, 60_000)

  it('starts tasks in the order in which they are given', async () => {
    const { code, stdout, stderr } = await run(
      process.execPath,
      ['--input-type=module', '--eval', startTimes],
      { cwd: fileURLToPath(dist) },
    )
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const started = linesOf(stdout).map(Number)
    expect(started).toHaveLength(10)
    // The two workers may change places in a pair, no more.
    for (let i = 2; i < 10; i++) expect(started[i]).toBeGreaterThan(started[i - 2]!)
  }, 60_000)
})
