import { describe, expect, it } from 'vitest'
import { claims, distinctRuns, findings } from '../../src/experiments/figure-7/claims.js'
import { CollapseWatch } from '../../src/experiments/figure-7/collapse-watch.js'
import { pictured } from '../../src/experiments/figure-7/figure-data.js'
import { runDriven } from '../../src/experiments/figure-7/rates.js'
import { model, partPlans, type TaskName, trainingsOf } from '../../src/experiments/figure-7/settings.js'
import type { Collapse, Look, RunEnd } from '../../src/experiments/figure-7/training.js'
import { initialiseDriven } from '../../src/models/driven.js'
import { TorchGenerator } from '../../src/numerics/torch-generator.js'
import { createTask } from '../../src/training/create-trainer.js'
import { noiseSource } from '../../src/training/disturbance.js'
import { drivenReference } from '../../src/training/driven-reference.js'
import type { Snapshot } from '../../src/training/trainer.js'

const seeds = [...Array(8).keys()]
const rates = [0.01, 0.1, 1, 10]

function collapseOf(before: number, after: number, gradientNorm = 1e-6): Collapse {
  const look = (saturated: number): Look => ({
    epoch: 1,
    loss: 1,
    gradientNorm,
    saturated,
    histogram: Float64Array.of(1),
    outputs: Float64Array.of(0),
  })
  return { before: look(before), after: look(after), initialGradient: 1 }
}

function end(task: TaskName, rate: number, seed: number, learns: boolean, collapse?: Collapse): RunEnd {
  return {
    task,
    rate,
    seed,
    meanLoss: 0.1,
    meanGradientNorm: 0.1,
    meanRecurrentNorm: 10,
    finalLoss: learns ? 0.001 : 1,
    plateau: 0.3,
    epoch: Float64Array.of(0),
    loss: Float64Array.of(0.3),
    saturated: learns ? 0.1 : 0.9,
    collapse,
  }
}

interface Made {
  cue: (rate: number, seed: number) => boolean
  match: (rate: number, seed: number) => boolean
  collapses: readonly Collapse[]
}

const ideal: Made = {
  cue: rate => rate < 0.5,
  match: (rate, seed) => rate < (seed < 2 ? 5 : 0.5),
  collapses: Array.from({ length: 10 }, (_, i) => collapseOf(0.1 + i / 100, 0.8)),
}

function judged(change: Partial<Made>) {
  const made = { ...ideal, ...change }
  const sweep = (task: TaskName, learns: Made['cue']) =>
    seeds.flatMap(seed => rates.map(rate => end(task, rate, seed, learns(rate, seed))))
  return findings({
    'cue discrimination': sweep('cue-discrimination', made.cue),
    'match to sample': sweep('match-to-sample', made.match),
    'collapse, seed 0': made.collapses.map((found, seed) => end('match-to-sample', 1.4, seed, false, found)),
  })
}

const times = (count: number, collapse: Collapse) => Array.from({ length: count }, () => collapse)

describe('the claims of figure 7', () => {
  it('are all judged, and can all be supported', () => {
    const found = judged({})
    expect(Object.keys(found).sort()).toEqual(claims.map(({ id }) => id).sort())
    expect(Object.values(found).map(({ verdict }) => verdict)).toEqual(['supported', 'supported'])
  })

  it.each<[string, string, Partial<Made>]>([
    [
      '3c',
      'the limit goes from end to end with the seed',
      {
        match: (rate, seed) =>
          rate < (seed === 0 ? 100 : seed === 1 ? 0.05 : 0.5) && !(rate === 10 && seed > 0),
        cue: (rate, seed) => (seed < 7 ? rate < 0.05 : rate <= 10) && !(rate > 0.05 && seed !== 7),
      },
    ],
    ['3d', 'only a third of the rates are saturated', { collapses: times(10, collapseOf(0.1, 0.35)) }],
    ['3d', 'a gradient is left', { collapses: times(10, collapseOf(0.1, 0.9, 0.02)) }],
    ['3d', 'two collapses are too few', { collapses: times(2, collapseOf(0.1, 0.9)) }],
  ])('%s is partly so if %s', (id, _, change) => {
    expect(judged(change)[id]?.verdict).toBe('partly')
  })

  it.each<[string, string, Partial<Made>]>([
    ['3c', 'one task is learned at every rate', { cue: () => true }],
    ['3c', 'one task is learned at no rate', { match: () => false }],
    ['3c', 'half of the networks learn, whatever the rate', { cue: (_, seed) => seed % 2 === 0 }],
    ['3d', 'nothing collapses', { collapses: [] }],
    ['3d', 'rates stay as they are', { collapses: times(10, collapseOf(0.12, 0.12)) }],
    ['3d', 'rates leave saturation', { collapses: times(10, collapseOf(0.9, 0.1)) }],
    [
      '3d',
      'it goes either way',
      { collapses: [...times(5, collapseOf(0.1, 0.9)), ...times(5, collapseOf(0.9, 0.1))] },
    ],
  ])('%s is not supported if %s', (id, _, change) => {
    expect(judged(change)[id]?.verdict).toBe('not supported')
  })

  it('count a training that 7b and 7c share once', () => {
    const twice = {
      'cue discrimination': [end('cue-discrimination', 1, 2, true)],
      'match to sample': [end('match-to-sample', 1.4, 0, false, collapseOf(0.1, 0.8))],
      'collapse, seed 0': [end('match-to-sample', 1.4, 0, true)],
      'collapse, seed 1': [end('match-to-sample', 1.4, 1, true)],
    }
    expect(distinctRuns(twice).map(({ seed }) => seed)).toEqual([2, 0, 1])
    expect(findings(twice)['3d']?.measured).toContain('1/3 collapse, of 1 seed:')
  })

  it('leave the shorter trainings of figure 7c out of the limit', () => {
    const withThem = judged({ collapses: [] })['3c']
    expect(judged({})['3c']).toEqual(withThem)
  })
})

