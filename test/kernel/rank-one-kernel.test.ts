import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rankOneKernel } from '../../src/kernel/rank-one-kernel.js'
import { rankOneLayout } from '../../src/models/rank-one.js'
import { InputError } from '../../src/settings/input-error.js'
import { delayedActivation } from '../../src/tasks/delayed-activation.js'
import { rankOneReference } from '../../src/training/rank-one-reference.js'
import { referenceKernel } from '../../src/training/reference-trainer.js'
import { type RankOneCase, randomParameters, rankOneCases, scales } from '../training/rank-one-cases.js'
import { call } from './kernel-pairs.js'

const task = delayedActivation({ delay: 3 })

/** Loss, outputs' accuracy and the gradients of m, n and b, by the kernel and by the float64 reference. */
async function both({ model, task, confidence, parameters }: RankOneCase) {
  const kernel = await rankOneKernel(model, task)
  kernel.writeParameters(parameters)
  expect(kernel.train(1, { ...call, confidence })).toBe(1)
  const reference = rankOneReference(model, task, confidence)
  const gradient = new Float64Array(reference.size)
  const { loss, accuracy } = reference.evaluate(parameters, gradient)
  return {
    kernel: {
      loss: kernel.loss[0]!,
      accuracy: task.accuracy(kernel.outputs[0]!),
      gradientNorm: kernel.gradientNorm[0]!,
      gradients: thirds(kernel.readGradient()),
    },
    reference: { loss, accuracy, gradientNorm: Math.hypot(...gradient), gradients: thirds(gradient) },
  }
}

function thirds(flat: Float64Array): Float64Array[] {
  const length = flat.length / 3
  return [0, 1, 2].map(k => flat.slice(k * length, (k + 1) * length))
}

function distance(a: Float64Array, b: Float64Array): number {
  return Math.hypot(...a.map((value, i) => value - b[i]!))
}

/** The same cases every time: one in ten thousand cancels in a way that `wellConditioned` does not see. */
const cases = { numRuns: 500, seed: 1 }

/** What the kernel drops as negligible, at most. */
const floor = 1e-16

/**
 * Whether rounding the weights leaves each gradient alone to 1e-5, for a few patterns of up and down. It does
 * not where many saturated neurons make the network chaotic, nor where large terms happen to cancel.
 */
function wellConditioned({ model, task, confidence, parameters }: RankOneCase): boolean {
  const reference = rankOneReference(model, task, confidence)
  const gradientAt = (point: Float64Array) => {
    const gradient = new Float64Array(reference.size)
    reference.evaluate(point, gradient)
    return thirds(gradient)
  }
  const gradients = gradientAt(parameters)
  return [0, 1, 2, 3].every(pattern => {
    const moved = gradientAt(parameters.map((value, i) => value * (1 + (-1) ** (i >> pattern) * 2 ** -22)))
    return gradients.every((wanted, k) => distance(wanted, moved[k]!) <= 1e-5 * Math.hypot(...wanted))
  })
}

