import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bash, ghostpoint } from './run-command.js'

let folder = ''
const listing = () => readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
let before: string[] = []

const good = {
  model: { kind: 'rank-one' },
  task: { kind: 'delayed-activation' },
  optimizer: { kind: 'sgd', rate: 0.02 },
  epochs: 5,
}
const files: Record<string, string> = {
  'good.json': JSON.stringify(good),
  'misspelt.json': JSON.stringify({ ...good, epocs: 5 }),
  'type.json': JSON.stringify({ ...good, seed: 'forty' }),
  'delay.json': JSON.stringify({ ...good, task: { kind: 'delayed-activation', delay: -20 } }),
  'missing.json': JSON.stringify({ ...good, epochs: undefined }),
  'half.json': '{\n  "model": { "kind": "rank-one" },\n  "task": ',
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ghostpoint-bad-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  mkdirSync(join(folder, 'folder.csv'))
  mkdirSync(join(folder, 'taken/report.html'), { recursive: true })
  before = listing()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const train = 'train good.json'
const whole = 'a whole number from'

describe.concurrent('bad input ends with exit code 2 and one line that says what, where and what is accepted', () => {
  it.each([
    ['train misspelt.json', 'misspelt.json: unknown key "epocs"; accepted: model, task, optimizer, '],
    ['train type.json', `type.json: seed: got "forty"; accepted: ${whole} 0`],
    ['train delay.json', `delay.json: task.delay: got -20; accepted: ${whole} 1`],
    ['train missing.json', `missing.json: epochs: missing; accepted: ${whole} 1`],
    [
      'train half.json',
      'half.json:3:11: not JSON: the file ends, value expected; accepted: a whole JSON file',
    ],
    ['train nowhere.json', 'nowhere.json: cannot be read: no such file or directory; accepted: a JSON file'],
    ['train folder.csv', 'folder.csv: cannot be read: it is a folder; accepted: a JSON file'],
    ["train ''", '"": cannot be read: '],
    ["train $'two\\nlines.json'", 'two lines.json: cannot be read: '],
    ['train', '--rate: missing; accepted: a settings file, or --rate and --epochs'],
    [`${train} --epochs NaN`, `--epochs: got "NaN"; accepted: ${whole} 1`],
    [`${train} --delay -3`, `--delay: got -3; accepted: ${whole} 1`],
    [`${train} --rate 1e999`, '--rate: got Infinity; accepted: a number above 0'],
    [`${train} --record 0`, '--record: got 0; accepted: log, all, or every n-th as n'],
    [
      `${train} --epochs 1000000000 --record all`,
      '--record: would keep 1000000000 epochs; accepted: "log", or at most ',
    ],
    [
      `${train} --neurons 1024 --delay 100000 --precision double`,
      'settings: needs 6560147456 bytes of memory; accepted: at most 4294967296',
    ],
    [`${train} --history h.txt`, '--history: got h.txt; accepted: a file name ending in .json, .csv, .npz'],
    [`${train} --parameters p.csv`, '--parameters: got p.csv; accepted: a file name ending in .npz'],
    [`${train} --history good.json`, '--history: good.json is in use; accepted: a file of its own'],
    [`${train} --history a.npz --parameters ./a.npz`, '--parameters: ./a.npz is in use; accepted: '],
    [`${train} --history folder.csv`, 'folder.csv: cannot be written: it is a folder; accepted: a file name'],
    [`${train} --history h.csv --parameters no/p.npz`, 'no/p.npz: cannot be written: '],
    ['theory', '--delay: missing; accepted: a number from '],
    ['theory --delay -5', '--delay: got -5; accepted: a number from '],
    ['theory --delay 100 --rate 1e-9x', '--rate: got 1e-9x; accepted: a number from '],
    ['theory --delay 1e200', '--delay: got 1e200; accepted: a number from '],
    ['reproduce 9 --out out', 'reproduce: no figure "9"; accepted: 1, 2, 3'],
    ['reproduce 1 --profile fast', '--profile: got fast; accepted: quick, standard, paper'],
    ['reproduce 1 --out good.json', 'good.json: cannot be written: it is a file; accepted: a folder that '],
    ['reproduce 1 --out good.json/out', 'good.json/out: cannot be written: not a directory; accepted: '],
    ['reproduce 1 --out taken', 'taken/report.html: cannot be written: it is a folder; accepted: '],
    [
      'retrain',
      "command line: unknown command 'retrain' (Did you mean train?); accepted: reproduce, theory, ",
    ],
    ['theory --dely 100', "theory: unknown option '--dely' (Did you mean --delay?); accepted: --delay, "],
    ['theory --delay', "theory: option '--delay <T>' argument missing; accepted: a value after it"],
    ['train good.json other.json', "train: too many arguments for 'train'."],
  ])('%s', async (line, complaint) => {
    const { code, stdout, stderr } = await bash(`G ${line}`, { cwd: folder })
    expect(stderr.startsWith(`ghostpoint: ${complaint}`), stderr).toBe(true)
    expect(stderr).toMatch(/^[^\n]+; accepted: [^\n]+\n$/)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  })
})

describe('bad input', () => {
  it('leaves nothing written', () => {
    expect(before).toContain('good.json')
    expect(listing()).toEqual(before)
  })

  it('without any command is answered by the help, on stderr', async () => {
    const { code, stdout, stderr } = await ghostpoint([])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^Usage: ghostpoint/)
  })
})
