import fc from 'fast-check'
import { type AutonomousModel, autonomousLayout } from '../../src/models/autonomous.js'
import { type DrivenModel, drivenLayout } from '../../src/models/driven.js'
import { totalSize } from '../../src/models/parameters.js'
import type { Rank } from '../../src/models/recurrence.js'
import { TorchGenerator } from '../../src/numerics/torch-generator.js'
import type { OutputFunction, Task } from '../../src/tasks/task.js'

/** A network, a task and parameters, all of random shape. */
export interface NetworkCase<Model> {
  readonly model: Model
  readonly task: Task
  /** Normal numbers over √N. */
  readonly parameters: Float64Array
  readonly seed: number
}

/** How large random networks and tasks may be. */
export interface Sizes {
  readonly neurons: number
  readonly steps: number
  readonly trials: number
}

/** Random tasks: any targets and weights, some of them zero; any inputs, or none and one trial. */
export function randomTask(
  generator: TorchGenerator,
  {
    trials,
    steps,
    outputFunction,
    input,
  }: Pick<Task, 'trials' | 'steps' | 'outputFunction'> & { input: boolean },
): Task {
  const size = trials * steps
  const targets = generator.uniform64(size, outputFunction === 'tanh' ? -1 : 0, 1).map(Math.round)
  const weights = generator.uniform64(size, -0.3, 1).map(weight => Math.max(0, weight) / size)
  return {
    kind: 'random',
    trials,
    steps,
    inputs: input ? generator.normal64(size) : undefined,
    outputFunction,
    targets,
    weights,
    silentLoss: targets.reduce((sum, target, i) => sum + weights[i]! * target ** 2, 0),
    accuracy: outputs => outputs.filter((output, i) => Math.abs(output - targets[i]!) < 0.4).length / size,
  }
}

const leaks = fc.oneof(fc.constant(1), fc.double({ min: 0.05, max: 1, noNaN: true }))
const outputFunctions = fc.constantFrom<OutputFunction>('sigmoid', 'tanh')
const ranks: fc.Arbitrary<Rank> = fc.oneof(fc.constant('full' as const), fc.integer({ min: 1, max: 5 }))
const upTo = (max: number) => fc.integer({ min: 1, max })
const seeds = fc.integer({ min: 0, max: 1e6 })

/** Autonomous networks of any rank, leaks (1 among them) and read-outs, on random tasks. */
export function autonomousCases(sizes: Sizes): fc.Arbitrary<NetworkCase<AutonomousModel>> {
  return fc
    .tuple(upTo(sizes.neurons), ranks, leaks, upTo(sizes.steps), outputFunctions, seeds)
    .map(([neurons, rank, leak, steps, outputFunction, seed]) => {
      const model = { neurons, rank, leak }
      const generator = new TorchGenerator(seed)
      const task = randomTask(generator, { trials: 1, steps, outputFunction, input: false })
      return { model, task, seed, parameters: drawn(generator, neurons, totalSize(autonomousLayout(model))) }
    })
}

/** Driven networks of any rank, with and without noise, on random tasks. */
export function drivenCases(sizes: Sizes): fc.Arbitrary<NetworkCase<DrivenModel>> {
  const noises = fc.constantFrom(0, 0.1, 1)
  const shapes = fc.tuple(upTo(sizes.steps), upTo(sizes.trials), outputFunctions)
  return fc
    .tuple(upTo(sizes.neurons), ranks, leaks, noises, noises, shapes, seeds)
    .map(([neurons, rank, leak, initialNoise, noise, [steps, trials, outputFunction], seed]) => {
      const model = { neurons, rank, leak, initialNoise, noise }
      const generator = new TorchGenerator(seed)
      const task = randomTask(generator, { trials, steps, outputFunction, input: true })
      return { model, task, seed, parameters: drawn(generator, neurons, totalSize(drivenLayout(model))) }
    })
}

/** Rounded to float32, so that kernels start from the same numbers. */
function drawn(generator: TorchGenerator, neurons: number, size: number): Float64Array {
  return generator.normal64(size).map(value => Math.fround(value / Math.sqrt(neurons)))
}
