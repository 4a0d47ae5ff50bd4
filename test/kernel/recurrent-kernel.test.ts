import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { autonomousKernel } from '../../src/kernel/autonomous-kernel.js'
import { drivenKernel } from '../../src/kernel/driven-kernel.js'
import { delayedActivation } from '../../src/tasks/delayed-activation.js'
import { matchToSample } from '../../src/tasks/match-to-sample.js'
import {
  call,
  distance,
  type KernelPair,
  measure,
  type PairShape,
  pairOf,
  pairShapes,
  wellConditioned,
} from './kernel-pairs.js'

/** What the kernel drops as negligible, at most, where weights are of order 1. */
const droppedAtMost = 1e-16

/** The square of e⁻⁸⁷, beyond which the kernel's exponential does not go. */
const lossFloor = 1e-75

async function expectAgreement(
  { kernel, reference, layout, parameters }: KernelPair,
  { share = 0, floor = droppedAtMost } = {},
) {
  const got = measure(await kernel(), layout, parameters)
  const wanted = measure(reference(), layout, parameters)
  expect(got.trained).toBe(1)
  expect(Math.abs(got.loss - wanted.loss)).toBeLessThanOrEqual(1e-5 * wanted.loss + lossFloor)
  expect(got.outputs.every((output, i) => Math.abs(output - wanted.outputs[i]!) < 1e-4)).toBe(true)
  wanted.gradients.forEach((gradient, k) => {
    const tolerance = 1e-4 * Math.hypot(...gradient) + share * wanted.gradientNorm + floor
    expect(distance(got.gradients[k]!, gradient)).toBeLessThanOrEqual(tolerance)
  })
  const difference = Math.abs(got.gradientNorm - wanted.gradientNorm)
  expect(difference).toBeLessThanOrEqual(1e-4 * wanted.gradientNorm + floor)
}

const small: PairShape = {
  driven: true,
  neurons: 7,
  rank: 'full',
  leak: 0.5,
  trials: 5,
  steps: 6,
  outputFunction: 'tanh',
  initialNoise: 0.3,
  noise: 0.1,
  seed: 3,
  scale: 1,
}

const everyKind: readonly PairShape[] = [
  small,
  { ...small, rank: 2 },
  { ...small, rank: 6, outputFunction: 'sigmoid' },
  { ...small, driven: false, outputFunction: 'sigmoid' },
  { ...small, driven: false, rank: 3 },
]

