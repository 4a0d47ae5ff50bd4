import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { fastSettings, slowSettings } from '../../src/experiments/figure-3/settings.js'
import {
  confidenceTraining,
  readOutLimit,
  readOutTraining,
  rescueSettings,
  rescueTraining,
} from '../../src/experiments/figure-8/settings.js'
import {
  type MemoryRank,
  type MemoryTask,
  memorySettings,
} from '../../src/experiments/working-memory/settings.js'
import { readJson } from '../../src/files/read-json.js'
import type { Change } from '../../src/settings/changes.js'
import type { Settings } from '../../src/settings/settings.js'
import { expandPlan } from '../../src/sweeps/expand-plan.js'
import { parsePlan } from '../../src/sweeps/plan.js'
import { canonicalJson } from '../../src/sweeps/run-id.js'

const folder = fileURLToPath(new URL('../../plans/', import.meta.url))
const runsOf = (name: string) => expandPlan(parsePlan(readJson(`${folder}${name}.json`), name), name)

/** Plans whose runs are compared with the settings of an experiment. */
const compared = new Set<string>()

type Described = Omit<Settings, 'record'> & { readonly record?: unknown }

/** Trainings as sorted texts: what is computed, not what of it is recorded, nor in which order. */
const described = (trainings: readonly Described[]) =>
  trainings.map(({ record: _, changes = [], ...rest }) => canonicalJson({ ...rest, changes })).sort()

const changed = (settings: Settings, epochs: number, change?: Change): Settings => ({
  ...settings,
  epochs,
  changes: change === undefined ? [] : [change],
})

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

  const seeds = (count: number) => Array.from({ length: count }, (_, seed) => seed)
  const memory = (rank: MemoryRank, task: MemoryTask) =>
    seeds(10).map(seed => memorySettings({ rank, task, seed }, 'paper'))
  const rescued = rescueSettings.confidences.flatMap(confidence =>
    seeds(100).map(seed => changed(rescueTraining(seed), 6100, { epoch: 6000, confidence })),
  )
  const reset = [undefined, { epoch: 10_000, confidence: 1 }].flatMap(change =>
    seeds(100).map(seed => changed(confidenceTraining(seed), 20_000, change)),
  )
  const limited = [undefined, ...readOutLimit.limits].flatMap(readOutNorm =>
    seeds(100).map(seed =>
      changed(
        readOutTraining(seed, 10_000),
        20_000,
        readOutNorm === undefined ? undefined : { epoch: 10_000, readOutNorm },
      ),
    ),
  )
  it.each<[string, Settings[]]>([
    ['figure-3-slow', [slowSettings]],
    ['figure-3-fast', seeds(100).map(seed => ({ ...fastSettings, seed }))],
    ['figure-4-cue-discrimination', memory(2, 'cue')],
    ['figure-4-match-to-sample', memory(2, 'match')],
    ['figure-5-cue-discrimination', memory('full', 'cue')],
    ['figure-5-match-to-sample', memory('full', 'match')],
    ['figure-8b', rescued],
    ['figure-8b-trained', reset],
    ['figure-8c', limited],
  ])('%s: has the trainings of the experiment', (name, trainings) => {
    compared.add(name)
    expect(described(runsOf(name).map(({ settings }) => settings))).toEqual(described(trainings))
  })

  it('are these, each named as its file', () => {
    const names = readdirSync(folder).map(file => file.replace('.json', ''))
    expect(names.sort()).toEqual([...Object.keys(published), ...compared].sort())
    for (const name of names) expect(readJson(`${folder}${name}.json`)).toMatchObject({ name })
  })
})
