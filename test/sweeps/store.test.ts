import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { settingsJsonSchema } from '../../src/settings/settings.js'
import { openDatabase } from '../../src/sweeps/duckdb.js'
import { expandPlan } from '../../src/sweeps/expand-plan.js'
import { mergeInto } from '../../src/sweeps/merge.js'
import { parsePlan } from '../../src/sweeps/plan.js'
import { rowsOf } from '../../src/sweeps/query.js'
import { runSweep } from '../../src/sweeps/run-sweep.js'
import { flatSettingColumns } from '../../src/sweeps/settings-columns.js'
import { SweepStore, statusesInFile } from '../../src/sweeps/store.js'
import { rowOfFailure } from '../../src/sweeps/store-row.js'
import { train } from '../../src/training/train.js'
import { emptyFolder } from '../cli/run-command.js'
import { smallPlan } from '../cli/sweep-files.js'

// Worker threads run the build; without the optional package, runs are computed in this thread.
vi.mock('piscina', () => {
  throw new Error('not installed')
})

const plan = { ...smallPlan, grid: { ...smallPlan.grid, seed: [0] } }
const runs = expandPlan(parsePlan(plan))

/** Makes a store of some of the runs. */
async function computed(file: string, some = runs): Promise<string> {
  const store = await SweepStore.open(file)
  try {
    const counts = await runSweep(some, store, { plan: 'small' })
    expect(counts).toEqual({ finished: some.length, diverged: 0, failed: 0 })
  } finally {
    store.close()
  }
  return file
}

async function inSql(file: string, sql: string): Promise<void> {
  const { connection, close } = await openDatabase(file, { readOnly: false })
  await connection.run(sql)
  close()
}

const everything = 'SELECT * EXCLUDE (seconds, finished_at, host) FROM runs ORDER BY id'

