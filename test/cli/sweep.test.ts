import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bash, builtCommand, emptyFolder, ghostpoint, linesOf } from './run-command.js'
import { smallPlan, tableOf, writePlan } from './sweep-files.js'

/** A folder with a plan and its store. */
let folder = ''
const sweep = (line: string, cwd = folder) => bash(`G sweep ${line}`, { cwd })

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ghostpoint-sweep-'))
  writePlan(folder)
  const misspelt = { ...smallPlan, grid: { 'optimizer.rat': [1] } }
  writeFileSync(join(folder, 'misspelt.json'), JSON.stringify(misspelt))
  writeFileSync(join(folder, 'text.duckdb'), 'no database')
  mkdirSync(join(folder, 'folder.duckdb'))
  const { code, stdout, stderr } = await sweep('run plan.json')
  expect(code, stderr).toBe(0)
  expect(stdout).toBe('16 runs: 0 there before, 16 computed\nwrote small.duckdb\n')
  expect(stderr).toMatch(/small: 50% {2}8\/16 runs {2}[\d.]+ runs\/s {2}\d+ s left\n/)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('ghostpoint sweep', () => {
  it('computes nothing twice', async () => {
    const before = await tableOf(join(folder, 'small.duckdb'))
    const { code, stdout } = await sweep('run plan.json --json')
    expect(code).toBe(0)
    const { computed, before: there, left } = JSON.parse(stdout)
    expect({ computed, there, left }).toEqual({
      computed: { finished: 0, diverged: 0, failed: 0 },
      there: 16,
      left: 0,
    })
    expect(await tableOf(join(folder, 'small.duckdb'))).toBe(before)
    expect(JSON.parse((await sweep('status plan.json --json')).stdout)).toMatchObject({
      runs: 16,
      finished: 16,
      missing: 0,
    })
  })

  it('computes in shards what it computes in one, and merges them', async () => {
    const shards = [1, 2, 3].map(shard => `small.shard-${shard}-of-3.duckdb`)
    await Promise.all([1, 2, 3].map(shard => sweep(`run plan.json --shard ${shard}/3 --jobs 1`)))
    const status = await sweep(`status plan.json --store ${shards.slice(1).join(' ')}`)
    expect(status.stdout).toMatch(/^small: 16 runs, 62% done\nfinished +10\n/)
    const { code, stdout } = await sweep(`merge all.duckdb ${shards.join(' ')}`)
    expect({ code, stdout }).toEqual({ code: 0, stdout: '16 runs in 3 files: 16 added\nwrote all.duckdb\n' })
    expect(await tableOf(join(folder, 'all.duckdb'))).toBe(await tableOf(join(folder, 'small.duckdb')))
    const known = await sweep(`run plan.json --store new.duckdb --have ${shards[0]}`)
    expect(known.stdout).toBe('16 runs: 6 there before, 10 computed\nwrote new.duckdb\n')
  })

  it('answers in CSV through a pipe, in JSON lines or as a table', async () => {
    const sql = "SELECT model.rank, count(*) AS n, 'a,b' AS t FROM runs GROUP BY ALL ORDER BY 1"
    expect((await sweep(`query small.duckdb "${sql}"`)).stdout).toBe('rank,n,t\n2,8,"a,b"\nfull,8,"a,b"\n')
    const json = linesOf((await sweep(`query small.duckdb "${sql}" --format json`)).stdout)
    expect(json.map(line => JSON.parse(line))).toEqual([
      { rank: '2', n: 8, t: 'a,b' },
      { rank: 'full', n: 8, t: 'a,b' },
    ])
    expect((await sweep(`query small.duckdb "${sql}" --format table`)).stdout).toContain('│ full │ 8 │ a,b │')
    const pivot = await sweep('query small.duckdb "PIVOT runs ON seed USING count(*) GROUP BY plan"')
    expect(pivot.stdout).toBe('plan,0,1\nsmall,8,8\n')
    const early = await sweep('query small.duckdb "SELECT * FROM range(10000000)" | head -2')
    expect(early).toMatchObject({ code: 0, stdout: 'range\n0\n', stderr: '' })
  })

  it('draws a figure as SVG and PNG, and says what it leaves out', async () => {
    const { code, stdout, stderr } = await sweep(
      'plot small.duckdb --x optimizer.rate --y second_fall --line model.rank --out drawn/fall',
    )
    expect(code, stderr).toBe(0)
    expect(stdout).toBe('wrote drawn/fall.svg\nwrote drawn/fall.png\n')
    expect(readFileSync(join(folder, 'drawn/fall.svg'), 'utf8')).toContain('>model.rank 2<')
    const [row] = linesOf(
      (await sweep('query small.duckdb "SELECT count(*) - count(second_fall) FROM runs"')).stdout,
    ).slice(1)
    expect(row).not.toBe('0')
    expect(stderr).toMatch(new RegExp(`left out: ${row} runs? without second_fall`))
  })

  it('tells what a plan has in the stores of its shards, and which of them nobody can read now', async () => {
    const home = emptyFolder()
    writePlan(home)
    expect(await sweep('status plan.json', home)).toMatchObject({
      stderr: 'no store yet: neither small.duckdb nor stores of shards\n',
    })
    await sweep('run plan.json --shard 1/4', home)
    mkdirSync(join(home, 'small-shards'))
    await sweep('run plan.json --shard 2/4 --store small-shards/small.shard-2-of-4.duckdb', home)
    const { stdout, stderr } = await sweep('status plan.json', home)
    expect(stdout).toMatch(/^small: 16 runs, 50% done\nfinished +8\n/)
    expect(stderr).toBe('in 2 stores: small.shard-1-of-4.duckdb, small-shards/small.shard-2-of-4.duckdb\n')
  })

  it('computes nothing again that another number of shards, or a shorter plan, has computed', async () => {
    const home = emptyFolder()
    writePlan(home)
    mkdirSync(join(home, 'small-shards'))
    for (const shard of [1, 2]) {
      await sweep(
        `run plan.json --shard ${shard}/2 --store small-shards/small.shard-${shard}-of-2.duckdb`,
        home,
      )
    }
    const submit = 'submit plan.json --shards 3'
    expect((await sweep(submit, home)).stdout).toBe('nothing to submit: 16 runs done\n')
    writePlan(home, { ...smallPlan, grid: { ...smallPlan.grid, seed: { range: [0, 2] } } })
    // Slurm that is asked starts nothing.
    const bin = join(home, 'bin')
    mkdirSync(bin)
    writeFileSync(join(bin, 'sbatch'), '#!/bin/sh\necho 7\n', { mode: 0o755 })
    const submitted = await bash(`PATH='${bin}':$PATH; G sweep ${submit}`, { cwd: home })
    expect(submitted.stdout).toBe('submitted job 7: 3 of 3 shards\n')
    const script = readFileSync(join(home, 'small-shards/small.sbatch'), 'utf8')
    const known = join(realpathSync(home), 'small-shards/small.known-1.duckdb')
    expect(script).toContain(` --have ${known}\n`)
    // All tasks at once, as a cluster starts them.
    const tasks = [1, 2, 3].map(task =>
      bash(`SLURM_ARRAY_TASK_ID=${task} bash small-shards/small.sbatch`, { cwd: home }),
    )
    for (const { code, stderr } of await Promise.all(tasks)) expect(code, stderr).toBe(0)
    const merged = await sweep('merge all.duckdb small-shards/*.duckdb', home)
    expect(merged.stdout).toContain('40 runs in 6 files: 24 added')
    expect((await sweep(submit, home)).stdout).toBe('nothing to submit: 24 runs done\n')
  }, 60_000)

  it('takes a folder of shards for what it is', async () => {
    const home = emptyFolder()
    writePlan(home)
    writeFileSync(join(home, 'small-shards'), '')
    const { code, stderr } = await sweep('status plan.json', home)
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'ghostpoint: small-shards: is a file; accepted: a folder, or another --folder\n',
    })
  })

  it('is one store behind any link, and none is made beside a log of another', async () => {
    const home = emptyFolder()
    writePlan(home)
    symlinkSync(join(folder, 'small.duckdb'), join(home, 'link.duckdb'))
    expect((await sweep('run plan.json --store link.duckdb', home)).stdout).toContain(
      '16 there before, 0 computed',
    )
    expect((await sweep('query link.duckdb "SELECT count(*) FROM runs"', home)).stdout).toBe(
      'count_star()\n16\n',
    )
    writeFileSync(join(home, 'gone.duckdb.wal'), 'a log')
    const { code, stderr } = await sweep('run plan.json --store gone.duckdb', home)
    expect(code).toBe(2)
    expect(stderr).toMatch(
      /gone\.duckdb\.wal: is the log of a store that is not there, gone\.duckdb; accepted: .*\n$/,
    )
    expect(existsSync(join(home, 'gone.duckdb'))).toBe(false)
  })

  it('goes on to its end when nobody reads what it says of the work', async () => {
    const home = emptyFolder()
    writePlan(home)
    const { code } = await bash('set -o pipefail; G sweep run plan.json 2>&1 >done.txt | true', { cwd: home })
    expect(code).toBe(0)
    expect(readFileSync(join(home, 'done.txt'), 'utf8')).toBe(
      '16 runs: 0 there before, 16 computed\nwrote small.duckdb\n',
    )
  })

  it('prints the batch script of the shards that miss runs, and writes nothing', async () => {
    await sweep('run plan.json --shard 2/4 --store small-shards/small.shard-2-of-4.duckdb')
    mkdirSync(join(folder, 'small-shards'), { recursive: true })
    await sweep('run plan.json --shard 2/4 --store small-shards/small.shard-2-of-4.duckdb')
    const before = readdirSync(folder, { recursive: true }).sort()
    const { code, stdout } = await sweep('submit plan.json --shards 4 --dry-run --time 10:00 --cpus 2')
    expect(code).toBe(0)
    expect(stdout).toContain('#SBATCH --array=1,3-4\n')
    expect(stdout).toMatch(/small\.json --shard "\$SLURM_ARRAY_TASK_ID"\/4 --store \S+ --jobs 2\n$/)
    expect(readdirSync(folder, { recursive: true }).sort()).toEqual(before)
    const have = await sweep('submit plan.json --shards 4 --have small.duckdb')
    expect(have).toMatchObject({ code: 0, stdout: 'nothing to submit: 16 runs done\n' })
  })
})

