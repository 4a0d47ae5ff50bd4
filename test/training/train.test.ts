import { expect, it } from 'vitest'
import { createTrainer } from '../../src/training/create-trainer.js'
import { train } from '../../src/training/train.js'

it('a training lets a signal through every few epochs, however long an epoch takes', async () => {
  const controller = new AbortController()
  const { status, epochs } = await train(
    {
      model: { kind: 'rank-one', neurons: 1024 },
      task: { kind: 'delayed-activation', delay: 10_000 },
      optimizer: { kind: 'sgd', rate: 0.001 },
      epochs: 1_000,
    },
    { signal: controller.signal, onProgress: () => controller.abort() },
  )
  expect(status).toBe('interrupted')
  expect(epochs).toBeLessThan(20)
})

it('a training with changes is one that is stopped at their epochs and changed by hand', async () => {
  const start = {
    model: { kind: 'rank-one' },
    task: { kind: 'delayed-activation', delay: 20 },
    optimizer: { kind: 'sgd', rate: 0.02 },
    seed: 40,
    record: 'all',
  } as const
  const changes = [
    { epoch: 7, rate: 0.01 },
    { epoch: 250, confidence: 1, rate: 0.05 },
  ]
  const { history } = await train({ ...start, epochs: 300, changes })
  const trainer = await createTrainer({ ...start, epochs: 300 })
  const losses = [...trainer.advance(7).loss]
  trainer.change({ optimizer: { kind: 'sgd', rate: 0.01 } })
  losses.push(...trainer.advance(243).loss)
  trainer.change({ confidence: 1, optimizer: { kind: 'sgd', rate: 0.05 } })
  losses.push(...trainer.advance(50).loss)
  expect([...history.loss]).toEqual(losses)
  const unchanged = await train({ ...start, epochs: 300 })
  expect(unchanged.history.loss[7]).toBe(losses[7])
  expect(unchanged.history.loss[8]).not.toBe(losses[8])
})