describe('a store', () => {
  it('has for every run the numbers that its training alone gives', async () => {
    const file = await computed(join(emptyFolder(), 's.duckdb'))
    const columns = 'first_loss, final_loss, lowest_loss, final_accuracy, first_fall, second_fall, loss_at'
    for (const { id, settings } of runs.slice(0, 3)) {
      const [row] = await rowsOf(file, `SELECT ${columns} FROM runs WHERE id = '${id}'`)
      const { history, events } = await train({ ...settings, record: 'all' })
      const { loss, accuracy } = history
      expect(row).toEqual([
        loss[0],
        loss.at(-1),
        Math.min(...loss),
        accuracy.at(-1),
        events.firstFall ?? null,
        events.secondFall ?? null,
        [0, 100, 499].map(epoch => loss[epoch]),
      ])
    }
  })

  it('has every setting as a column by its dotted path', async () => {
    const file = await computed(join(emptyFolder(), 's.duckdb'), runs.slice(0, 1))
    const { model, task, optimizer, seed, epochs } = runs[0]!.settings
    const paths =
      'model.kind, model.neurons, model.rank, task.delay, optimizer.rate, seed, epochs, readOutNorm'
    const rank = 'rank' in model ? String(model.rank) : undefined
    expect(await rowsOf(file, `SELECT ${paths} FROM runs`)).toEqual([
      [model.kind, model.neurons, rank, 'delay' in task && task.delay, optimizer.rate, seed, epochs, null],
    ])
    const names = new Set(JSON.stringify(settingsJsonSchema()).match(/"(\w+)":\{"/g))
    const fields = flatSettingColumns().map(({ path }) => path.split('.').at(-1))
    for (const field of fields) expect([...names, '"kind":{"'], field).toContain(`"${field}":{"`)
    expect(fields).toContain('trainConfidence')
  })

  it('replaces a run that failed by one that did not', async () => {
    const file = join(emptyFolder(), 's.duckdb')
    const store = await SweepStore.open(file)
    const failures = runs.map(run => rowOfFailure('small', run, new Error('out of luck')))
    await store.save(failures)
    store.close()
    expect(new Set((await statusesInFile(file)).values())).toEqual(new Set(['failed']))
    expect((await rowsOf(file, 'SELECT DISTINCT error, final_loss FROM runs'))[0]).toEqual([
      'out of luck',
      null,
    ])
    await computed(file)
    expect(new Set((await statusesInFile(file)).values())).toEqual(new Set(['finished']))
  })
})

describe('what is no store is left as it is, and refused:', () => {
  it.each([
    ['text', 'it is not a DuckDB file', (file: string) => writeFileSync(file, 'hello '.repeat(5000))],
    ['nothing', 'it is not a DuckDB file', (file: string) => writeFileSync(file, '')],
    [
      'another database',
      'it has no table of results',
      (file: string) => inSql(file, 'CREATE TABLE a (b INT)'),
    ],
  ])('%s', async (_, why, make) => {
    const file = join(emptyFolder(), 's.duckdb')
    await make(file)
    const before = readFileSync(file)
    const complaint = `${file}: not the store of a sweep: ${why}; accepted: a file that`
    await expect(SweepStore.open(file)).rejects.toThrow(complaint)
    await expect(statusesInFile(file)).rejects.toThrow(complaint)
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  it('a store of a newer version', async () => {
    const file = await computed(join(emptyFolder(), 's.duckdb'), runs.slice(0, 1))
    await inSql(file, 'UPDATE store SET version = 2')
    const complaint = 'written by a newer ghostpoint (store version 2); accepted: a store of version 1'
    await expect(SweepStore.open(file)).rejects.toThrow(complaint)
    await expect(rowsOf(file, 'SELECT 1')).rejects.toThrow(complaint)
    await inSql(file, 'UPDATE store SET version = 1')
    expect((await statusesInFile(file)).size).toBe(1)
  })
})

describe('merging', () => {
  it('joins parts to the table of the whole, once and for all', async () => {
    const folder = emptyFolder()
    const whole = await computed(join(folder, 'whole.duckdb'))
    const parts = [
      await computed(join(folder, 'a.duckdb'), runs.slice(0, 5)),
      await computed(join(folder, 'b.duckdb'), runs.slice(3)),
    ]
    const out = join(folder, 'out.duckdb')
    const counts = await mergeInto(out, parts)
    expect(counts.map(({ added, conflicts }) => [added, conflicts])).toEqual([
      [5, 0],
      [runs.length - 5, 0],
    ])
    expect(await rowsOf(out, everything)).toEqual(await rowsOf(whole, everything))
    const again = await mergeInto(out, [...parts].reverse())
    expect(again.map(({ added, conflicts }) => [added, conflicts])).toEqual([
      [0, 0],
      [0, 0],
    ])
    expect(await rowsOf(out, everything)).toEqual(await rowsOf(whole, everything))
  })

  it('keeps both of two results of one run, however often they meet, and counts the conflict', async () => {
    const folder = emptyFolder()
    const mine = await computed(join(folder, 'a.duckdb'), runs.slice(0, 3))
    const other = join(folder, 'b.duckdb')
    cpSync(mine, other)
    await inSql(other, `UPDATE results SET final_loss = 123 WHERE id = '${runs[1]!.id}'`)
    const before = await rowsOf(mine, everything)
    for (let time = 0; time < 2; time++) {
      expect(await mergeInto(mine, [other])).toMatchObject([{ read: 3, added: 0, conflicts: 1 }])
      expect(await rowsOf(mine, everything)).toEqual(before)
      const kept = await rowsOf(mine, 'SELECT id, final_loss, source FROM conflicts')
      expect(kept).toEqual([[runs[1]!.id, 123, other]])
    }
    const third = join(folder, 'c.duckdb')
    await mergeInto(third, [mine])
    expect(await rowsOf(third, 'SELECT id, final_loss, source FROM conflicts')).toEqual([
      [runs[1]!.id, 123, other],
    ])
  })

  it('takes a result over a failure, whichever is there first', async () => {
    const folder = emptyFolder()
    const failed = join(folder, 'failed.duckdb')
    const store = await SweepStore.open(failed)
    await store.save(runs.slice(0, 2).map(run => rowOfFailure('small', run, 'no luck')))
    store.close()
    const good = await computed(join(folder, 'good.duckdb'), runs.slice(0, 2))
    const [first, second] = [join(folder, '1.duckdb'), join(folder, '2.duckdb')]
    await mergeInto(first, [failed, good])
    await mergeInto(second, [good, failed])
    expect(await rowsOf(first, everything)).toEqual(await rowsOf(good, everything))
    expect(await rowsOf(second, everything)).toEqual(await rowsOf(good, everything))
    expect(await rowsOf(first, 'SELECT count(*) FROM conflicts')).toEqual([[0]])
  })

  it('refuses the file that it writes as one to read, and files that are no stores, before it writes', async () => {
    const folder = emptyFolder()
    const good = await computed(join(folder, 'good.duckdb'), runs.slice(0, 1))
    const out = join(folder, 'out.duckdb')
    await expect(mergeInto(good, [good])).rejects.toThrow('is the file to merge into')
    await expect(mergeInto(out, [good, good])).rejects.toThrow('is given twice')
    await expect(mergeInto(out, [good, join(folder, 'none')])).rejects.toThrow('no such file')
    await expect(statusesInFile(out)).resolves.toEqual(new Map())
  })
})
