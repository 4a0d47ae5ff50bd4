import { describe, expect, it } from 'vitest'
import { autonomousLayout, initialiseAutonomous } from '../../src/models/autonomous.js'
import { drivenLayout, initialiseDriven } from '../../src/models/driven.js'
import { type ParameterShape, viewsOf } from '../../src/models/parameters.js'
import { TorchGenerator } from '../../src/numerics/torch-generator.js'
import { cueDiscrimination } from '../../src/tasks/cue-discrimination.js'
import { delayedActivation } from '../../src/tasks/delayed-activation.js'
import { matchToSample } from '../../src/tasks/match-to-sample.js'
import { autonomousReference } from '../../src/training/autonomous-reference.js'
import { noiseSource } from '../../src/training/disturbance.js'
import { drivenReference } from '../../src/training/driven-reference.js'
import type { Objective } from '../../src/training/objective.js'
import { norm } from '../../src/training/trainer.js'
import { readFixture } from '../read-fixture.js'

interface ArrayGradient {
  readonly norm: number
  readonly sum: number
  readonly first5: readonly number[]
}

interface GradientCase {
  readonly case: { readonly model: string; readonly task?: string; readonly seed: number }
  readonly lr_of_updates: number
  readonly loss: number
  readonly total_norm: number
  readonly grads: Readonly<Record<string, ArrayGradient>>
  readonly outputs: readonly number[]
  readonly loss_after_1_2_3_updates: readonly number[]
}

interface Network {
  readonly layout: readonly ParameterShape[]
  readonly objective: Objective
  readonly initial: Float64Array
}

const cases = readFixture<{ cases: GradientCase[] }>('gradients.json').cases.filter(
  entry => entry.case.model !== 'rank_one',
)

/** The fixture's names for arrays that are called otherwise here. */
const names: Readonly<Record<string, string>> = {
  W_out: 'w_out',
  'W_in.weight': 'W_in',
  'W_in.bias': 'b_in',
  'W_out.weight': 'w_out',
  'W_out.bias': 'b_out',
}

/**
 * The fixture's driven networks are those of figure 7: cue 6, delay 16, reaction 10 steps (its 64 and 152 outputs
 * are 2 × 32 and 4 × 38), one trial a class, initial state 0 and no noise.
 */
function networkOf({ case: { model, task, seed } }: GradientCase): Network {
  const generator = new TorchGenerator(seed)
  if (model === 'rank_k') {
    const shape = { neurons: 100, rank: 1, leak: 0.5 }
    return {
      layout: autonomousLayout(shape),
      objective: autonomousReference(shape, delayedActivation({ delay: 20 })),
      initial: initialiseAutonomous(shape, generator),
    }
  }
  const shape = { neurons: 100, rank: 'full', leak: 0.5, initialNoise: 0, noise: 0 } as const
  const intervals = { cue: 6, delay: 16, reaction: 10, trialsPerClass: 1 }
  const chosen = task === 'dcdt' ? cueDiscrimination(intervals) : matchToSample(intervals)
  return {
    layout: drivenLayout(shape),
    objective: drivenReference(shape, chosen, noiseSource(shape, chosen.steps, seed)),
    initial: initialiseDriven(shape, generator),
  }
}

function expectRelative(actual: number, expected: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-10 * Math.abs(expected))
}

describe('the float64 references of autonomous and driven networks', () => {
  it('are compared with three independent gradients', () => expect(cases).toHaveLength(3))

  it.each(cases)('have the loss, outputs and gradients of PyTorch in float64: $case', expected => {
    const { layout, objective, initial } = networkOf(expected)
    const gradient = new Float64Array(objective.size)
    expectRelative(objective.evaluate(initial, gradient).loss, expected.loss)
    expectRelative(norm(gradient), expected.total_norm)
    expect(objective.outputs).toHaveLength(expected.outputs.length)
    expected.outputs.forEach((output, i) => {
      expect(Math.abs(objective.outputs[i]! - output)).toBeLessThan(1e-12)
    })
    const views = viewsOf(layout, gradient)
    for (const [name, { norm: length, sum, first5 }] of Object.entries(expected.grads)) {
      const view = views[layout.findIndex(entry => entry.name === (names[name] ?? name))]!
      expectRelative(norm(view), length)
      expect(Math.abs(view.reduce((total, value) => total + value, 0) - sum)).toBeLessThan(1e-9 * length)
      first5.forEach((value, i) => {
        expect(Math.abs(view[i]! - value)).toBeLessThanOrEqual(1e-10 * length)
      })
    }
  })

  it.each(cases)('have the losses of PyTorch after one, two and three updates: $case', expected => {
    const { objective, initial } = networkOf(expected)
    const gradient = new Float64Array(objective.size)
    const parameters = initial.slice()
    objective.evaluate(parameters, gradient)
    for (const loss of expected.loss_after_1_2_3_updates) {
      for (let i = 0; i < parameters.length; i++) {
        parameters[i] = parameters[i]! - expected.lr_of_updates * gradient[i]!
      }
      expectRelative(objective.evaluate(parameters, gradient).loss, loss)
    }
  })
})
