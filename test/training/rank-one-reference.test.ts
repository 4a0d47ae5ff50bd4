import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { initialiseRankOne, type RankOneModel, rankOneViews } from '../../src/models/rank-one.js'
import { TorchGenerator } from '../../src/numerics/torch-generator.js'
import { delayedActivation } from '../../src/tasks/delayed-activation.js'
import { rankOneReference } from '../../src/training/rank-one-reference.js'
import { norm } from '../../src/training/trainer.js'
import { readFixture } from '../read-fixture.js'

interface GradientCase {
  case: { model: string; seed: number; confidence: number }
  lr_of_updates: number
  loss: number
  total_norm: number
  grads: Record<'m' | 'n' | 'b', { norm: number; sum: number; first5: number[] }>
  loss_after_1_2_3_updates: number[]
}

const model: RankOneModel = { neurons: 100, leak: 0.5 }
const cases = readFixture<{ cases: GradientCase[] }>('gradients.json').cases.filter(
  entry => entry.case.model === 'rank_one',
)

function expectRelative(actual: number, expected: number, tolerance: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance * Math.abs(expected))
}

describe('the float64 reference of the rank-one network', () => {
  it('is compared with six independent gradients', () => expect(cases).toHaveLength(6))

  it.each(cases)('has the loss and gradients of PyTorch in float64: $case', expected => {
    const { seed, confidence } = expected.case
    const parameters = initialiseRankOne(model, new TorchGenerator(seed))
    const objective = rankOneReference(model, delayedActivation({ delay: 20 }), confidence)
    const gradient = new Float64Array(objective.size)
    expectRelative(objective.evaluate(parameters, gradient).loss, expected.loss, 1e-10)
    expectRelative(norm(gradient), expected.total_norm, 1e-10)
    const views = rankOneViews(model, gradient)
    for (const name of ['m', 'n', 'b'] as const) {
      const { norm: length, first5 } = expected.grads[name]
      expectRelative(norm(views[name]), length, 1e-10)
      first5.forEach((value, i) => {
        expect(Math.abs(views[name][i]! - value)).toBeLessThanOrEqual(1e-10 * length)
      })
    }
  })

  it.each(cases)('has the losses of PyTorch after one, two and three updates: $case', expected => {
    const parameters = initialiseRankOne(model, new TorchGenerator(expected.case.seed))
    const task = delayedActivation({ delay: 20 })
    const objective = rankOneReference(model, task, expected.case.confidence)
    const gradient = new Float64Array(objective.size)
    objective.evaluate(parameters, gradient)
    for (const loss of expected.loss_after_1_2_3_updates) {
      parameters.forEach((value, i) => {
        parameters[i] = value - expected.lr_of_updates * gradient[i]!
      })
      expectRelative(objective.evaluate(parameters, gradient).loss, loss, 1e-10)
    }
  })

  it('has the gradient of its own loss, by differences, for any shape', () => {
    const shapes = fc.record({
      neurons: fc.integer({ min: 1, max: 9 }),
      leak: fc.double({ min: 0.05, max: 1, noNaN: true }),
      delay: fc.integer({ min: 1, max: 8 }),
      response: fc.integer({ min: 1, max: 8 }),
      confidence: fc.double({ min: 0.1, max: 5, noNaN: true }),
      seed: fc.integer({ min: 0, max: 1e6 }),
    })
    fc.assert(
      fc.property(shapes, ({ neurons, leak, delay, response, confidence, seed }) => {
        const task = delayedActivation({ delay, response })
        const objective = rankOneReference({ neurons, leak }, task, confidence)
        const parameters = new TorchGenerator(seed).normal64(objective.size)
        const gradient = new Float64Array(objective.size)
        objective.evaluate(parameters, gradient)
        const unused = new Float64Array(objective.size)
        const step = 1e-6
        for (let i = 0; i < objective.size; i++) {
          const lossAt = (offset: number) => {
            const moved = parameters.slice()
            moved[i] = moved[i]! + offset
            return objective.evaluate(moved, unused).loss
          }
          const difference = (lossAt(step) - lossAt(-step)) / (2 * step)
          expect(Math.abs(gradient[i]! - difference)).toBeLessThan(1e-6 * (1 + norm(gradient)))
        }
      }),
      { numRuns: 60 },
    )
  })
})
