import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expandPlan } from '../../src/sweeps/expand-plan.js'
import { parsePlan, planJsonSchema } from '../../src/sweeps/plan.js'

const base = {
  name: 'test',
  settings: {
    model: { kind: 'autonomous', neurons: 4 },
    task: { kind: 'delayed-activation' },
    optimizer: { kind: 'sgd', rate: 0.1 },
    epochs: 10,
  },
}

function runsOf(grid: object, more: object = {}) {
  return expandPlan(parsePlan({ ...base, grid, ...more }, 'p.json'), 'p.json')
}

const ratesOf = (axis: object) => runsOf({ 'optimizer.rate': axis }).map(run => run.settings.optimizer.rate)
const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b)

describe('a grid', () => {
  it('has every combination of its values once, whatever order they come in', () => {
    const runs = runsOf({ seed: [1, 2, 3], 'model.rank': [1, 'full'], 'optimizer.rate': [0.1, 0.2] })
    const found = runs.map(({ settings: { seed, model, optimizer } }) =>
      [seed, 'rank' in model && model.rank, optimizer.rate].join(),
    )
    const wanted = [1, 2, 3].flatMap(seed =>
      ['1', 'full'].flatMap(rank => [0.1, 0.2].map(rate => [seed, rank, rate].join())),
    )
    expect([...found].sort()).toEqual(wanted.sort())
    expect(runs.map(({ id }) => id)).toEqual(runs.map(({ id }) => id).sort())
  })

  it('spaces values as NumPy does: a rate of figure 7 is the 16th of logspace(-3, 1, 20)', () => {
    expect(sorted(ratesOf({ logspace: [-3, 1, 20] }))[15]).toBeCloseTo(1.438449888287663, 14)
    expect(sorted(ratesOf({ linspace: [1, 2, 5] }))).toEqual([1, 1.25, 1.5, 1.75, 2])
    expect(sorted(runsOf({ seed: { range: [3, 6] } }).map(run => run.settings.seed))).toEqual([3, 4, 5, 6])
  })

  it('gives one run for values that mean the same', () => {
    expect(runsOf({ seed: [1, 1], 'model.neurons': [4] })).toHaveLength(1)
    expect(runsOf({})).toHaveLength(1)
  })

  it('may vary whole objects, and settings whose parents the base lacks', () => {
    const { settings } = base
    const runs = expandPlan(
      parsePlan({
        name: 'test',
        settings: { model: { kind: 'driven', neurons: 4 }, epochs: 5 },
        grid: {
          task: [{ kind: 'cue-discrimination' }, { kind: 'match-to-sample' }],
          'optimizer.kind': ['sgd', 'adam'],
          'optimizer.rate': [settings.optimizer.rate],
        },
      }),
    )
    expect(runs).toHaveLength(4)
    expect(new Set(runs.map(run => `${run.settings.task.kind} ${run.settings.optimizer.kind}`)).size).toBe(4)
  })

  it('leaves prototypes alone, whatever its paths are', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('constructor', 'toString', '__proto__', 'prototype'),
        fc.string(),
        (a, b) => {
          for (const path of [`${a}.${b}`, `model.${a}.${b}`, `${a}.prototype.polluted`]) {
            expect(() => runsOf({ [path]: [1] })).toThrow(/p\.json/)
          }
          expect(Reflect.get({}, 'polluted')).toBeUndefined()
        },
      ),
    )
  })
})

describe('a plan that cannot be run is refused in one line that says where, what and what is accepted:', () => {
  it.each([
    [
      'an unknown key',
      {},
      { grids: {} },
      'p.json: unknown key "grids"; accepted: name, settings, grid, lossAt',
    ],
    ['a name that is none', {}, { name: 'a/b' }, 'p.json: name: got "a/b"; accepted: letters, digits'],
    ['an axis that is none', { seed: 3 }, {}, 'p.json: grid.seed: got 3; accepted: a list of values'],
    ['a misspelt spacing', { seed: { rang: [1, 2] } }, {}, 'p.json: grid.seed: got {"rang":[1,2]}; accepted'],
    ['an empty axis', { seed: [] }, {}, 'p.json: grid.seed: got []; accepted: a list of values'],
    [
      'a falling range',
      { seed: { range: [3, 1] } },
      {},
      'p.json: grid: seed: got a range from 3 to 1; accepted',
    ],
    [
      'a value',
      { 'optimizer.rate': [0.1, -1] },
      {},
      'p.json: grid: optimizer.rate: got -1; accepted: a number',
    ],
    [
      'a base value',
      {},
      { settings: { ...base.settings, epochs: 0 } },
      'p.json: settings.epochs: got 0; acc',
    ],
    [
      'a setting',
      { 'model.neuron': [5] },
      {},
      'p.json: settings.model: unknown key "neuron"; accepted: kind',
    ],
    ['a path', { 'a..b': [1] }, {}, 'p.json: grid: got "a..b"; accepted: the dotted path of a setting'],
    ['a part', { model: [{}], 'model.rank': [1] }, {}, 'p.json: grid: "model.rank" is a part of "model"'],
    [
      'a record',
      {},
      { settings: { ...base.settings, record: 'all' } },
      'p.json: settings.record: a sweep keeps',
    ],
    ['an epoch', {}, { lossAt: [3, 10] }, 'p.json: lossAt: got 10; accepted: epochs below 10'],
    [
      'a crowd',
      { seed: { range: [1, 9e5] }, epochs: { range: [1, 9] } },
      {},
      'p.json: grid: has 8100000 runs;',
    ],
    [
      'a giant',
      { 'task.delay': [100_000], 'model.neurons': [1024], precision: ['double'] },
      {},
      'p.json: task.delay 100000, model.neurons 1024, precision "double": needs 6',
    ],
  ])('%s', (_, grid, more, complaint) => {
    expect(() => runsOf(grid, more)).toThrow(complaint)
  })
})

it('the JSON schema of a plan names the same keys as the plan', () => {
  expect(planJsonSchema()).toMatchObject({
    required: ['name', 'settings'],
    additionalProperties: false,
    properties: { name: {}, settings: {}, grid: {}, lossAt: {} },
  })
})
