import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rankOneKernel } from '../../src/kernel/rank-one-kernel.js'
import { initialiseRankOne, rankOneLayout } from '../../src/models/rank-one.js'
import { TorchGenerator } from '../../src/numerics/torch-generator.js'
import { delayedActivation } from '../../src/tasks/delayed-activation.js'
import { rankOneKernelTrainer } from '../../src/training/rank-one-kernel.js'
import { rankOneReference } from '../../src/training/rank-one-reference.js'
import { referenceTrainer } from '../../src/training/reference-trainer.js'
import { norm } from '../../src/training/trainer.js'
import { call } from '../kernel/kernel-pairs.js'
import { type RankOneCase, randomParameters, rankOneCases, scales } from './rank-one-cases.js'

const rate = 0.02
const confidence = 10
const model = { neurons: 100, leak: 0.5 }
const task = delayedActivation({ delay: 20 })
const sgd = (rate: number) => ({ kind: 'sgd', rate }) as const
/** The network of seed 40, which falls at epoch 5051. */
const seeded = () => initialiseRankOne(model, new TorchGenerator(40))
const seededTrainer = (initial = seeded(), learningRate = rate) =>
  rankOneKernelTrainer({ model, task, confidence, optimizer: sgd(learningRate), initial })

const trainerOf = ({ parameters, ...rest }: RankOneCase, learningRate: number) =>
  rankOneKernelTrainer({ ...rest, optimizer: sgd(learningRate), initial: parameters })

interface Fixture {
  readonly float32: { readonly rows_epoch_loss_grad_accuracy: readonly [number, number, number, number][] }
}

