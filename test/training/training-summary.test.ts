import { expect, it } from 'vitest'
import { mean } from '../../src/numerics/statistics.js'
import { createTask, createTrainer } from '../../src/training/create-trainer.js'
import { train } from '../../src/training/train.js'
import { Summariser } from '../../src/training/training-summary.js'

const settings = {
  model: { kind: 'rank-one', neurons: 20 },
  task: { kind: 'delayed-activation' },
  optimizer: { kind: 'sgd', rate: 0.01 },
  seed: 3,
  epochs: 200,
  record: 'all',
} as const

it('a summary of stretches of any lengths agrees with the full history', async () => {
  const { history, events } = await train(settings)
  const trainer = await createTrainer(settings)
  const summariser = new Summariser(
    createTask({ task: { kind: 'delayed-activation', delay: 20, response: 20 } }).silentLoss,
    [0, 77, 199, 200],
  )
  for (const epochs of [0, 1, 70, 29, 100]) summariser.observe(trainer.advance(epochs))
  const { summary } = summariser
  expect(summary.epochs).toBe(200)
  expect(summary.firstLoss).toBe(history.loss[0])
  expect(summary.finalLoss).toBe(history.loss[199])
  expect(summary.finalAccuracy).toBe(history.accuracy[199])
  expect(summary.meanLoss).toBeCloseTo(mean(history.loss), 12)
  expect(summary.meanGradientNorm).toBeCloseTo(mean(history.gradientNorm), 12)
  expect(summary.lossAt).toEqual([history.loss[0], history.loss[77], history.loss[199], Number.NaN])
  expect(summary.events).toEqual(events)
})

it('an epoch that is no whole number is refused by name', () => {
  expect(() => new Summariser(1, [1.5])).toThrow(/whole number from 0, got 1.5/)
})
