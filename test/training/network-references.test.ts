import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OutputFunction, Task } from '../../src/tasks/task.js'
import { autonomousReference } from '../../src/training/autonomous-reference.js'
import { type Disturbance, noiseSource } from '../../src/training/disturbance.js'
import { drivenReference } from '../../src/training/driven-reference.js'
import type { Objective } from '../../src/training/objective.js'
import { rankOneReference } from '../../src/training/rank-one-reference.js'
import { norm } from '../../src/training/trainer.js'
import { readFixture } from '../read-fixture.js'
import { autonomousCases, drivenCases } from './network-cases.js'

interface Case {
  readonly model: 'autonomous' | 'driven' | 'rank-one'
  readonly neurons: number
  readonly rank: number | 'full'
  readonly leak: number
  readonly outputFunction: OutputFunction
  readonly trials: number
  readonly steps: number
  readonly inputs?: readonly number[]
  readonly targets: readonly number[]
  readonly weights: readonly number[]
  readonly initial?: readonly number[]
  readonly noise?: readonly number[]
  readonly parameters: readonly number[]
  readonly loss: number
  readonly outputs: readonly number[]
  readonly gradient: readonly number[]
}

const { cases } = readFixture<{ cases: Case[] }>('network-gradients.json')

function taskOf({ trials, steps, inputs, outputFunction, targets, weights }: Case): Task {
  return {
    kind: 'fixture',
    trials,
    steps,
    inputs: inputs && Float64Array.from(inputs),
    outputFunction,
    targets: Float64Array.from(targets),
    weights: Float64Array.from(weights),
    silentLoss: 1,
    accuracy: () => 0,
  }
}

function objectiveOf(example: Case): Objective {
  const { model, neurons, rank, leak, initial, noise, steps, trials } = example
  const task = taskOf(example)
  if (model === 'rank-one') return rankOneReference({ neurons, leak, trainConfidence: true }, task, 1)
  if (model === 'autonomous') return autonomousReference({ neurons, rank, leak }, task)
  const disturbances = Array.from({ length: trials }, (_, trial): Disturbance => {
    const rowOf = (values: readonly number[], row: number) => values.slice(row * neurons, (row + 1) * neurons)
    const perStep = Array.from({ length: steps }, (_, t) => rowOf(noise!, t * trials + trial))
    return { initial: Float64Array.from(rowOf(initial!, trial)), noise: Float64Array.from(perStep.flat()) }
  })
  const levels = { initialNoise: 1, noise: 1 }
  return drivenReference({ neurons, rank, leak, ...levels }, task, (_, trial) => disturbances[trial]!)
}

function expectDifferences(objective: Objective, parameters: Float64Array, epoch: number): void {
  const gradient = new Float64Array(objective.size)
  objective.evaluate(parameters, gradient, epoch)
  const unused = new Float64Array(objective.size)
  const step = 1e-6
  for (let i = 0; i < objective.size; i++) {
    const lossAt = (offset: number) => {
      const moved = parameters.slice()
      moved[i] = moved[i]! + offset
      return objective.evaluate(moved, unused, epoch).loss
    }
    const difference = (lossAt(step) - lossAt(-step)) / (2 * step)
    expect(Math.abs(gradient[i]! - difference)).toBeLessThan(1e-7 * (1 + norm(gradient)))
  }
}

describe('the float64 references', () => {
  it.each(cases)('have the loss and gradient of automatic differentiation: $model, K = $rank', example => {
    const objective = objectiveOf(example)
    const gradient = new Float64Array(objective.size)
    const { loss } = objective.evaluate(Float64Array.from(example.parameters), gradient)
    expect(Math.abs(loss / example.loss - 1)).toBeLessThan(1e-12)
    expect(objective.outputs).toHaveLength(example.outputs.length)
    example.outputs.forEach((output, i) => {
      expect(Math.abs(objective.outputs[i]! - output)).toBeLessThan(1e-13)
    })
    expect(objective.size).toBe(example.gradient.length)
    const length = norm(gradient)
    example.gradient.forEach((value, i) => {
      expect(Math.abs(gradient[i]! - value)).toBeLessThan(1e-12 * length)
    })
  })

  it('of autonomous networks have the gradient of their own loss, by differences, for any shape', () => {
    fc.assert(
      fc.property(autonomousCases({ neurons: 9, steps: 9, trials: 1 }), ({ model, task, parameters }) => {
        expectDifferences(autonomousReference(model, task), parameters, 0)
      }),
      { numRuns: 60 },
    )
  })

  it('of driven networks have the gradient of their own loss, by differences, in any epoch', () => {
    const epochs = fc.integer({ min: 0, max: 1e9 })
    fc.assert(
      fc.property(drivenCases({ neurons: 9, steps: 6, trials: 3 }), epochs, (example, epoch) => {
        const { model, task, parameters, seed } = example
        const objective = drivenReference(model, task, noiseSource(model, task.steps, seed))
        expectDifferences(objective, parameters, epoch)
      }),
      { numRuns: 60 },
    )
  })

  it('score the outputs by the task', () => {
    fc.assert(
      fc.property(drivenCases({ neurons: 5, steps: 6, trials: 3 }), ({ model, task, parameters, seed }) => {
        const objective = drivenReference(model, task, noiseSource(model, task.steps, seed))
        const { accuracy } = objective.evaluate(parameters, new Float64Array(objective.size))
        expect(accuracy).toBe(task.accuracy(objective.outputs))
      }),
      { numRuns: 20 },
    )
  })

  it('refuse tasks that their network cannot do', () => {
    const [driven, , , , free] = cases
    const withInput = taskOf(driven!)
    const withoutInput = taskOf(free!)
    const shape = { neurons: 2, rank: 1, leak: 0.5 }
    expect(() => autonomousReference(shape, withInput)).toThrow('autonomous network: the task fixture has')
    expect(() => rankOneReference(shape, withInput, 1)).toThrow('rank-one network: the task fixture has')
    const levels = { ...shape, noise: 0, initialNoise: 0 }
    expect(() => drivenReference(levels, withoutInput, noiseSource(levels, 1, 0))).toThrow(
      'driven network: the task fixture has no input',
    )
  })
})
