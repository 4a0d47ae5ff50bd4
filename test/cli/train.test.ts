import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readNpz } from '../../src/formats/npz.js'
import { readSafetensors } from '../../src/formats/safetensors.js'
import { train } from '../../src/training/train.js'
import { bash, emptyFolder, ghostpoint, linesOf } from './run-command.js'

const settings = {
  model: { kind: 'rank-one', neurons: 12 },
  task: { kind: 'delayed-activation', delay: 8 },
  optimizer: { kind: 'sgd', rate: 0.05 },
  seed: 7,
  epochs: 40,
  record: 'all',
} as const

interface Row {
  epoch: number
  loss: number
  gradientNorm: number
  accuracy: number
}

/** `ghostpoint train … --json`: rows, then one summary. */
async function trainJson(args: readonly string[], folder: string) {
  writeFileSync(join(folder, 'run.json'), JSON.stringify(settings))
  const { code, stdout, stderr } = await ghostpoint(['train', ...args, '--json'], { cwd: folder })
  const documents = linesOf(stdout).map(line => JSON.parse(line))
  const rows: Row[] = documents.slice(0, -1)
  return { code, stderr, rows, summary: documents.at(-1).summary }
}

describe('ghostpoint train --json', () => {
  it('prints a line for each recorded epoch from epoch 0 on, then one summary, and nothing else', async () => {
    const { code, stderr, rows, summary } = await trainJson(['run.json'], emptyFolder())
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(rows.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 40 }, (_, epoch) => epoch))
    for (const row of rows) {
      expect(Object.keys(row)).toEqual(['epoch', 'loss', 'gradientNorm', 'accuracy'])
      expect(Object.values(row).every(Number.isFinite)).toBe(true)
    }
    const { epoch: _, ...final } = rows.at(-1)!
    expect(summary).toMatchObject({ status: 'finished', epochs: 40, final, settings, files: [] })
  })

  it('in double precision gives the library’s numbers to the last bit', async () => {
    const { rows, summary } = await trainJson(['run.json', '--precision', 'double'], emptyFolder())
    const { history, events } = await train({ ...settings, precision: 'double' })
    for (const name of ['epoch', 'loss', 'gradientNorm', 'accuracy'] as const) {
      expect(rows.map(row => row[name])).toEqual([...history[name]])
    }
    expect(summary.events).toEqual(JSON.parse(JSON.stringify(events)))
  })

  it('in single precision is another computation of the same numbers', async () => {
    const { rows } = await trainJson(['run.json', '--precision', 'single'], emptyFolder())
    const { history } = await train({ ...settings, precision: 'double' })
    const losses = [...history.loss]
    expect(rows.map(({ loss }) => loss)).not.toEqual(losses)
    for (const { epoch, loss } of rows) expect(Math.abs(loss / losses[epoch]! - 1)).toBeLessThan(1e-5)
  })

  it('lets flags override the file, every flag its own key', async () => {
    const flags = [
      ...['--neurons', '5', '--leak', '0.25', '--delay', '4', '--response', '3', '--rate', '0.5'],
      ...['--confidence', '3', '--seed', '1', '--epochs', '9', '--record', '4', '--precision', 'double'],
    ]
    const { rows, summary } = await trainJson(['run.json', ...flags], emptyFolder())
    expect(summary.settings).toEqual({
      model: { kind: 'rank-one', neurons: 5, leak: 0.25 },
      task: { kind: 'delayed-activation', delay: 4, response: 3 },
      optimizer: { kind: 'sgd', rate: 0.5 },
      confidence: 3,
      seed: 1,
      epochs: 9,
      record: { every: 4 },
      precision: 'double',
    })
    expect(rows.map(({ epoch }) => epoch)).toEqual([0, 4, 8])
  })

  it('takes changes in the course of the training, from as many flags as there are', async () => {
    const changes = ['--change', '2:rate=0.5,confidence=1', '--change', '4:rate=1e-3']
    const { code, summary } = await trainJson(['run.json', '--epochs', '6', ...changes], emptyFolder())
    expect(code).toBe(0)
    expect(summary.settings.changes).toEqual([
      { epoch: 2, rate: 0.5, confidence: 1 },
      { epoch: 4, rate: 0.001 },
    ])
  })

  it('needs no file: flags fill in the published network', async () => {
    const { code, summary } = await trainJson(
      ['--rate', '0.02', '--epochs', '3', '--seed', '40'],
      emptyFolder(),
    )
    expect(code).toBe(0)
    expect(summary.settings).toMatchObject({
      model: { kind: 'rank-one', neurons: 100, leak: 0.5 },
      task: { kind: 'delayed-activation', delay: 20 },
      confidence: 10,
    })
  })

  it('of a training that overflows says at which epoch, fails, and keeps its history up to there', async () => {
    const folder = emptyFolder()
    const flags = ['--rate', '1e30', '--history', 'h.csv', '--parameters', 'p.npz']
    const { code, stderr, rows, summary } = await trainJson(['run.json', ...flags], folder)
    expect(code).toBe(1)
    expect(summary).toMatchObject({ status: 'diverged', epochs: rows.length })
    expect(stderr).toMatch(new RegExp(`^ghostpoint: diverged: .* at epoch ${rows.length};.*\n$`))
    expect(linesOf(readFileSync(join(folder, 'h.csv'), 'utf8'))).toHaveLength(1 + rows.length)
    expect(summary.files).toEqual(['h.csv', 'p.npz'])
  })
})

