import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rankOneKernel } from '../../src/kernel/rank-one-kernel.js'
import { delayedActivation } from '../../src/tasks/delayed-activation.js'
import { rankOneReference } from '../../src/training/rank-one-reference.js'
import { type RankOneCase, randomParameters, rankOneCases, scales } from '../training/rank-one-cases.js'

const task = delayedActivation({ delay: 3 })

/** Loss, outputs' accuracy and the gradients of m, n and b, by the kernel and by the float64 reference. */
async function both({ model, task, confidence, parameters }: RankOneCase) {
  const kernel = await rankOneKernel(model, task, confidence)
  kernel.writeParameters(parameters)
  expect(kernel.train(1, 0)).toBe(1)
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

/** What the kernel drops as negligible, at most. */
const floor = 1e-16

describe('the rank-one kernel', () => {
  it('agrees with the float64 reference on loss and each gradient where no neuron is saturated', async () => {
    // |κ| ≤ 1.3 and |mκ + b| ≤ 4
    await fc.assert(
      fc.asyncProperty(rankOneCases(scales(-2, 0.3)), async example => {
        const { kernel, reference } = await both(example)
        expect(Math.abs(kernel.loss - reference.loss)).toBeLessThanOrEqual(1e-5 * reference.loss)
        kernel.gradients.forEach((gradient, k) => {
          const wanted = reference.gradients[k]!
          expect(distance(gradient, wanted)).toBeLessThanOrEqual(1e-4 * Math.hypot(...wanted) + floor)
        })
        expect(Math.abs(kernel.gradientNorm / reference.gradientNorm - 1)).toBeLessThan(1e-4)
      }),
      { numRuns: 300 },
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
      { numRuns: 150 },
    )
  })
})
