import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { linesOf, run } from './cli/run-command.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const criticalRate = (3 * Math.PI ** 4) / (32 * 100 ** 5)
const missingDrawing = 'figures need the optional package linkedom: npm install linkedom'
const missingStore = 'sweeps need the optional package @duckdb/node-api: npm install @duckdb/node-api'
const missingWorkers = 'piscina is not installed, so only one core is used (npm install piscina)'

/** An empty folder in which the packed package is installed, without its optional packages. */
let folder = ''
let packed: string[] = []

beforeAll(async () => {
  const home = mkdtempSync(join(tmpdir(), 'ghostpoint-package-'))
  folder = join(home, 'app')
  mkdirSync(folder)
  writeFileSync(join(folder, 'package.json'), '{ "private": true }')
  // The build is there already: `npm test` makes it first, and other tests are running it.
  const pack = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', home], {
    cwd: root,
  })
  expect(pack.code, pack.stderr).toBe(0)
  const [{ filename, files }] = JSON.parse(pack.stdout)
  packed = files.map(({ path }: { path: string }) => path)
  const flags = ['--omit=optional', '--omit=dev', '--no-audit', '--no-fund', '--prefer-offline']
  const install = await run('npm', ['install', ...flags, join(home, filename)], { cwd: folder })
  expect(install.code, install.stderr).toBe(0)
})
afterAll(() => rmSync(join(folder, '..'), { recursive: true, force: true }))

const npx = (...args: string[]) => run('npx', ['--no', 'ghostpoint', ...args], { cwd: folder })

describe('the packed package', () => {
  it('holds the build, its papers, the plans of the figures and nothing else', () => {
    expect(packed).toContain('plans/figure-6b.json')
    const papers = packed.filter(path => !/^(dist|plans)\//.test(path))
    expect(papers.sort()).toEqual(['CHANGELOG.md', 'CITATION.cff', 'LICENSE', 'README.md', 'package.json'])
    const build = packed.filter(path => path.startsWith('dist/'))
    expect(build).toContain('dist/index.d.ts')
    expect(build).toContain('dist/experiments/part-worker.js')
    expect(build).toContain('dist/lab/index.html')
    const isBuilt = /\.(js|d\.ts)$|^dist\/lab\/.*\.(html|css|svg)$/
    expect(build.filter(path => !isBuilt.test(path))).toEqual([])
  })

  it('installs without its optional packages in less than 17 MB, of which the lab has less than 2', () => {
    const modules = join(folder, 'node_modules')
    const installed = readdirSync(modules)
    expect(installed).toContain('zod')
    for (const optional of ['piscina', '@resvg', 'linkedom', '@duckdb'])
      expect(installed).not.toContain(optional)
    const sizes = readdirSync(modules, { recursive: true, encoding: 'utf8' })
      .map(name => statSync(join(modules, name)))
      .map(entry => (entry.isFile() ? entry.size : 0))
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(17e6)
    const lab = packed.filter(path => path.startsWith('dist/lab/')).map(path => statSync(join(root, path)))
    expect(lab.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(2e6)
  })

  it('runs the library example of the README, which finds the critical rate within 0.1%', async () => {
    const example = /```ts\n(.*?)```/s.exec(readFileSync(join(root, 'README.md'), 'utf8'))?.[1]
    writeFileSync(join(folder, 'example.mjs'), example ?? '')
    const { code, stdout, stderr } = await run(process.execPath, ['example.mjs'], { cwd: folder })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const [, predicted, measured] = /^predicted (\S+)\nmeasured {2}(\S+)\n/.exec(stdout) ?? []
    expect(Number(predicted) / criticalRate).toBeCloseTo(1, 12)
    expect(Math.abs(Number(measured) / criticalRate - 1)).toBeLessThan(0.001)
  })

  it('has the command, which gives the critical rate', async () => {
    const { code, stdout } = await npx('theory', '--delay', '100', '--json')
    expect(code).toBe(0)
    const { losses } = JSON.parse(stdout)
    expect(losses[1].criticalLearningRate / criticalRate).toBeCloseTo(1, 12)
  })

  it('trains without any optional package', async () => {
    const { code, stdout } = await npx('train', '--rate', '0.02', '--epochs', '10', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(linesOf(stdout).at(-1)!).summary.status).toBe('finished')
  })

  it('reproduces without optional packages, and names each that is missing in one sentence', async () => {
    const { code, stdout, stderr } = await npx('reproduce', '1', '--out', 'out')
    expect(code).toBe(0)
    expect(stdout).toMatch(/│ supported +│/)
    expect(linesOf(stderr).filter(line => line.includes('npm install'))).toEqual([
      missingWorkers,
      missingDrawing,
    ])
    expect(stderr).not.toContain('Error')
    expect(readdirSync(join(folder, 'out')).sort()).toEqual(['.parts', 'report.html', 'report.md'])
  })

  it('names the package that sweeps need, and writes nothing', async () => {
    const settings = { model: { kind: 'rank-one' }, task: { kind: 'delayed-activation' }, epochs: 1 }
    const plan = { name: 'small', settings: { ...settings, optimizer: { kind: 'sgd', rate: 0.1 } } }
    writeFileSync(join(folder, 'plan.json'), JSON.stringify(plan))
    const { code, stdout, stderr } = await npx('sweep', 'run', 'plan.json')
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(linesOf(stderr).at(-1)).toBe(`ghostpoint: ${missingStore}`)
    expect(readdirSync(folder).filter(name => name.startsWith('small'))).toEqual([])
  })

  it('ends a reproduction at once on Ctrl-C, though it has one thread only', async () => {
    const command = join(folder, 'node_modules/ghostpoint/dist/cli/main.js')
    let sent = false
    const { code, stdout } = await run(process.execPath, [command, 'reproduce', '1', '3', '--json'], {
      cwd: folder,
      watch: (child, { stderr }) => {
        if (sent || !stderr.includes('figure 1: 100%')) return
        sent = true
        child.kill('SIGINT')
      },
    })
    expect(code).toBe(130)
    const statuses = JSON.parse(stdout).figures.map(({ status }: { status: string }) => status)
    expect(statuses).toEqual(['done', 'interrupted'])
  }, 20_000)
})