describe('the rank-one kernel', () => {
  it('agrees with the float64 reference on loss and each gradient where no neuron is saturated', async () => {
    // |κ| ≤ 1.5 and |mκ + b| < 4: every slope 1 − h² has digits left in float32.
    await fc.assert(
      fc.asyncProperty(rankOneCases(scales(-2, 0.15)), async example => {
        fc.pre(wellConditioned(example))
        const { kernel, reference } = await both(example)
        expect(Math.abs(kernel.loss - reference.loss)).toBeLessThanOrEqual(1e-5 * reference.loss)
        kernel.gradients.forEach((gradient, k) => {
          const wanted = reference.gradients[k]!
          expect(distance(gradient, wanted)).toBeLessThanOrEqual(1e-4 * Math.hypot(...wanted) + floor)
        })
        const { gradientNorm, accuracy } = reference
        expect(Math.abs(kernel.gradientNorm - gradientNorm)).toBeLessThanOrEqual(1e-4 * gradientNorm + floor)
        expect(kernel.accuracy).toBe(accuracy)
      }),
      cases,
    )
  })

  it('agrees with the reference where many neurons are saturated', async () => {
    const wide = fc.record({
      m: fc.constantFrom(3, 10, 30),
      n: fc.constantFrom(0.1, 1),
      b: fc.constantFrom(3, 10, 100),
    })
    await fc.assert(
      fc.asyncProperty(rankOneCases(wide), async example => {
        fc.pre(wellConditioned(example))
        const { kernel, reference } = await both(example)
        expect(Math.abs(kernel.loss - reference.loss)).toBeLessThanOrEqual(1e-5 * reference.loss)
        kernel.gradients.forEach((gradient, k) => {
          const tolerance = 1e-4 * reference.gradientNorm + floor
          expect(distance(gradient, reference.gradients[k]!)).toBeLessThanOrEqual(tolerance)
        })
      }),
      cases,
    )
  })

  it('gives a neuron driven far beyond saturation a slope of exactly zero', async () => {
    const model = { neurons: 2, leak: 0.5 }
    const kernel = await rankOneKernel(model, task)
    kernel.writeParameters(Float64Array.of(0.1, 0.1, 0.4, 0.4, 9, -1e30))
    kernel.train(1, { ...call, confidence: 10 })
    const [m, n, b] = thirds(kernel.readGradient())
    expect([...m!, ...b!]).toEqual([0, 0, 0, 0])
    expect(n![0]).not.toBe(0)
  })

  it('agrees with the reference at weights that are zero, tiny or denormal', async () => {
    for (const scale of [0, 1e-8, 1e-17, 1e-25, 1e-39]) {
      for (const n of [scale, 0.5]) {
        const model = { neurons: 5, leak: 0.3 }
        const parameters = randomParameters(5, { m: scale, n, b: scale }, 7)
        const { kernel, reference } = await both({ model, task, confidence: 2, parameters })
        expect(kernel.loss).toBeCloseTo(reference.loss, 6)
        kernel.gradients.forEach((gradient, k) => {
          const wanted = reference.gradients[k]!
          expect(distance(gradient, wanted)).toBeLessThanOrEqual(1e-4 * Math.hypot(...wanted) + floor)
        })
      }
    }
  })

  it('keeps the relative accuracy of a gradient where every output is right to five digits or more', async () => {
    // One neuron without input: κ = 4 tanh(b) at every step, c(κ − 1) = −14 or 12.
    const model = { neurons: 1, leak: 1 }
    for (const { target, bias } of [
      { target: 0, bias: -0.5 },
      { target: 1, bias: 1.2 },
    ]) {
      const constant = { ...task, targets: new Float64Array(task.steps).fill(target) }
      const parameters = Float64Array.of(0, 4, bias).map(Math.fround)
      const { kernel, reference } = await both({ model, task: constant, confidence: 5, parameters })
      expect(reference.gradientNorm).toBeLessThan(1e-8)
      kernel.gradients.forEach((gradient, k) => {
        const wanted = reference.gradients[k]!
        expect(distance(gradient, wanted)).toBeLessThanOrEqual(1e-4 * Math.hypot(...wanted))
      })
    }
  })

  it('trains c as the reference does, with either optimiser', async () => {
    const settings = fc.record({
      optimizer: fc.constantFrom('sgd' as const, 'adam' as const),
      trainConfidence: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(
        rankOneCases(scales(-1, 0)),
        settings,
        async (example, { optimizer, trainConfidence }) => {
          const { task, confidence } = example
          const model = { ...example.model, trainConfidence }
          const parameters = trainConfidence
            ? Float64Array.of(...example.parameters, Math.fround(confidence))
            : example.parameters
          const reference = referenceKernel(c => rankOneReference(model, task, c), rankOneLayout(model))
          const kernel = await rankOneKernel(model, task)
          for (const one of [kernel, reference]) {
            one.writeParameters(parameters)
            for (let epoch = 0; epoch < 5; epoch++) {
              one.train(1, { ...call, optimizer, rate: 1e-3, updatesBefore: epoch, confidence })
            }
          }
          const [got, wanted] = [kernel.readParameters(), reference.readParameters()]
          expect(distance(got, wanted)).toBeLessThan(2e-4 * distance(wanted, parameters) + 1e-6)
          const gradients = [kernel, reference].map(one => one.readGradient().subarray(3 * model.neurons))
          expect(gradients[0]!.length).toBe(trainConfidence ? 1 : 0)
          expect(distance(gradients[0]!, gradients[1]!)).toBeLessThan(
            1e-3 * reference.gradientNorm[0]! + 1e-9,
          )
        },
      ),
      { numRuns: 150, seed: 1 },
    )
  })

  it('refuses a network beyond 4 GiB by the bytes it needs', async () => {
    const long = delayedActivation({ delay: 1e6 })
    const tooBig = rankOneKernel({ neurons: 1024, leak: 0.5 }, long)
    await expect(tooBig).rejects.toThrow(InputError)
    // 1024 neurons × 2,000,000 steps × 4 bytes of activations and a little more
    await expect(rankOneKernel({ neurons: 1024, leak: 0.5 }, long)).rejects.toThrow(
      /1024 neurons and 2000000 steps: needs 8[23]\d{8} bytes of memory/,
    )
  })

  it('refuses several trials, inputs, other outputs and parameters of another size', async () => {
    const model = { neurons: 3, leak: 0.5 }
    await expect(rankOneKernel(model, { ...task, trials: 2 })).rejects.toThrow('the task has 2')
    const tanhTask = { ...task, outputFunction: 'tanh' } as const
    await expect(rankOneKernel(model, tanhTask)).rejects.toThrow('the task wants tanh')
    const withInput = { ...task, inputs: new Float64Array(task.steps) }
    await expect(rankOneKernel(model, withInput)).rejects.toThrow('no input, the task has one')
    const kernel = await rankOneKernel(model, task)
    expect(() => kernel.writeParameters(new Float64Array(8))).toThrow('8 parameters for a network with 9')
  })
})