describe('the collapse that is drawn', () => {
  const found = collapseOf(0.1, 0.9)
  const sweep = [
    end('cue-discrimination', 10, 0, false, found),
    end('match-to-sample', 0.1, 3, false, found),
    end('match-to-sample', 1, 4, false, found),
  ]

  it('is that of figure 7c, else of match to sample at the highest rate', () => {
    const own = end('match-to-sample', 1.4, 2, false, found)
    expect(pictured({ 'match to sample': sweep, 'collapse, seed 2': [own] })).toBe(own)
    expect(pictured({ 'match to sample': sweep, 'collapse, seed 2': [] })?.seed).toBe(4)
    expect(pictured({ 'match to sample': [end('match-to-sample', 1, 0, true)] })).toBeUndefined()
  })
})

describe('a run of a driven network', () => {
  it.each(['cue-discrimination', 'match-to-sample'] as const)(
    'gives the outputs of the reference in %s',
    kind => {
      const [settings] = trainingsOf(partPlans.find(part => part.kind === kind)!, 'quick')
      const task = createTask(settings!)
      const parameters = initialiseDriven(model, new TorchGenerator(1))
      const reference = drivenReference(model, task, noiseSource(model, task.steps, 1))
      reference.evaluate(parameters, new Float64Array(parameters.length))
      const { outputs, rates: states } = runDriven(model, task, parameters)
      expect(states).toHaveLength(task.trials)
      for (const [i, output] of reference.outputs.entries()) expect(outputs[i]).toBeCloseTo(output, 12)
    },
  )
})

describe('a watch for collapses', () => {
  const snapshotAt = (epoch: number): Snapshot => ({
    epoch,
    parameters: Float64Array.of(epoch),
    divergedAt: undefined,
    conditions: { optimizer: { kind: 'sgd', rate: 1 }, confidence: undefined, readOutNorm: undefined },
    adam: undefined,
  })

  function watched(losses: readonly number[], stretch = 3) {
    const watch = new CollapseWatch(1)
    for (let start = 0; start < losses.length; start += stretch) {
      const loss = Float64Array.from(losses.slice(start, start + stretch))
      watch.observe(snapshotAt(start), { firstEpoch: start, loss, gradientNorm: loss, accuracy: loss })
    }
    return (
      watch.found &&
      [watch.found.before, watch.found.after].map(({ epoch, snapshot }) => [epoch, snapshot.epoch])
    )
  }

  it('finds the last good epoch and the collapse, each with the snapshot of its stretch', () => {
    expect(watched([1, 1, 0.6, 0.4, 0.2, 0.7, 0.8, 1, 1, 1])).toEqual([
      [4, 3],
      [7, 6],
    ])
  })

  it('forgets a collapse that is undone, and finds the next', () => {
    expect(watched([1, 0.1, 1, 0.2, 0.2, 0.2])).toBeUndefined()
    expect(watched([1, 0.1, 1, 0.2, 1, 1, 1])).toEqual([
      [3, 3],
      [4, 3],
    ])
  })

  it('finds none where nothing was learned, or nothing lost', () => {
    expect(watched([1, 1, 1, 2])).toBeUndefined()
    expect(watched([1, 0.1, 0.1, 0.6])).toBeUndefined()
  })
})

describe('the parts of figure 7', () => {
  it('run as published in the paper profile', () => {
    const runs = partPlans
      .filter(({ kind }) => kind !== 'collapse')
      .flatMap(part => trainingsOf(part, 'paper'))
    expect(runs).toHaveLength(2 * 20 * 20)
    expect(new Set(runs.map(({ epochs }) => epochs))).toEqual(new Set([20_000]))
    const collapse = partPlans
      .filter(({ kind }) => kind === 'collapse')
      .flatMap(part => trainingsOf(part, 'paper'))
    expect(collapse[0]).toMatchObject({ epochs: 6000, seed: 0, optimizer: { rate: 1.438449888287663 } })
  })
})