describe.concurrent('a sweep that cannot be is refused with exit code 2 and one line:', () => {
  it.each([
    ['run', 'sweep run: no plan; accepted: a plan file (JSON)'],
    ['run misspelt.json', 'misspelt.json: settings.optimizer: unknown key "rat"; accepted: kind, rate'],
    ['run plan.json --store text.duckdb', 'text.duckdb: not the store of a sweep: it is not a DuckDB file; '],
    ['run plan.json --store folder.duckdb', 'folder.duckdb: cannot be written: it is a folder; accepted: '],
    ['run plan.json --store no/s.duckdb', 'no/s.duckdb: cannot be written: no such file or directory; '],
    ["run plan.json --store ''", '"": no file name; accepted: the store of a sweep'],
    ['run plan.json --have no.duckdb', 'no.duckdb: no such file; accepted: the store of a sweep'],
    ['query no.duckdb "SELECT 1"', 'no.duckdb: cannot be read: no such file; accepted: the store of a sweep'],
    ['query small.duckdb "SELECT losss FROM runs"', 'SQL: Referenced column "losss" not found'],
    ['query small.duckdb "DROP TABLE results"', 'SQL: Cannot execute statement of type "DROP"'],
    [
      'query small.duckdb "SELECT * FROM read_text(\'/etc/passwd\')"',
      'SQL: Cannot access file "/etc/passwd"',
    ],
    ['query small.duckdb ""', 'SQL: no statement; accepted: one SELECT'],
    ['query small.duckdb "SELECT 1; SELECT 2"', 'SQL: 2 statements; accepted: one SELECT'],
    ['export small.duckdb small.duckdb --format csv', 'small.duckdb: is a database, which would be lost; '],
    [
      'query small.duckdb',
      "sweep query: missing required argument 'sql'; accepted: [store], [sql], --format",
    ],
    ['export small.duckdb runs.txt', 'sweep export: got runs.txt; accepted: a file name ending in .parquet'],
    ['plot small.duckdb --x seed --y losss', '--y: no column losss; accepted: epochs_done, first_loss, '],
    [
      'plot small.duckdb --x model.kind --y final_loss',
      '--x: model.kind is "autonomous" in some runs; accepted',
    ],
    ['plot small.duckdb --x seed --y final_loss --where "seed > 9"', 'small.duckdb: no runs; accepted: '],
    ['merge small.duckdb small.duckdb', 'small.duckdb: is the file to merge into; accepted: other files'],
    ['submit plan.json --shards 17', '--shards: got 17; accepted: at most 16'],
    ['submit plan.json --shards 2 --account "a;b"', '--account: got a;b; accepted: letters, digits'],
    ['rum', "sweep: unknown command 'rum' (Did you mean run?); accepted: run, status, query, "],
  ])('%s', async (line, complaint) => {
    const { code, stdout, stderr } = await sweep(line)
    expect(stderr.startsWith(`ghostpoint: ${complaint}`), stderr).toBe(true)
    expect(stderr).toMatch(/^[^\n]+; accepted: [^\n]+\n$/)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  })
})

