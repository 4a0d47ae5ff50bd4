import { beforeAll, describe, expect, it } from 'vitest'
import { TorchGenerator } from '../../src/numerics/torch-generator.js'
import type { SettingsInput } from '../../src/settings/settings.js'
import { createTrainer } from '../../src/training/create-trainer.js'
import { EventDetector } from '../../src/training/events.js'
import { type TrainingResult, train } from '../../src/training/train.js'
import { readFixture } from '../read-fixture.js'

type Row = [epoch: number, loss: number, gradientNorm: number, accuracy: number]
interface Run {
  events: Record<string, number | null>
  rows_epoch_loss_grad_accuracy: Row[]
}
const fixture = readFixture<{ float32: Run; float64: Run }>('rank-one-seed40-lr0.02.json')

const settings: SettingsInput = {
  model: { kind: 'rank-one' },
  task: { kind: 'delayed-activation' },
  optimizer: { kind: 'sgd', rate: 0.02 },
  seed: 40,
  epochs: 6000,
  record: 'all',
}

function relative(actual: number, expected: number): number {
  return Math.abs(actual / expected - 1)
}

describe('seed 40 at rate 0.02 in double precision', () => {
  let result: TrainingResult
  beforeAll(async () => {
    result = await train({ ...settings, precision: 'double' })
  })

  it('follows PyTorch to 1e-8 up to epoch 5040 and to 1e-6 up to 5060', () => {
    let compared = 0
    for (const [epoch, loss, gradientNorm, accuracy] of fixture.float64.rows_epoch_loss_grad_accuracy) {
      if (epoch > 5060) break
      const tolerance = epoch <= 5040 ? 1e-8 : 1e-6
      expect(relative(result.history.loss[epoch]!, loss), `loss at ${epoch}`).toBeLessThan(tolerance)
      expect(
        relative(result.history.gradientNorm[epoch]!, gradientNorm),
        `gradient at ${epoch}`,
      ).toBeLessThan(tolerance)
      expect(result.history.accuracy[epoch]).toBeCloseTo(accuracy, 12)
      compared++
    }
    expect(compared).toBeGreaterThan(50)
  })

  it('falls at the epoch at which PyTorch falls, to one epoch', () => {
    expect(Math.abs(result.events.firstFall! - 5051)).toBeLessThanOrEqual(1)
  })

  it('is the same to the last bit when run again', async () => {
    const again = await train({ ...settings, precision: 'double', epochs: 300 })
    expect(again.history.loss).toEqual(result.history.loss.subarray(0, 300))
  })
})

describe('seed 40 at rate 0.02 in single precision', () => {
  it('collapses in 60 to 90% of copies perturbed by 1e-6, as in PyTorch', async () => {
    const copies = 40
    let collapsed = 0
    for (let copy = 0; copy < copies; copy++) {
      const trainer = await createTrainer(settings)
      const { parameters, ...rest } = trainer.snapshot()
      const drawn = new TorchGenerator(copy).normal64(parameters.length)
      trainer.restore({ ...rest, parameters: parameters.map((value, i) => value + 1e-6 * drawn[i]!) })
      const detector = new EventDetector(1)
      detector.observe(trainer.advance(6000))
      if (detector.events.collapse !== undefined) collapsed++
    }
    expect(collapsed / copies).toBeGreaterThanOrEqual(0.6)
    expect(collapsed / copies).toBeLessThanOrEqual(0.9)
  })
})
