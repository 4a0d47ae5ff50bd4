import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Rollup } from 'vite'
import { describe, expect, it } from 'vitest'
import { computationHash, computingFiles } from '../../src/experiments/computation-hash.js'
import { experiments } from '../../src/experiments/registry.js'

const source = fileURLToPath(new URL('../../src', import.meta.url))
const figures = experiments.map(({ figure }) => figure)

describe('the hash of what computes a figure', () => {
  it('is the same for the same figure, and another for another', () => {
    const hashes = figures.map(computationHash)
    for (const hash of hashes) expect(hash).toMatch(/^[0-9a-f]{64}$/)
    expect(figures.map(computationHash)).toEqual(hashes)
    expect(new Set(hashes).size).toBe(figures.length)
  })

  it.each(figures)('is of the files that a bundler finds: figure %s', async figure => {
    const entry = join(source, `experiments/figure-${figure.toLowerCase()}/parts.ts`)
    const result = await build({
      root: source,
      configFile: false,
      logLevel: 'silent',
      build: {
        write: false,
        minify: false,
        ssr: true,
        rolldownOptions: { input: entry, treeshake: false, external: /^[^./]/ },
      },
    })
    const { output } = result as Rollup.RollupOutput
    const bundled = output.flatMap(item => (item.type === 'chunk' ? item.moduleIds : []))
    // The bundler's own helpers are no files.
    const files = bundled.filter(id => id.startsWith(source))
    const names = files.map(id => relative(source, id).replace(/\.ts$/, ''))
    expect(names.length).toBeGreaterThan(0)
    expect(computingFiles(figure)).toEqual(names.sort())
  })

  it('knows nothing of what judges, draws or prints', () => {
    const shown = /claims|figure-data|^(figures\/(?!numbers$)|report|cli)/
    for (const figure of figures) {
      expect(
        computingFiles(figure).filter(name => shown.test(name) || name === 'experiments/registry'),
      ).toEqual([])
    }
    expect(computingFiles('6')).toContain('kernel/generated/kernel')
  })
})
