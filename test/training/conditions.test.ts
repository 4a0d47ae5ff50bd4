import { describe, expect, it } from 'vitest'
import type { Conditions } from '../../src/training/conditions.js'
import { createTrainer } from '../../src/training/create-trainer.js'

const settings = {
  model: { kind: 'rank-one', neurons: 5 },
  task: { kind: 'delayed-activation', delay: 3 },
  optimizer: { kind: 'sgd', rate: 0.01 },
  epochs: 10,
} as const

describe.each(['single', 'double'] as const)('conditions changed in %s precision', precision => {
  const create = () => createTrainer({ ...settings, precision })

  it.each([
    [{ rate: 1 }, 'no condition "rate"; there are optimizer, confidence, readOutNorm'],
    [{ optimizer: { kind: 'adamw', rate: 0.01 } }, 'optimizer.kind must be sgd or adam, got adamw'],
    [{ optimizer: { rate: 1 } }, 'optimizer.kind must be sgd or adam, got undefined'],
    [{ optimizer: { kind: 'sgd', rate: -1 } }, 'rate must be positive'],
    [{ confidence: 0 }, 'confidence must be positive'],
    [{ readOutNorm: 1 }, 'readOutNorm: a rank-one network has no read-out weights'],
  ])('refuse %j and stay as they were', async (change, message) => {
    const trainer = await create()
    const before = trainer.conditions
    // What a caller without types may pass.
    const changes: object = change
    expect(() => trainer.change(changes as Partial<Conditions>)).toThrow(message)
    expect(trainer.conditions).toEqual(before)
  })

  it('are copies: what the caller does to an object later changes nothing', async () => {
    const trainer = await create()
    const optimizer = { kind: 'sgd' as const, rate: 0.02 }
    trainer.change({ optimizer })
    const snapshot = trainer.snapshot()
    optimizer.rate = -5
    expect(trainer.conditions.optimizer.rate).toBe(0.02)
    expect(snapshot.conditions.optimizer.rate).toBe(0.02)
  })

  it('are refused in a snapshot whose epoch is no count', async () => {
    const trainer = await create()
    expect(() => trainer.restore({ ...trainer.snapshot(), epoch: -1.5 })).toThrow(
      'restore: epochs must be a whole number from 0, got -1.5',
    )
  })
})
