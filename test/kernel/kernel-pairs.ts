import fc from 'fast-check'
import { autonomousKernel } from '../../src/kernel/autonomous-kernel.js'
import { drivenKernel } from '../../src/kernel/driven-kernel.js'
import type { NetworkKernel, TrainingCall } from '../../src/kernel/network-kernel.js'
import { autonomousLayout } from '../../src/models/autonomous.js'
import { drivenLayout } from '../../src/models/driven.js'
import { type ParameterShape, totalSize, viewsOf } from '../../src/models/parameters.js'
import type { Rank } from '../../src/models/recurrence.js'
import { TorchGenerator } from '../../src/numerics/torch-generator.js'
import type { OutputFunction, Task } from '../../src/tasks/task.js'
import { autonomousReference } from '../../src/training/autonomous-reference.js'
import { noiseSource } from '../../src/training/disturbance.js'
import { drivenReference } from '../../src/training/driven-reference.js'
import { referenceKernel } from '../../src/training/reference-trainer.js'
import { randomTask } from '../training/network-cases.js'

/** The same network twice: on its float32 kernel, and in float64 in the shape of a kernel. */
export interface KernelPair {
  readonly kernel: () => Promise<NetworkKernel>
  readonly reference: () => NetworkKernel
  readonly layout: readonly ParameterShape[]
  /** Exact in float32. */
  readonly parameters: Float64Array
}

export const call: TrainingCall = {
  optimizer: 'sgd',
  rate: 0,
  updatesBefore: 0,
  firstEpoch: 0,
  confidence: 1,
  readOutNorm: undefined,
}

/** Everything about a random network. */
export interface PairShape {
  readonly driven: boolean
  readonly neurons: number
  readonly rank: Rank
  readonly leak: number
  readonly trials: number
  readonly steps: number
  readonly outputFunction: OutputFunction
  readonly initialNoise: number
  readonly noise: number
  readonly seed: number
  /** What normal numbers over √N are multiplied by. */
  readonly scale: number
}

const upTo = (max: number) => fc.integer({ min: 1, max })

/** Every dimension crosses the kernel's units: vectors of 4, rows of 8, tiles of 4, blocks of 16 trials. */
export const pairShapes: fc.Arbitrary<PairShape> = fc.record({
  driven: fc.boolean(),
  neurons: upTo(45),
  rank: fc.oneof(fc.constant('full' as const), upTo(14)),
  leak: fc.oneof(fc.constant(1), fc.double({ min: 0.05, max: 1, noNaN: true })),
  trials: fc.oneof(upTo(6), upTo(40)),
  steps: upTo(14),
  outputFunction: fc.constantFrom<OutputFunction>('sigmoid', 'tanh'),
  initialNoise: fc.constantFrom(0, 0.3),
  noise: fc.constantFrom(0, 0.1, 1),
  seed: fc.integer({ min: 0, max: 2 ** 40 }),
  scale: fc.constantFrom(0.3, 1),
})

/**
 * The network of a shape. An autonomous one has one trial and no chance.
 * @param change makes another task of the random one
 */
export function pairOf(shape: PairShape, change = (task: Task): Task => task): KernelPair {
  const { driven, neurons, scale, seed } = shape
  const generator = new TorchGenerator(seed % 1000)
  const trials = driven ? shape.trials : 1
  const task = change(randomTask(generator, { ...shape, trials, input: driven }))
  const layout = driven ? drivenLayout(shape) : autonomousLayout(shape)
  const parameters = generator
    .normal64(totalSize(layout))
    .map(value => Math.fround((scale * value) / Math.sqrt(neurons)))
  if (!driven) {
    const objective = () => autonomousReference(shape, task)
    return {
      kernel: () => autonomousKernel(shape, task),
      reference: () => referenceKernel(objective, layout),
      layout,
      parameters,
    }
  }
  const objective = () => drivenReference(shape, task, noiseSource(shape, task.steps, seed))
  return {
    kernel: () => drivenKernel(shape, task, seed),
    reference: () => referenceKernel(objective, layout),
    layout,
    parameters,
  }
}

/** One epoch at given parameters. */
export function measure(kernel: NetworkKernel, layout: readonly ParameterShape[], parameters: Float64Array) {
  kernel.writeParameters(parameters)
  const trained = kernel.train(1, call)
  return {
    trained,
    loss: kernel.loss[0]!,
    gradientNorm: kernel.gradientNorm[0]!,
    outputs: kernel.outputs[0]!.slice(),
    gradients: viewsOf(layout, kernel.readGradient()),
  }
}

export function distance(a: Float64Array, b: Float64Array): number {
  return Math.hypot(...a.map((value, i) => value - b[i]!))
}

/**
 * Whether rounding the parameters leaves loss and gradients alone to 1e-5, for a few patterns of up and down. It
 * does not where a network is chaotic, nor where large terms happen to cancel: there no float32 program can be right.
 */
export function wellConditioned({ reference, layout, parameters }: KernelPair): boolean {
  const oracle = reference()
  const { gradients, loss } = measure(oracle, layout, parameters)
  return [0, 1, 2, 3].every(pattern => {
    const sign = (i: number) => (-1) ** (i >> pattern)
    const moved = parameters.map((value, i) => value * (1 + sign(i) * 2 ** -22) + sign(i) * 2 ** -26)
    const there = measure(oracle, layout, moved)
    if (Math.abs(there.loss - loss) > 2e-6 * loss) return false
    return there.gradients.every(
      (gradient, k) => distance(gradients[k]!, gradient) <= 1e-5 * Math.hypot(...gradients[k]!) + 1e-16,
    )
  })
}
