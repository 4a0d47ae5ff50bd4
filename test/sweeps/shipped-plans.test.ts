import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { readJson } from '../../src/files/read-json.js'
import { expandPlan } from '../../src/sweeps/expand-plan.js'
import { parsePlan } from '../../src/sweeps/plan.js'

const folder = fileURLToPath(new URL('../../plans/', import.meta.url))
const runsOf = (name: string) => expandPlan(parsePlan(readJson(`${folder}${name}.json`), name), name)

/** Runs as the paper counts them: rates times seeds, times ranks or tasks. */
const published = {
  'figure-6a-rank-one': { runs: 30 * 10, kind: 'rank-one', epochs: 200_001, rates: [1e-4, 1e-1] },
  'figure-6a-full-rank': { runs: 30 * 10, kind: 'autonomous', epochs: 200_001, rates: [1e-4, 10] },
  'figure-6b': { runs: 9 * 10 * 10, kind: 'autonomous', epochs: 500_000, rates: [1e-3, 1] },
  'figure-7': { runs: 2 * 20 * 20, kind: 'driven', epochs: 20_000, rates: [1e-3, 10] },
}

describe('the plans that come with the package', () => {
  it.each(Object.entries(published))(
    '%s: has the runs of the paper',
    (name, { runs, kind, epochs, rates }) => {
      const found = runsOf(name)
      expect(found).toHaveLength(runs)
      expect(new Set(found.map(({ settings }) => settings.model.kind))).toEqual(new Set([kind]))
      expect(new Set(found.map(({ settings }) => settings.epochs))).toEqual(new Set([epochs]))
      expect(new Set(found.map(({ settings }) => settings.model.neurons))).toEqual(new Set([100]))
      const used = found.map(({ settings }) => settings.optimizer.rate)
      expect(Math.min(...used)).toBeCloseTo(rates[0]!, 12)
      expect(Math.max(...used)).toBeCloseTo(rates[1]!, 12)
    },
  )

  it('are these, each named as its file', () => {
    const names = readdirSync(folder).map(file => file.replace('.json', ''))
    expect(names.sort()).toEqual(Object.keys(published).sort())
    for (const name of names) expect(readJson(`${folder}${name}.json`)).toMatchObject({ name })
  })
})