/** A sweep that takes far longer than a test. */
const endless = { ...smallPlan, settings: { ...smallPlan.settings, epochs: 100_000_000 }, lossAt: [] }

describe('a sweep under way', () => {
  it('has its store for itself, and ends on Ctrl-C with what is done', async () => {
    const home = emptyFolder()
    const grid = { 'optimizer.rate': [0.01], seed: [1, 2, 3], epochs: [10, 100_000_000] }
    const plan = { ...endless, grid }
    const file = writePlan(home, plan)
    const args = ['sweep', 'run', file, '--store', 's.duckdb', '--jobs', '4']
    const child = spawn(process.execPath, [builtCommand, ...args], {
      cwd: home,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const ended = once(child, 'exit')
    await once(child.stderr, 'data')
    const second = await sweep('run plan.json --store s.duckdb', home)
    expect(second).toMatchObject({
      code: 2,
      stderr: `ghostpoint: s.duckdb: in use by process ${child.pid}; accepted: a store that no other process has open\n`,
    })
    const busy = await sweep('status plan.json --store s.duckdb', home)
    expect(busy).toMatchObject({ code: 0, stderr: 'under way, so not counted: s.duckdb\n' })
    let said = ''
    child.stderr.on('data', piece => {
      said += piece
    })
    child.kill('SIGINT')
    const [code] = await ended
    expect(code).toBe(130)
    expect(said).toMatch(/interrupted: \d runs left; what is done is kept\n$/)
    const left = Number(/interrupted: (\d)/.exec(said)?.[1])
    const { stdout } = await sweep('status plan.json --store s.duckdb --json', home)
    const { finished, missing } = JSON.parse(stdout)
    expect({ finished, missing }).toEqual({ finished: 6 - left, missing: left })
    expect(existsSync(join(home, 's.duckdb.wal'))).toBe(false)
  }, 30_000)

  it('records a run that throws, goes on, and ends with exit code 1', async () => {
    const home = emptyFolder()
    const kind = 'match-to-sample'
    const task = [
      { kind, cue: 1, delay: 1, reaction: 1 },
      { kind, cue: 100_000, delay: 100_000, reaction: 100_000 },
    ]
    const model = { kind: 'driven', neurons: 512 }
    const settings = { model, optimizer: { kind: 'sgd', rate: 0.1 }, epochs: 1 }
    const grid = { task }
    const file = writePlan(home, { name: 'small', settings, grid })
    const { code, stdout, stderr } = await sweep(`run ${file} --jobs 1`, home)
    expect(stderr).toMatch(/run [0-9a-f]{12} failed: .*bytes of memory/)
    expect(stderr).toMatch(/1 run failed; the next start tries again\n$/)
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: '2 runs: 0 there before, 1 computed\n1 failed\nwrote small.duckdb\n',
    })
    const { stdout: rows } = await sweep(
      'query small.duckdb "SELECT status, error IS NULL AS fine FROM runs ORDER BY 1"',
      home,
    )
    expect(rows).toBe('status,fine\nfailed,false\nfinished,true\n')
  }, 30_000)

  it.runIf(process.platform === 'linux')(
    'that may write no more says so in one line, and loses nothing',
    async () => {
      const home = emptyFolder()
      // Every loss of 64 runs is more than the 300 kB that a file may have here.
      const lossAt = Array.from({ length: 500 }, (_, epoch) => epoch)
      const plan = { ...smallPlan, lossAt, grid: { ...smallPlan.grid, seed: { range: [1, 8] } } }
      writePlan(home, plan)
      const { code, stderr } = await bash("trap '' XFSZ; ulimit -f 300; G sweep run plan.json", { cwd: home })
      expect(code, stderr).toBe(1)
      expect(linesOf(stderr).at(-1)).toMatch(
        /^ghostpoint: small\.duckdb: cannot be written: .*File too large; what was saved before is kept$/,
      )
      const { stdout } = await sweep('status plan.json --json', home)
      const { finished, missing } = JSON.parse(stdout)
      expect(finished).toBeGreaterThan(0)
      expect(finished + missing).toBe(64)
      const whole = await ghostpoint(['sweep', 'run', 'plan.json', '--json'], { cwd: home })
      expect(JSON.parse(whole.stdout)).toMatchObject({ before: finished, left: 0 })
    },
    60_000,
  )
})