describe('the files of ghostpoint train', () => {
  it('hold the history, in three formats, and the parameters', async () => {
    const folder = emptyFolder()
    const written = (name: string) => readFileSync(join(folder, name))
    const { rows } = await trainJson(['run.json', '--history', 'h.csv', '--parameters', 'p.npz'], folder)
    await trainJson(['run.json', '--history', 'h.json', '--parameters', 'p.safetensors'], folder)
    await trainJson(['run.json', '--history', 'h.npz'], folder)

    const [head, ...lines] = linesOf(written('h.csv').toString())
    expect(head).toBe('epoch,loss,gradientNorm,accuracy')
    expect(lines.map(line => line.split(',').map(Number))).toEqual(rows.map(row => Object.values(row)))

    const { history, status, settings: used } = JSON.parse(written('h.json').toString())
    expect({ status, used }).toMatchObject({ status: 'finished', used: settings })
    const arrays = readNpz(written('h.npz'))
    for (const name of ['epoch', 'loss', 'gradientNorm', 'accuracy'] as const) {
      const column = rows.map(row => row[name])
      expect(history[name]).toEqual(column)
      expect(arrays[name]).toEqual({ shape: [40], data: Float64Array.from(column) })
    }

    const { parameters } = await train(settings)
    const shapes = Object.fromEntries(Object.entries(readNpz(written('p.npz'))).map(([k, v]) => [k, v.shape]))
    expect(shapes).toEqual({ m: [12], n: [12], b: [12] })
    for (const [name, { data }] of Object.entries(readNpz(written('p.npz')))) {
      expect(data).toEqual(parameters[name]?.data)
    }
    expect(readSafetensors(written('p.safetensors'))).toEqual(readNpz(written('p.npz')))
  })
})

describe('ghostpoint train', () => {
  it('prints a table of rows and the events on stdout, progress on stderr', async () => {
    const flags = ['--seed', '40', '--rate', '0.02', '--epochs', '5200']
    const { code, stdout, stderr } = await ghostpoint(['train', ...flags])
    expect(code).toBe(0)
    const lines = linesOf(stdout)
    expect(lines[0]).toMatch(/^ +epoch +loss +gradient norm +accuracy$/)
    expect(lines[1]).toMatch(/^ +0 +0\.9999\d+ +\d\S+ +0\.500$/)
    // An independent PyTorch program has the first fall of this network at epoch 5051 ± 1.
    expect(stdout).toMatch(/\nfirst fall {3}epoch 505[012]\n/)
    expect(stderr).toMatch(/^(training: \d+%\n)+5200 epochs in [\d.]+ s\n$/)
  })

  it('prints a JSON schema that names every key of the settings', async () => {
    const { code, stdout } = await ghostpoint(['train', '--schema'])
    expect(code).toBe(0)
    const schema = JSON.parse(stdout)
    expect(schema.$schema).toMatch(/json-schema\.org/)
    for (const key of Object.keys(settings)) expect(schema.properties).toHaveProperty(key)
    expect(schema.additionalProperties).toBe(false)
  })

  it.runIf(process.platform === 'linux')(
    'refuses a network too large for the memory, by its size',
    async () => {
      const flags = '--neurons 1024 --delay 45000 --rate 1 --epochs 1 --precision double'
      const { code, stdout, stderr } = await bash(`ulimit -v 3000000; G train ${flags}`)
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toMatch(
        /^ghostpoint: no memory for 1024 neurons over 90000 steps in double precision: .*\n$/,
      )
    },
  )
})