describe('the kernel of autonomous and driven networks', () => {
  it('agrees with the float64 reference on loss, outputs and each gradient, for any shape', async () => {
    await fc.assert(
      fc.asyncProperty(pairShapes, async shape => {
        const pair = pairOf(shape)
        fc.pre(wellConditioned(pair))
        await expectAgreement(pair)
      }),
      { numRuns: 400, seed: 1 },
    )
  })

  it('agrees with the reference at the sizes of the paper', async () => {
    const large = { ...small, neurons: 100, steps: 38, trials: 4, noise: 0 }
    for (const rank of ['full', 2, 30] as const) {
      await expectAgreement(pairOf({ ...large, rank, scale: 0.5 }))
      await expectAgreement(pairOf({ ...large, rank, scale: 0.5, driven: false }))
    }
    await expectAgreement(pairOf({ ...large, rank: 2, trials: 100, steps: 22, noise: 0.01 }))
  })

  it('agrees with the reference where many neurons are saturated', async () => {
    const scale = fc.constantFrom(5, 20, 100)
    await fc.assert(
      fc.asyncProperty(pairShapes, scale, async (shape, factor) => {
        const pair = pairOf({ ...shape, steps: Math.min(shape.steps, 5), scale: factor })
        fc.pre(wellConditioned(pair))
        await expectAgreement(pair, { share: 1e-4, floor: 1e-13 })
      }),
      { numRuns: 200, seed: 1 },
    )
  })

  it('agrees with the reference at parameters that are zero, tiny or denormal', async () => {
    for (const shape of everyKind) {
      for (const scale of [0, 1e-8, 1e-17, 1e-25, 1e-39]) await expectAgreement(pairOf({ ...shape, scale }))
      await expectAgreement(pairOf({ ...shape, scale: 1e-20, initialNoise: 0, noise: 0 }))
    }
  })

  it('agrees with the reference for one neuron, one step and one trial', async () => {
    for (const shape of everyKind) {
      const rank = shape.rank === 'full' ? 'full' : 1
      await expectAgreement(pairOf({ ...shape, neurons: 1, rank, steps: 1, trials: 1 }))
      await expectAgreement(pairOf({ ...shape, neurons: 1, rank, steps: 2, trials: 1, leak: 1 }))
    }
  })

  it('keeps the relative accuracy of a gradient where every output is right to five digits or more', async () => {
    // The bias decides: y = 1 − δ with δ from 1e-3 to 1e-8, and the gradient is a multiple of δ².
    for (const shape of everyKind) {
      for (const bias of shape.outputFunction === 'tanh' ? [4, 6, 9] : [7, 12, 18]) {
        const pair = pairOf({ ...shape, noise: 0, scale: 0.1 }, task => ({
          ...task,
          targets: new Float64Array(task.targets.length).fill(1),
        }))
        pair.parameters[pair.parameters.length - 1] = bias
        expect(measure(pair.reference(), pair.layout, pair.parameters).gradientNorm).toBeLessThan(1e-5)
        await expectAgreement(pair)
      }
    }
  })

  it('keeps the relative accuracy of a gradient where every output is near its target 0', async () => {
    for (const size of [1e-2, 1e-5, 1e-8]) {
      const quiet = { ...small, steps: 3, noise: 0 }
      const pair = pairOf(quiet, task => ({ ...task, targets: new Float64Array(task.targets.length) }))
      const readOut = pair.parameters.subarray(-1 - quiet.neurons)
      for (let i = 0; i < readOut.length; i++) readOut[i] = Math.fround(size * readOut[i]!)
      await expectAgreement(pair)
    }
  })

  it('agrees with the reference over 40,000 steps, whose float32 sum would drift', async () => {
    const task = { ...delayedActivation({ delay: 20_000 }), targets: new Float64Array(40_000).fill(1) }
    for (const rank of ['full', 1] as const) {
      const shape = {
        ...small,
        driven: false,
        neurons: 3,
        rank,
        scale: 0.3,
        outputFunction: 'sigmoid' as const,
      }
      await expectAgreement(pairOf(shape, () => task))
    }
  })

  it('trains as the reference does with either optimiser, with the read-out left alone or limited', async () => {
    const settings = fc.record({
      optimizer: fc.constantFrom('sgd' as const, 'adam' as const),
      readOutNorm: fc.constantFrom(undefined, 0.7, 2),
      updatesBefore: fc.constantFrom(0, 5, 10_000),
      firstEpoch: fc.constantFrom(0, 12, 2 ** 31),
    })
    const run = { ...call, rate: 1e-3 }
    await fc.assert(
      fc.asyncProperty(pairShapes, settings, async (shape, options) => {
        const pair = pairOf(shape)
        fc.pre(pair.parameters.some(value => value !== 0))
        const [kernel, reference] = [await pair.kernel(), pair.reference()]
        for (const one of [kernel, reference]) {
          one.writeParameters(pair.parameters)
          for (let epoch = 0; epoch < 5; epoch++) {
            const updatesBefore = options.updatesBefore + epoch
            one.train(1, { ...run, ...options, updatesBefore, firstEpoch: options.firstEpoch + epoch })
          }
        }
        const [got, wanted] = [kernel.readParameters(), reference.readParameters()]
        expect(distance(got, wanted)).toBeLessThan(2e-4 * distance(wanted, pair.parameters) + 1e-6)
        expect(Math.abs(kernel.loss[0]! - reference.loss[0]!)).toBeLessThan(1e-4 * reference.loss[0]! + 1e-9)
      }),
      { numRuns: 150, seed: 1 },
    )
  })

  it('has the moments of Adam, which can be set', async () => {
    for (const shape of everyKind) {
      const pair = pairOf(shape)
      const [kernel, reference] = [await pair.kernel(), pair.reference()]
      const moments = {
        mean: pair.parameters.map((_, i) => Math.fround(1e-3 * (i + 1))),
        square: pair.parameters.map((_, i) => Math.fround(1e-5 * (i + 1))),
      }
      for (const one of [kernel, reference]) {
        one.writeParameters(pair.parameters)
        one.writeMoments(moments)
      }
      expect(kernel.readMoments()).toEqual(moments)
      for (const one of [kernel, reference]) {
        one.train(1, { ...call, optimizer: 'adam', rate: 0.01, updatesBefore: 3 })
      }
      const [got, wanted] = [kernel.readMoments(), reference.readMoments()]
      expect(distance(got.mean, wanted.mean)).toBeLessThan(1e-6 * Math.hypot(...wanted.mean))
      expect(distance(got.square, wanted.square)).toBeLessThan(1e-6 * Math.hypot(...wanted.square))
    }
  })

  it('scales ‖w_out‖₁ to the limit before the pass, and the bias with it', async () => {
    for (const shape of everyKind) {
      const { kernel: create, layout, parameters } = pairOf(shape)
      const kernel = await create()
      kernel.writeParameters(parameters)
      kernel.train(1, { ...call, readOutNorm: 0.25 })
      const after = kernel.readParameters()
      const outputs = after.subarray(-1 - layout.at(-2)!.shape[0]!)
      const before = parameters.subarray(-outputs.length)
      expect(outputs.subarray(0, -1).reduce((sum, weight) => sum + Math.abs(weight), 0)).toBeCloseTo(0.25, 6)
      expect(outputs.at(-1)! / before.at(-1)!).toBeCloseTo(outputs[0]! / before[0]!, 6)
      expect(after.subarray(0, -outputs.length)).toEqual(parameters.subarray(0, -outputs.length))
    }
  })

  it('trains the same bits however its epochs are cut into calls, and in every instance', async () => {
    for (const shape of everyKind) {
      const { kernel: create, parameters } = pairOf(shape)
      const run = async (cuts: readonly number[]) => {
        const kernel = await create()
        kernel.writeParameters(parameters)
        const losses: number[] = []
        for (const epochs of cuts) {
          const done = losses.length
          kernel.train(epochs, {
            ...call,
            optimizer: 'adam',
            rate: 0.01,
            updatesBefore: done,
            firstEpoch: done,
          })
          losses.push(...kernel.loss.subarray(0, epochs))
        }
        return [losses, kernel.readParameters(), kernel.readMoments()]
      }
      const whole = await run([20])
      expect(await run([20])).toEqual(whole)
      expect(await run([1, 7, 2, 10])).toEqual(whole)
    }
  })

  it('stops before the update of an epoch that is not finite, and recovers when its parameters do', async () => {
    for (const shape of everyKind) {
      const { kernel: create, parameters, layout } = pairOf(shape)
      const [kernel, calm] = [await create(), await create()]
      const wanted = measure(calm, layout, parameters)
      for (const index of parameters.keys()) {
        const broken = parameters.slice()
        broken[index] = index % 2 ? Number.NaN : Number.POSITIVE_INFINITY
        kernel.writeParameters(broken)
        const trained = kernel.train(3, { ...call, rate: 0.1 })
        if (trained === 0) expect(kernel.readParameters()).toEqual(broken)
      }
      expect(measure(kernel, layout, parameters)).toEqual(wanted)
    }
  })

  it('refuses tasks that its network cannot do, seeds that are none, and parameters and moments of another size', async () => {
    const withInput = matchToSample({ cue: 1, delay: 1, reaction: 1, trialsPerClass: 1 })
    const without = delayedActivation({ delay: 2 })
    await expect(autonomousKernel(small, withInput)).rejects.toThrow('autonomous kernel: no input')
    await expect(autonomousKernel(small, { ...without, trials: 2 })).rejects.toThrow('the task has 2')
    await expect(drivenKernel(small, without, 1)).rejects.toThrow('driven kernel: the task has no input')
    await expect(drivenKernel(small, withInput, -1)).rejects.toThrow('seed must be a whole number from 0')
    const kernel = await pairOf(small).kernel()
    const [few, zeros] = [new Float64Array(3), new Float64Array(kernel.size)]
    expect(() => kernel.writeParameters(few)).toThrow('3 parameters for a network with')
    expect(() => kernel.writeMoments({ mean: zeros, square: few })).toThrow('3 parameters for a network with')
  })

  it('refuses a network beyond 4 GiB by the bytes it needs', async () => {
    const task = matchToSample({ cue: 1, delay: 100_000, reaction: 1, trialsPerClass: 100 })
    const large = { ...small, neurons: 1024 }
    // 16 trials × 100,003 steps × 1024 neurons × 3 rows of 4 bytes, and a little more
    await expect(drivenKernel(large, task, 1)).rejects.toThrow(
      /driven kernel with 1024 neurons, 400 trials and 100003 steps: needs (19|20)\d{9} bytes of memory/,
    )
  })
})