describe('the rank-one kernel trainer', () => {
  it('follows PyTorch in float32 from seed 40 up to the fall', async () => {
    const file = new URL('../fixtures/rank-one-seed40-lr0.02.json', import.meta.url)
    const fixture: Fixture = JSON.parse(readFileSync(file, 'utf8'))
    const rows = fixture.float32.rows_epoch_loss_grad_accuracy.filter(([epoch]) => epoch <= 4900)
    expect(rows.length).toBeGreaterThan(40)
    const trainer = await seededTrainer()
    const stretch = trainer.advance(4901)
    for (const [epoch, loss, gradientNorm, accuracy] of rows) {
      expect(Math.abs(stretch.loss[epoch]! - loss)).toBeLessThan(1e-6)
      expect(Math.abs(stretch.gradientNorm[epoch]! / gradientNorm - 1)).toBeLessThan(1e-4)
      expect(stretch.accuracy[epoch]).toBeCloseTo(accuracy, 6)
    }
  })

  it('falls at the epoch at which PyTorch falls, to one epoch', async () => {
    const trainer = await seededTrainer()
    const fall = trainer.advance(5100).loss.findIndex(loss => loss < 0.5)
    expect(Math.abs(fall - 5051)).toBeLessThanOrEqual(1)
  })

  it('measures what the reference measures at the same parameters, all through the fall', async () => {
    const trainer = await seededTrainer()
    const reference = rankOneReference(model, task, confidence)
    const gradient = new Float64Array(reference.size)
    trainer.advance(5040)
    const losses = new Set<number>()
    for (let k = 0; k < 100; k++) {
      const { loss, accuracy } = reference.evaluate(trainer.snapshot().parameters, gradient)
      const stretch = trainer.advance(1)
      expect(Math.abs(stretch.loss[0]! / loss - 1)).toBeLessThan(1e-5)
      // A collapsed network's gradient is below what the kernel drops as negligible.
      const tolerance = 1e-4 * norm(gradient) + 1e-16
      expect(Math.abs(stretch.gradientNorm[0]! - norm(gradient))).toBeLessThan(tolerance)
      expect(stretch.accuracy[0]).toBe(accuracy)
      losses.add(Math.round(10 * loss))
    }
    expect(losses.size).toBeGreaterThan(5)
  })

  it('keeps step with the float64 trainer over random shapes', async () => {
    await fc.assert(
      fc.asyncProperty(rankOneCases(scales(-1, 0.15)), async example => {
        const { model, task, confidence, parameters } = example
        const kernel = await trainerOf(example, 1e-3)
        const objective = rankOneReference(model, task, confidence)
        const options = {
          objectiveAt: () => objective,
          layout: rankOneLayout(model),
          task,
          initial: parameters,
          optimizer: sgd(1e-3),
        }
        const [got, wanted] = [kernel.advance(120), referenceTrainer(options).advance(120)]
        for (let i = 0; i < 120; i += 17) {
          expect(Math.abs(got.loss[i]! - wanted.loss[i]!)).toBeLessThan(1e-4 * (1 + wanted.loss[i]!))
        }
      }),
      { numRuns: 50, seed: 1 },
    )
  })

  it('updates by exactly rate times gradient, in float32', async () => {
    const initial = randomParameters(100, { m: 1, n: 1, b: 1 }, 3)
    const kernel = await rankOneKernel(model, task)
    kernel.writeParameters(initial)
    kernel.train(1, { ...call, confidence })
    const gradient = kernel.readGradient()
    const trainer = await seededTrainer(initial, 0.5)
    trainer.advance(1)
    const wanted = initial.map((value, i) => Math.fround(value - Math.fround(0.5 * gradient[i]!)))
    expect(trainer.snapshot().parameters).toEqual(wanted)
  })

  it('trains the same bits whether advanced at once, in pieces, or restored in between', async () => {
    const example = rankOneCases(scales(-1, 0.5))
    const piece = fc.integer({ min: 0, max: 150 })
    await fc.assert(
      fc.asyncProperty(example, piece, piece, async (one, before, after) => {
        const [whole, pieces, resumed] = await Promise.all([1, 2, 3].map(() => trainerOf(one, 0.05)))
        const all = whole!.advance(before + after)
        const first = pieces!.advance(before)
        const snapshot = structuredClone(pieces!.snapshot())
        const second = pieces!.advance(after)
        resumed!.advance(7)
        resumed!.restore(snapshot)
        const third = resumed!.advance(after)

        for (const name of ['loss', 'gradientNorm', 'accuracy'] as const) {
          expect(Float64Array.of(...first[name], ...second[name])).toEqual(all[name])
          expect(third[name]).toEqual(second[name])
        }
        expect(second.firstEpoch).toBe(first.loss.length)
        expect(pieces!.snapshot()).toEqual(whole!.snapshot())
        expect(resumed!.snapshot()).toEqual(whole!.snapshot())
      }),
      { numRuns: 40 },
    )
  })

  it('stops before the update of the epoch that diverges and leaves its neighbours alone', async () => {
    const calm = await seededTrainer()
    const undisturbed = (await seededTrainer()).advance(400)
    const before = calm.advance(200)

    const wild = await seededTrainer(undefined, 1e30)
    const first = wild.advance(1)
    expect(wild.divergedAt).toBeUndefined()
    const afterOne = wild.snapshot()
    const rest = wild.advance(500)
    expect(wild.divergedAt).toBe(1)
    expect(first.loss.length + rest.loss.length).toBe(1)
    expect(wild.snapshot()).toEqual({ ...afterOne, divergedAt: 1 })
    expect(wild.advance(10).loss.length).toBe(0)

    wild.restore({ ...afterOne, parameters: seeded(), epoch: 0 })
    expect(wild.advance(1).loss.length).toBe(1)
    const after = calm.advance(200)
    expect(Float64Array.of(...before.loss, ...after.loss)).toEqual(undisturbed.loss)
  })

  it('reports parameters that are not finite as a divergence at epoch 0', async () => {
    for (const index of [0, 100, 299]) {
      const initial = seeded()
      initial[index] = Number.NaN
      const trainer = await seededTrainer(initial)
      expect(trainer.advance(5).loss.length).toBe(0)
      expect(trainer.divergedAt).toBe(0)
    }
  })

  it('shows its parameters by name, as exact float32 numbers', async () => {
    const initial = seeded().map(value => value + 1e-12)
    const trainer = await seededTrainer(initial)
    const { m, n, b } = trainer.parameters
    expect([m, n, b].map(array => array?.shape)).toEqual([[100], [100], [100]])
    expect(Float64Array.of(...m!.data, ...n!.data, ...b!.data)).toEqual(initial.map(Math.fround))
  })

  it('refuses parameters and snapshots of a network of another size', async () => {
    await expect(seededTrainer(new Float64Array(299))).rejects.toThrow(RangeError)
    const trainer = await seededTrainer()
    const snapshot = { ...trainer.snapshot(), parameters: new Float64Array(3) }
    expect(() => trainer.restore(snapshot)).toThrow('3 parameters for a network with 300')
    expect(() => trainer.advance(1.5)).toThrow(RangeError)
  })
})
