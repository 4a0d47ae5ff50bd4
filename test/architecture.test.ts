import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Rollup } from 'vite'
import { describe, expect, it } from 'vitest'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const source = join(root, 'src')
const lab = join(root, 'lab')

/** From the ground up: a room imports only from itself and from rooms before it. */
const rooms = [
  'numerics',
  'theory',
  'settings',
  'tasks',
  'models',
  'kernel',
  'training',
  'dynamics',
  'analysis',
  'figures',
  'formats',
  'files',
  'sweeps',
  'experiments',
  'report',
  'cli',
]
const runAnywhere = rooms.slice(0, rooms.indexOf('files'))

const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts'))
  .filter(file => !/^kernel\/(assembly|generated)\//.test(file))

/** Files of the lab, whose page uses what runs anywhere and which nothing uses. */
const labFiles = readdirSync(lab, { recursive: true, encoding: 'utf8' }).filter(file => /\.tsx?$/.test(file))

function importsOf(file: string, folder = source): string[] {
  const text = readFileSync(join(folder, file), 'utf8')
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(match => match[1]!)
}

/** Files of src/ that a file imports. */
function localImportsOf(file: string): string[] {
  return importsOf(file)
    .filter(name => name.startsWith('.'))
    .map(name => relative(source, resolve(source, dirname(file), name)).replace(/\.js$/, '.ts'))
    .filter(name => files.includes(name))
}

function roomOf(file: string): string {
  return file.split('/')[0]!
}

describe('the house', () => {
  it('has no room that is not on the plan', () => {
    const found = new Set(files.filter(file => file.includes('/')).map(roomOf))
    expect([...found].filter(room => !rooms.includes(room))).toEqual([])
    expect(found.size).toBeGreaterThan(8)
  })

  it('has no import from a room to one above it', () => {
    const upward = files
      .filter(file => file.includes('/'))
      .flatMap(file => localImportsOf(file).map(reached => ({ file, reached })))
      .filter(({ file, reached }) => rooms.indexOf(roomOf(reached)) > rooms.indexOf(roomOf(file)))
    expect(upward).toEqual([])
  })

  it('has no imports in a circle', () => {
    const state = new Map<string, 'open' | 'done'>()
    const circles: string[] = []
    const visit = (file: string) => {
      state.set(file, 'open')
      for (const next of localImportsOf(file)) {
        if (state.get(next) === 'open') circles.push(`${file} → ${next}`)
        if (!state.has(next)) visit(next)
      }
      state.set(file, 'done')
    }
    for (const file of files) if (!state.has(file)) visit(file)
    expect(circles).toEqual([])
  })

  it('needs nothing of Node in the rooms that run anywhere', () => {
    const anywhere = files.filter(file => runAnywhere.includes(roomOf(file)))
    expect(anywhere.filter(file => importsOf(file).some(name => name.startsWith('node:')))).toEqual([])
  })

  it('has a lab that uses only what runs anywhere, and that nothing uses', () => {
    const used = labFiles.flatMap(file =>
      importsOf(file, lab)
        .filter(name => name.startsWith('.'))
        .map(name => relative(root, resolve(lab, dirname(file), name))),
    )
    const fromSource = used.filter(name => name.startsWith('src/')).map(name => roomOf(name.slice(4)))
    expect(fromSource.length).toBeGreaterThan(10)
    expect(fromSource.filter(room => !runAnywhere.includes(room))).toEqual([])
    const ofNode = labFiles.filter(file => importsOf(file, lab).some(name => name.startsWith('node:'))).sort()
    expect(ofNode).toEqual(['offline-plugin.ts', 'vite.config.ts'])
    const uses = files.filter(file =>
      importsOf(file).some(name => resolve(source, dirname(file), name).startsWith(lab)),
    )
    expect(uses).toEqual([])
  })

  it('draws nothing in parts of experiments, whose kept results outlive a change of a drawing', () => {
    const parts = files.filter(file => /^experiments\/(?!figure-s?\d+\.ts)/.test(file))
    const values = /^import (?!type )[^']*'([^']+)'/gm
    const drawing = parts.filter(file =>
      [...readFileSync(join(source, file), 'utf8').matchAll(values)].some(([, name]) =>
        // Numbers as text are no drawing: titles and captions are made of them when all parts are done.
        /\/figures\/(?!numbers\.js$)/.test(name!),
      ),
    )
    expect(parts.length).toBeGreaterThan(10)
    expect(drawing).toEqual([])
  })

  it('has no file over 300 lines', () => {
    const lines = (file: string) => readFileSync(file, 'utf8').split('\n').length
    expect(files.filter(file => lines(join(source, file)) > 300)).toEqual([])
    expect(labFiles.filter(file => lines(join(lab, file)) > 300)).toEqual([])
  })
})

describe('the main entry', () => {
  it('bundles for the browser without a module of Node', async () => {
    const result = await build({
      root,
      configFile: false,
      logLevel: 'silent',
      build: { write: false, minify: false, lib: { entry: join(source, 'index.ts'), formats: ['es'] } },
    })
    const outputs = (Array.isArray(result) ? result : [result]) as Rollup.RollupOutput[]
    const chunks = outputs.flatMap(({ output }) => output).filter(item => item.type === 'chunk')
    expect(chunks.length).toBeGreaterThan(0)
    for (const chunk of chunks) {
      expect([...chunk.imports, ...chunk.dynamicImports].filter(name => name.startsWith('node:'))).toEqual([])
      expect(chunk.code).not.toMatch(/['"]node:|__vite-browser-external/)
    }
  })
})
