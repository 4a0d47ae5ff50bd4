import { describe, expect, it } from 'vitest'
import { InputError } from '../../src/settings/input-error.js'
import { parseSettings } from '../../src/settings/settings.js'

const rankOne = {
  model: { kind: 'rank-one' },
  task: { kind: 'delayed-activation' },
  optimizer: { kind: 'sgd', rate: 0.02 },
  epochs: 100,
}
const driven = { ...rankOne, model: { kind: 'driven' }, task: { kind: 'cue-discrimination' } }

function complaint(input: unknown): string {
  try {
    parseSettings(input)
  } catch (error) {
    if (error instanceof InputError) return error.message
    throw error
  }
  throw new Error('accepted')
}

describe('changes in the course of a training', () => {
  it('are taken as they are written', () => {
    const changes = [
      { epoch: 1, rate: 0.1 },
      { epoch: 99, confidence: 1, rate: 0.02 },
    ]
    expect(parseSettings({ ...rankOne, changes }).changes).toEqual(changes)
    expect(parseSettings(rankOne)).not.toHaveProperty('changes')
  })

  it.each([
    [rankOne, [{ epoch: 0, rate: 1 }], 'settings: changes.0.epoch: got 0; accepted: a whole number from 1'],
    [
      rankOne,
      [{ epoch: 100, rate: 1 }],
      'settings: changes.0.epoch: got 100; accepted: a whole number from 1 to 99',
    ],
    [
      rankOne,
      [
        { epoch: 5, rate: 1 },
        { epoch: 5, rate: 2 },
      ],
      'settings: changes.1.epoch: got 5; accepted: a whole number from 6',
    ],
    [
      rankOne,
      [{ epoch: 5 }],
      'settings: changes.0: changes nothing; accepted: rate, confidence, readOutNorm',
    ],
    [rankOne, [{ epoch: 5, rate: -1 }], 'settings: changes.0.rate: got -1; accepted: a number above 0'],
    [
      rankOne,
      [{ epoch: 5, speed: 1 }],
      'settings: changes.0: unknown key "speed"; accepted: epoch, rate, confidence, readOutNorm',
    ],
    [
      rankOne,
      [{ epoch: 5, readOutNorm: 1 }],
      'settings: changes.0.readOutNorm: got 1, of no use to the rank-one network',
    ],
    [
      driven,
      [{ epoch: 5, confidence: 1 }],
      'settings: changes.0.confidence: got 1, of no use to the driven network',
    ],
    [rankOne, 'none', 'settings: changes: got "none"'],
  ])('are refused by name where they are wrong: %#', (settings, changes, message) => {
    expect(complaint({ ...settings, changes }).startsWith(message)).toBe(true)
  })
})
