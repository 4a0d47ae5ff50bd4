import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { mean, standardError, wilsonInterval } from '../../src/numerics/statistics.js'
import { expandPlan } from '../../src/sweeps/expand-plan.js'
import { parsePlan } from '../../src/sweeps/plan.js'
import { plotData } from '../../src/sweeps/plot-data.js'
import { SweepStore } from '../../src/sweeps/store.js'
import { rowOfResult } from '../../src/sweeps/store-row.js'
import { emptyFolder } from '../cli/run-command.js'

const plan = {
  name: 'made-up',
  settings: {
    model: { kind: 'autonomous', neurons: 4 },
    task: { kind: 'delayed-activation' },
    optimizer: { kind: 'sgd' },
    epochs: 200,
  },
  grid: { 'optimizer.rate': [0.1, 1], 'model.rank': [10, 2, 'full'], seed: { range: [1, 4] } },
  lossAt: [10, 100],
}

/** What the loss of a made-up run is. */
const lossOf = (rate: number, seed: number) => rate * 0.01 * seed ** 2

/** A store of made-up results: the loss depends on rate and seed; only seeds from 3 fall. */
async function madeUpStore(): Promise<string> {
  const file = join(emptyFolder(), 's.duckdb')
  await addRuns(file, plan)
  return file
}

/** Adds made-up results of a plan to a store. */
async function addRuns(file: string, some: object, engine?: string): Promise<void> {
  const store = await SweepStore.open(file)
  const rows = expandPlan(parsePlan(some)).map(run => {
    const { seed, optimizer } = run.settings
    const finalLoss = lossOf(optimizer.rate, seed)
    const nothing = {
      finalGradientNorm: 0,
      finalAccuracy: 1,
      meanLoss: 1,
      meanGradientNorm: 0,
      meanAccuracy: 1,
    }
    const firstFall = seed >= 3 ? 50 : undefined
    const events = { firstFall, secondFall: undefined, collapse: undefined, recoveries: 0, lowest: undefined }
    const summary = {
      ...nothing,
      epochs: 200,
      firstLoss: 5,
      finalLoss,
      lossAt: run.lossAt.map(epoch => (epoch < 100 ? 1 : finalLoss)),
      events,
    }
    const row = rowOfResult('made-up', run, { status: 'finished', summary, seconds: 1 })
    return engine === undefined ? row : { ...row, id: `${engine} ${row.id}`, engine }
  })
  await store.save(rows)
  store.close()
}

const seeds = [1, 2, 3, 4]

describe('what is drawn of a sweep', () => {
  it('is the mean over all else with its standard error, lines in the order of their values', async () => {
    const store = await madeUpStore()
    const choice = { x: 'optimizer.rate', y: 'final_loss', line: 'model.rank', yScale: 'linear' } as const
    const { data, leftOut } = await plotData(store, choice)
    expect(leftOut).toBe(0)
    expect(data.lines.map(({ label }) => label)).toEqual(['2', '10', 'full'])
    for (const line of data.lines) {
      expect([...line.x]).toEqual([0.1, 1])
      for (const [i, rate] of [0.1, 1].entries()) {
        const losses = seeds.map(seed => lossOf(rate, seed))
        expect(line.mean[i]).toBeCloseTo(mean(losses), 12)
        expect(line.high[i]! - line.low[i]!).toBeCloseTo(2 * standardError(losses), 12)
      }
      expect([...line.runs]).toEqual([4, 4])
    }
  })

  it('is the share of a truth value with its Wilson interval', async () => {
    const { data } = await plotData(await madeUpStore(), {
      x: 'optimizer.rate',
      y: 'learned',
      yScale: 'linear',
    })
    // A final loss below 0.05 counts: every seed at rate 0.1, and seeds 1 and 2 at rate 1; three ranks each.
    const [line] = data.lines
    expect([...line!.mean]).toEqual([1, 0.5])
    const { low, high } = wilsonInterval(6, 12)
    expect([line!.low[1], line!.high[1]]).toEqual([low, high])
  })

  it('has a line for every epoch whose loss was kept', async () => {
    const choice = { x: 'optimizer.rate', y: 'loss_at', where: 'seed = 2', yScale: 'linear' } as const
    const { data } = await plotData(await madeUpStore(), choice)
    expect(data.lineSetting).toBe('epoch')
    expect(data.lines.map(({ label, mean }) => [label, ...mean])).toEqual([
      ['10', 1, 1],
      ['100', lossOf(0.1, 2), lossOf(1, 2)],
    ])
  })

  it('leaves out runs without a value, and counts them', async () => {
    const { data, leftOut } = await plotData(await madeUpStore(), {
      x: 'seed',
      y: 'first_fall',
      yScale: 'linear',
    })
    expect([...data.lines[0]!.x]).toEqual([3, 4])
    expect(leftOut).toBe(12)
  })

  it('counts a training left out once, however many losses it could have', async () => {
    const store = await madeUpStore()
    await addRuns(store, { ...plan, grid: { ...plan.grid, seed: [5] }, lossAt: [] })
    const choice = { x: 'optimizer.rate', y: 'loss_at', yScale: 'linear' } as const
    expect((await plotData(store, choice)).leftOut).toBe(6)
    await expect(plotData(store, { ...choice, where: 'seed = 5' })).rejects.toThrow('none of 6 runs has')
  })

  it('counts a training once, however many runs with another lossAt are of it', async () => {
    const store = await madeUpStore()
    const choice = { x: 'optimizer.rate', y: 'final_loss', yScale: 'linear' } as const
    const { data } = await plotData(store, choice)
    await addRuns(store, { ...plan, lossAt: [20, 100] })
    const again = await plotData(store, choice)
    expect(again).toEqual({ data, leftOut: 0, repeated: 24 })
    // 24 runs each have epochs 10 and 100, and 20 and 100: what was kept at 100 is there twice.
    const losses = await plotData(store, { ...choice, y: 'loss_at', where: 'epoch < 1000' })
    expect(losses.repeated).toBe(24)
    expect(losses.data.lines.map(({ label, runs }) => [label, ...runs])).toEqual([
      ['10', 12, 12],
      ['20', 12, 12],
      ['100', 12, 12],
    ])
  })

  it('is of one engine', async () => {
    const store = await madeUpStore()
    await addRuns(store, plan, 'another')
    const choice = { x: 'optimizer.rate', y: 'final_loss', yScale: 'linear' } as const
    await expect(plotData(store, choice)).rejects.toThrow(
      /has runs of 2 engines: .*another.*; accepted: one of them/,
    )
    const { data } = await plotData(store, { ...choice, where: "engine = 'another'" })
    expect([...data.lines[0]!.runs]).toEqual([12, 12])
  })
})
