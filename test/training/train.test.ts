import { expect, it } from 'vitest'
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
