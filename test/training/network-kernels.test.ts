import { describe, expect, it } from 'vitest'
import { autonomousLayout, initialiseAutonomous } from '../../src/models/autonomous.js'
import { drivenLayout, initialiseDriven } from '../../src/models/driven.js'
import { TorchGenerator } from '../../src/numerics/torch-generator.js'
import { cueDiscrimination } from '../../src/tasks/cue-discrimination.js'
import { delayedActivation } from '../../src/tasks/delayed-activation.js'
import { matchToSample } from '../../src/tasks/match-to-sample.js'
import { autonomousKernelTrainer } from '../../src/training/autonomous-kernel.js'
import { autonomousReference } from '../../src/training/autonomous-reference.js'
import { noiseSource } from '../../src/training/disturbance.js'
import { drivenKernelTrainer } from '../../src/training/driven-kernel.js'
import { drivenReference } from '../../src/training/driven-reference.js'
import type { Objective } from '../../src/training/objective.js'
import { norm, type Trainer } from '../../src/training/trainer.js'

const adam = { kind: 'adam', rate: 0.01 } as const
const sgd = { kind: 'sgd', rate: 0.02 } as const

/** A training on a kernel that learns within a few hundred epochs, and its float64 reference. */
interface Training {
  readonly name: string
  readonly objective: Objective
  readonly create: () => Promise<Trainer>
}

const delay = delayedActivation({ delay: 5 })
const cues = cueDiscrimination({ cue: 2, delay: 4, reaction: 4, trialsPerClass: 9 })
const pairs = matchToSample({ cue: 2, delay: 3, reaction: 3, trialsPerClass: 1 })

function autonomousTraining(rank: number | 'full', optimizer: typeof adam | typeof sgd): Training {
  const model = { neurons: 30, rank, leak: 0.5 }
  const initial = initialiseAutonomous(model, new TorchGenerator(2))
  return {
    name: `autonomous, rank ${rank}, ${optimizer.kind}`,
    objective: autonomousReference(model, delay),
    create: () => autonomousKernelTrainer({ model, task: delay, initial, optimizer }),
  }
}

function drivenTraining(rank: number | 'full', optimizer: typeof adam | typeof sgd): Training {
  const model = { neurons: 30, rank, leak: 0.5, initialNoise: 0.1, noise: 0.05 }
  const initial = initialiseDriven(model, new TorchGenerator(2))
  const task = optimizer.kind === 'adam' ? cues : pairs
  return {
    name: `driven, rank ${rank}, ${optimizer.kind}`,
    objective: drivenReference(model, task, noiseSource(model, task.steps, 11)),
    create: () => drivenKernelTrainer({ model, task, seed: 11, initial, optimizer }),
  }
}

const trainings = [
  autonomousTraining('full', sgd),
  autonomousTraining(3, adam),
  drivenTraining('full', sgd),
  drivenTraining('full', adam),
  drivenTraining(2, adam),
]

describe('a training on the kernels of any rank', () => {
  it.each(trainings)('measures what the reference measures, all along its path: $name', async training => {
    const { objective, create } = training
    const trainer = await create()
    const gradient = new Float64Array(objective.size)
    let [first, last] = [0, 0]
    for (let round = 0; round < 30; round++) {
      const { loss, accuracy } = objective.evaluate(trainer.snapshot().parameters, gradient, trainer.epoch)
      const stretch = trainer.advance(1)
      expect(Math.abs(stretch.loss[0]! / loss - 1)).toBeLessThan(1e-5)
      expect(Math.abs(stretch.gradientNorm[0]! / norm(gradient) - 1)).toBeLessThan(1e-4)
      expect(stretch.accuracy[0]).toBe(accuracy)
      if (round === 0) first = loss
      last = loss
      trainer.advance(19)
    }
    expect(last).toBeLessThan(0.9 * first)
  })

  it.each(trainings)(
    'is the same bits whole, in pieces and resumed from a snapshot: $name',
    async training => {
      const [whole, pieces, resumed] = await Promise.all([1, 2, 3].map(() => training.create()))
      const all = whole!.advance(160)
      const first = pieces!.advance(37)
      const snapshot = structuredClone(pieces!.snapshot())
      const second = pieces!.advance(123)
      resumed!.advance(5)
      resumed!.restore(snapshot)
      const third = resumed!.advance(123)
      for (const column of ['loss', 'gradientNorm', 'accuracy'] as const) {
        expect(Float64Array.of(...first[column], ...second[column])).toEqual(all[column])
        expect(third[column]).toEqual(second[column])
      }
      expect(pieces!.snapshot()).toEqual(whole!.snapshot())
      expect(resumed!.snapshot()).toEqual(whole!.snapshot())
    },
  )

  it.each(trainings)(
    'diverges alone, at its epoch, with the parameters it was measured at: $name',
    async t => {
      const [calm, undisturbed, wild] = await Promise.all([1, 2, 3].map(() => t.create()))
      const before = calm!.advance(20)
      wild!.advance(3)
      const healthy = wild!.snapshot()
      const parameters = healthy.parameters.with(0, Number.NaN)
      wild!.restore({ ...healthy, parameters })
      expect(wild!.advance(200).loss.length).toBe(0)
      expect(wild!.snapshot()).toEqual({ ...healthy, parameters, divergedAt: 3 })
      expect(wild!.advance(10).loss.length).toBe(0)
      const after = calm!.advance(20)
      const losses = undisturbed!.advance(40).loss
      expect(Float64Array.of(...before.loss, ...after.loss)).toEqual(losses)
      wild!.restore(healthy)
      expect(wild!.advance(37).loss).toEqual(losses.subarray(3))
    },
  )

  it('has its arrays by name, exact in float32', async () => {
    const model = { neurons: 6, rank: 2, leak: 0.5, initialNoise: 0, noise: 0 }
    const initial = initialiseDriven(model, new TorchGenerator(2)).map(value => value + 1e-12)
    const trainer = await drivenKernelTrainer({ model, task: cues, seed: 0, initial, optimizer: sgd })
    expect(Object.entries(trainer.parameters).map(([name, { shape }]) => ({ name, shape }))).toEqual(
      drivenLayout(model),
    )
    expect(Object.values(trainer.parameters).flatMap(({ data }) => [...data])).toEqual(
      [...initial].map(Math.fround),
    )
  })

  it('refuses initial parameters of another size', async () => {
    const model = { neurons: 6, rank: 2, leak: 0.5 }
    const initial = new Float64Array(5)
    const size = autonomousLayout(model).reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0)
    await expect(autonomousKernelTrainer({ model, task: delay, initial, optimizer: sgd })).rejects.toThrow(
      `5 parameters for a network with ${size}`,
    )
  })
})
