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
      'settings: model.kind: got "rank-two"; accepted: "rank-one"',
    ],
    [
      { ...written, model: { kind: 'rank-one', leak: 1.5 } },
      'settings: model.leak: got 1.5; accepted: a number above 0, at most 1',
    ],
    [{ ...written, model: 3 }, 'settings: model: got 3; accepted: an object'],
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
    expect(Object.keys(schema.properties)).toEqual([...Object.keys(written), 'precision'])
    expect(schema.required).toEqual(['model', 'task', 'optimizer', 'epochs'])
    expect(schema.additionalProperties).toBe(false)
  })
})
