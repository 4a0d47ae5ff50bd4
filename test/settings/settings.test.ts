import { describe, expect, it } from 'vitest'
import { InputError } from '../../src/settings/input-error.js'
import { parseSettings, settingsJsonSchema } from '../../src/settings/settings.js'

const written = {
  model: { kind: 'rank-one', neurons: 100, leak: 0.5 },
  task: { kind: 'delayed-activation', delay: 20, response: 20 },
  optimizer: { kind: 'sgd', rate: 0.02 },
  confidence: 10,
  seed: 40,
  epochs: 6000,
  record: 'log',
}

const autonomous = {
  model: { kind: 'autonomous', neurons: 100, rank: 5 },
  task: { kind: 'delayed-activation' },
  optimizer: { kind: 'sgd', rate: 0.1 },
  epochs: 10,
}

const driven = {
  model: { kind: 'driven', rank: 2, initialNoise: 0.3, noise: 0.01 },
  task: { kind: 'match-to-sample', delay: 30 },
  optimizer: { kind: 'adam', rate: 1e-4 },
  epochs: 10,
}

function complaint(input: unknown): string {
  try {
    parseSettings(input)
  } catch (error) {
    if (error instanceof InputError) return error.message
    throw error
  }
  throw new Error('accepted')
}

describe('settings', () => {
  it('of a whole file are taken as they are written', () => {
    expect(parseSettings(written)).toEqual({ ...written, precision: 'single' })
  })

  it('have the published network as their defaults', () => {
    const short = {
      model: { kind: 'rank-one' },
      task: { kind: 'delayed-activation' },
      optimizer: { kind: 'sgd', rate: 1 },
      epochs: 1,
    }
    expect(parseSettings(short)).toMatchObject({
      model: { neurons: 100, leak: 0.5 },
      task: { delay: 20 },
      confidence: 10,
      seed: 0,
      record: 'log',
    })
  })

  it('of autonomous and driven networks are filled in as published, without a confidence', () => {
    expect(parseSettings(autonomous)).toEqual({
      ...autonomous,
      model: { kind: 'autonomous', neurons: 100, leak: 0.5, rank: 5 },
      task: { kind: 'delayed-activation', delay: 20 },
      seed: 0,
      record: 'log',
      precision: 'single',
    })
    expect(parseSettings(driven)).toEqual({
      model: { kind: 'driven', neurons: 100, leak: 0.5, rank: 2, initialNoise: 0.3, noise: 0.01 },
      task: { kind: 'match-to-sample', cue: 6, delay: 30, reaction: 10, trialsPerClass: 1 },
      optimizer: { kind: 'adam', rate: 1e-4 },
      epochs: 10,
      seed: 0,
      record: 'log',
      precision: 'single',
    })
    expect(
      parseSettings({ ...driven, model: { kind: 'driven' }, task: { kind: 'cue-discrimination' } }),
    ).toMatchObject({
      model: { rank: 'full', initialNoise: 0, noise: 0 },
      task: { cue: 2, delay: 10, reaction: 10, trialsPerClass: 1 },
    })
  })

  it('that are parsed again stay as they are', () => {
    for (const settings of [written, autonomous, driven]) {
      const parsed = parseSettings(settings)
      expect(parseSettings(parsed)).toEqual(parsed)
    }
  })

  it.each([
    [{ ...written, epocs: 5 }, 'settings: unknown key "epocs"; accepted: model, task, optimizer, confidence'],
    [
      { ...written, optimizer: { kind: 'sgd', lr: 1 } },
      'settings: optimizer: unknown key "lr"; accepted: kind, rate',
    ],
    [
      { ...written, task: { kind: 'delayed-activation', delay: -3 } },
      'settings: task.delay: got -3; accepted: a whole number from 1',
    ],
    [{ ...written, task: { kind: 'delayed-activation', delay: 0 } }, 'settings: task.delay: got 0; accepted'],
    [{ ...written, confidence: Number.NaN }, 'settings: confidence: got NaN; accepted: a number above 0'],
    [
      { ...written, confidence: Number.POSITIVE_INFINITY },
      'settings: confidence: got Infinity; accepted: a number above 0',
    ],
    [{ ...written, seed: 'forty' }, 'settings: seed: got "forty"; accepted: a whole number from 0'],
    [{ ...written, seed: 1.5 }, 'settings: seed: got 1.5; accepted: a whole number from 0'],
    [{ ...written, epochs: undefined }, 'settings: epochs: missing; accepted: a whole number from 1'],
    [
      { ...written, model: { kind: 'rank-two' } },
      'settings: model.kind: got "rank-two"; accepted: "rank-one", "autonomous", "driven"',
    ],
    [
      { ...written, model: { kind: 'rank-one', leak: 1.5 } },
      'settings: model.leak: got 1.5; accepted: a number above 0, at most 1',
    ],
    [{ ...written, model: 3 }, 'settings: model: got 3; accepted: an object'],
    [
      { ...written, model: { kind: 'rank-one', trainConfidence: 1 } },
      'settings: model.trainConfidence: got 1; accepted: true or false',
    ],
    [
      { ...driven, model: { kind: 'driven', rank: 'half' } },
      'settings: model.rank: got "half"; accepted: "full" or a whole number from 1 to 1024',
    ],
    [{ ...driven, model: { kind: 'driven', rank: 0 } }, 'settings: model.rank: got 0; accepted: "full" or'],
    [
      { ...driven, model: { kind: 'driven', noise: -1 } },
      'settings: model.noise: got -1; accepted: a number from 0',
    ],
    [
      { ...autonomous, model: { kind: 'autonomous', noise: 0.1 } },
      'settings: model: unknown key "noise"; accepted: kind, neurons, leak, rank',
    ],
    [
      { ...autonomous, model: { kind: 'autonomous', neurons: 1025 } },
      'settings: model.neurons: got 1025; accepted: a whole number from 1 to 1024',
    ],
    [
      { ...driven, optimizer: { kind: 'rmsprop', rate: 1 } },
      'settings: optimizer.kind: got "rmsprop"; accepted: "sgd", "adam"',
    ],
    [
      { ...driven, task: { kind: 'match-to-sample', cue: 0 } },
      'settings: task.cue: got 0; accepted: a whole number from 1',
    ],
    [
      { ...driven, task: { kind: 'cue-discrimination', trialsPerClass: 0 } },
      'settings: task.trialsPerClass: got 0; accepted: a whole number from 1',
    ],
    [
      { ...written, task: { kind: 'cue-discrimination' } },
      'settings: task.kind: got "cue-discrimination", but the rank-one network takes no input; accepted: "delayed-activation"',
    ],
    [
      { ...autonomous, task: { kind: 'match-to-sample' } },
      'settings: task.kind: got "match-to-sample", but the autonomous network takes no input',
    ],
    [
      { ...driven, task: { kind: 'delayed-activation' } },
      'settings: task.kind: got "delayed-activation", but the driven network needs an input; accepted: "cue-discrimination", "match-to-sample"',
    ],
    [{ ...driven, confidence: 10 }, 'settings: confidence: got 10, but only a rank-one network has one'],
    [
      { ...written, readOutNorm: 1 },
      'settings: readOutNorm: got 1, but a rank-one network has no read-out weights to rescale',
    ],
    [{ ...driven, readOutNorm: 0 }, 'settings: readOutNorm: got 0; accepted: a number above 0'],
    [
      { ...written, epochs: 1e9, record: 'all' },
      'settings: record: would keep 1000000000 epochs; accepted: "log", or at most 2000000 epochs',
    ],
    [{ ...written, epochs: 1e9, record: { every: 19 } }, 'settings: record: would keep 52631579 epochs'],
    [
      { ...written, record: 'some' },
      'settings: record: got "some"; accepted: "log", "all" or { "every": n }',
    ],
    [{ ...written, record: { every: 0 } }, 'settings: record.every: got 0; accepted: a whole number from 1'],
    [{ ...written, precision: 'half' }, 'settings: precision: got "half"; accepted: "single" or "double"'],
    [null, 'settings: got null; accepted: an object with model, task'],
    [[], 'settings: got []; accepted: an object with model, task'],
  ])('that are wrong are refused in one line with place and remedy, case %#', (input, start) => {
    expect(complaint(input).startsWith(start), complaint(input)).toBe(true)
    expect(complaint(input)).not.toContain('\n')
  })

  it('name what they were read from', () => {
    expect(() => parseSettings({ ...written, seed: -1 }, path => `run.json: ${path}`)).toThrow(
      'run.json: seed: got -1',
    )
  })

  it('have a JSON schema that knows every key and what is required', () => {
    const schema = JSON.parse(JSON.stringify(settingsJsonSchema()))
    const keys = [...Object.keys(written), 'readOutNorm', 'changes', 'precision']
    expect(Object.keys(schema.properties).sort()).toEqual(keys.sort())
    expect(schema.required).toEqual(['model', 'task', 'optimizer', 'epochs'])
    expect(schema.additionalProperties).toBe(false)
  })
})
