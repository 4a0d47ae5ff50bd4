import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { readNpy } from '../../src/formats/npy.js'
import { expandPlan } from '../../src/sweeps/expand-plan.js'
import { exportStore } from '../../src/sweeps/export.js'
import { parsePlan } from '../../src/sweeps/plan.js'
import { rowsOf } from '../../src/sweeps/query.js'
import { runSweep } from '../../src/sweeps/run-sweep.js'
import { SweepStore } from '../../src/sweeps/store.js'
import { linesOf } from '../cli/run-command.js'
import { smallPlan } from '../cli/sweep-files.js'

vi.mock('piscina', () => {
  throw new Error('not installed')
})

async function smallStore(folder: string): Promise<string> {
  const file = join(folder, "it's a store.duckdb")
  const store = await SweepStore.open(file)
  await runSweep(expandPlan(parsePlan(smallPlan)), store, { plan: 'small' })
  store.close()
  return file
}

/** A Python that has these packages, if there is one. */
function pythonWith(...packages: string[]): string | undefined {
  const candidates = [process.env.PYTHON ?? 'python3', 'python']
  return candidates.find(python => spawnSync(python, ['-c', `import ${packages.join(', ')}`]).status === 0)
}

const pandas = pythonWith('pandas', 'pyarrow')
const numpy = pythonWith('numpy')

/** What a Python program prints as JSON, given a file. */
function python(program: string, script: string, file: string): unknown {
  const { stdout, stderr, status } = spawnSync(program, ['-c', script, file], { encoding: 'utf8' })
  expect(status, stderr).toBe(0)
  return JSON.parse(stdout)
}

describe('an exported sweep', () => {
  let folder = ''
  let store = ''
  let ids: unknown[] = []
  let losses: unknown[] = []
  const file = (name: string) => join(folder, name)

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ghostpoint-export-'))
    store = await smallStore(folder)
    const rows = await rowsOf(store, 'SELECT id, final_loss FROM runs ORDER BY id')
    ids = rows.map(([id]) => id)
    losses = rows.map(([, loss]) => loss)
  })

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('is CSV with a column a setting and a column a kept loss', async () => {
    await exportStore(store, file('runs.csv'), 'csv')
    const [head = '', ...lines] = linesOf(readFileSync(file('runs.csv'), 'utf8'))
    const names = head.split(',')
    const expected = ['id', 'optimizer.rate', 'model.rank', 'seed', 'final_loss', 'loss_at.0', 'loss_at.499']
    expect(names).toEqual(expect.arrayContaining(expected))
    const column = (name: string) => lines.map(line => line.split(',')[names.indexOf(name)])
    expect(column('id')).toEqual(ids)
    expect(column('final_loss').map(Number)).toEqual(losses)
    expect(column('loss_at.499').map(Number)).toEqual(losses)
    expect(new Set(column('model.rank'))).toEqual(new Set(['2', 'full']))
  })

  it('is NPZ with numbers as float64 and losses as a matrix', async () => {
    await exportStore(store, file('runs.npz'), 'npz')
    const files = unzipSync(readFileSync(file('runs.npz')))
    const array = (name: string) => readNpy(files[`${name}.npy`]!)
    expect([...array('final_loss').data]).toEqual(losses)
    expect(array('loss_at').shape).toEqual([16, 3])
    expect([...array('readOutNorm').data]).toEqual(Array(16).fill(Number.NaN))
    expect(() => array('id')).toThrow('holds text, type <U64')
  })

  it.skipIf(pandas === undefined)(
    `is read by pandas as Parquet and as CSV alike${pandas ? '' : ': no pandas with pyarrow here'}`,
    async () => {
      await exportStore(store, file('runs.parquet'), 'parquet')
      await exportStore(store, file('runs.csv'), 'csv')
      const script = `
import json, sys, pandas
parquet = pandas.read_parquet(sys.argv[1])
csv = pandas.read_csv(sys.argv[1].replace('.parquet', '.csv'), float_precision='round_trip')
assert (parquet['final_loss'] == csv['final_loss']).all()
assert (parquet['optimizer.rate'] == csv['optimizer.rate']).all()
assert list(parquet['loss_epochs'][0]) == [0, 100, 499]
print(json.dumps({'id': list(parquet['id']), 'loss': list(parquet['final_loss']), 'last': [row[2] for row in parquet['loss_at']]}))`
      expect(python(pandas!, script, file('runs.parquet'))).toEqual({ id: ids, loss: losses, last: losses })
    },
  )

  it.skipIf(numpy === undefined)(`is read by NumPy as NPZ${numpy ? '' : ': no numpy here'}`, async () => {
    await exportStore(store, file('runs.npz'), 'npz')
    const script = `
import json, sys, numpy
data = numpy.load(sys.argv[1])
assert data['loss_at'].shape == (16, 3) and data['seed'].dtype == numpy.float64
assert numpy.isnan(data['readOutNorm']).all() and set(data['model.rank']) == {'2', 'full'}
print(json.dumps({'id': data['id'].tolist(), 'loss': data['final_loss'].tolist()}))`
    expect(python(numpy!, script, file('runs.npz'))).toEqual({ id: ids, loss: losses })
  })

  it('replaces no store, its own or another, whatever the format', async () => {
    const copy = file('copy.duckdb')
    copyFileSync(store, copy)
    symlinkSync(store, file('linked.csv'))
    for (const target of [store, copy, file('linked.csv')]) {
      await expect(exportStore(store, target, 'csv')).rejects.toThrow('is a database, which would be lost')
      await expect(exportStore(store, target, 'npz')).rejects.toThrow('is a database, which would be lost')
    }
    expect(await rowsOf(store, 'SELECT count(*) FROM runs')).toEqual([[16]])
  })

  it('is not begun where it cannot be written', async () => {
    await expect(exportStore(store, file('none/runs.csv'), 'csv')).rejects.toThrow('cannot be written')
    await expect(exportStore(file('none.duckdb'), file('x.csv'), 'csv')).rejects.toThrow('no such file')
  })
})
