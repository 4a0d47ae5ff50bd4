import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { autonomousLayout } from '../../src/models/autonomous.js'
import { drivenLayout } from '../../src/models/driven.js'
import { totalSize } from '../../src/models/parameters.js'
import { initialiseRankOne, rankOneLayout } from '../../src/models/rank-one.js'
import { TorchGenerator } from '../../src/numerics/torch-generator.js'
import { cueDiscrimination } from '../../src/tasks/cue-discrimination.js'
import { delayedActivation } from '../../src/tasks/delayed-activation.js'
import { autonomousReference } from '../../src/training/autonomous-reference.js'
import type { Conditions } from '../../src/training/conditions.js'
import { noiseSource } from '../../src/training/disturbance.js'
import { drivenReference } from '../../src/training/driven-reference.js'
import { adamUpdate, sgdUpdate, zeroMoments } from '../../src/training/optimizer.js'
import { rankOneReference } from '../../src/training/rank-one-reference.js'
import { type ReferenceTrainerOptions, referenceTrainer } from '../../src/training/reference-trainer.js'
import type { Stretch, Trainer } from '../../src/training/trainer.js'
import { autonomousCases, drivenCases } from './network-cases.js'

const sizes = { neurons: 6, steps: 6, trials: 3 }
const columns = ['loss', 'gradientNorm', 'accuracy'] as const

/** What makes a trainer of a random network: driven with noise, autonomous, or rank-one with c fixed or trained. */
const networks: fc.Arbitrary<Omit<ReferenceTrainerOptions, 'optimizer'>> = fc.oneof(
  drivenCases(sizes).map(({ model, task, parameters, seed }) => ({
    objectiveAt: () => drivenReference(model, task, noiseSource(model, task.steps, seed)),
    layout: drivenLayout(model),
    task,
    initial: parameters,
  })),
  autonomousCases(sizes).map(({ model, task, parameters }) => ({
    objectiveAt: () => autonomousReference(model, task),
    layout: autonomousLayout(model),
    task,
    initial: parameters,
  })),
  fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 1e6 })).map(([trainConfidence, seed]) => {
    const model = { neurons: 5, leak: 0.5, trainConfidence }
    const task = delayedActivation({ delay: 4 })
    return {
      objectiveAt: (c: number) => rankOneReference(model, task, c),
      layout: rankOneLayout(model),
      task,
      initial: initialiseRankOne(model, new TorchGenerator(seed), 3),
      confidence: 3,
    }
  }),
)

const optimizers = fc.record({
  kind: fc.constantFrom('sgd' as const, 'adam' as const),
  rate: fc.double({ min: 0.01, max: 0.5, noNaN: true }),
})

function joined(...stretches: readonly Stretch[]): Record<string, number[]> {
  return Object.fromEntries(columns.map(name => [name, stretches.flatMap(stretch => [...stretch[name]])]))
}

const model = { neurons: 4, rank: 2, leak: 0.5 } as const
const task = delayedActivation({ delay: 3 })
const initial = new TorchGenerator(5).normal64(4 * 2 * 2 + 9)

function autonomousTrainer(
  conditions: Pick<ReferenceTrainerOptions, 'optimizer' | 'readOutNorm'>,
  start = initial,
): Trainer {
  const objectiveAt = () => autonomousReference(model, task)
  return referenceTrainer({
    objectiveAt,
    layout: autonomousLayout(model),
    task,
    initial: start,
    ...conditions,
  })
}

function rankOneTrainer(trainConfidence: boolean, optimizer: Conditions['optimizer']): Trainer {
  const network = { neurons: 10, leak: 0.5, trainConfidence }
  return referenceTrainer({
    objectiveAt: c => rankOneReference(network, task, c),
    layout: rankOneLayout(network),
    task,
    initial: initialiseRankOne(network, new TorchGenerator(2), 10),
    optimizer,
    confidence: 10,
  })
}

describe('a training in float64', () => {
  it('that is interrupted and resumed equals one that is not, for every network and optimiser', () => {
    const piece = fc.integer({ min: 0, max: 12 })
    fc.assert(
      fc.property(networks, optimizers, optimizers, piece, piece, (network, first, second, before, after) => {
        const start = () => referenceTrainer({ ...network, optimizer: first })
        const [whole, pieces, resumed] = [start(), start(), start()]
        const uncut = [whole.advance(before + after)]
        whole.change({ optimizer: second })
        uncut.push(whole.advance(after))

        const head = pieces.advance(before)
        const snapshot = structuredClone(pieces.snapshot())
        resumed.change({ optimizer: second })
        resumed.advance(3)
        resumed.restore(snapshot)
        const tail = [resumed.advance(after)]
        resumed.change({ optimizer: second })
        tail.push(resumed.advance(after))

        expect(joined(head, ...tail)).toEqual(joined(...uncut))
        expect(resumed.snapshot()).toEqual(whole.snapshot())
      }),
      { numRuns: 100 },
    )
  })

  it.each(['sgd', 'adam'] as const)('applies the updates of %s to the gradient of each epoch', kind => {
    const levels = { neurons: 3, rank: 'full', leak: 0.7, initialNoise: 0.5, noise: 0.2 } as const
    const task = cueDiscrimination({ cue: 1, delay: 2, reaction: 2, trialsPerClass: 1 })
    const parameters = new TorchGenerator(4).normal64(totalSize(drivenLayout(levels)))
    const objective = () => drivenReference(levels, task, noiseSource(levels, task.steps, 8))
    const trainer = referenceTrainer({
      objectiveAt: objective,
      layout: drivenLayout(levels),
      task,
      initial: parameters,
      optimizer: { kind, rate: 0.1 },
    })
    const stretch = trainer.advance(5)
    const [byHand, gradient, moments] = [
      parameters.slice(),
      parameters.slice(),
      zeroMoments(parameters.length),
    ]
    const reference = objective()
    for (let epoch = 0; epoch < 5; epoch++) {
      expect(stretch.loss[epoch]).toBe(reference.evaluate(byHand, gradient, epoch).loss)
      if (kind === 'sgd') sgdUpdate(byHand, gradient, 0.1)
      else adamUpdate(byHand, gradient, 0.1, moments, epoch)
    }
    expect(trainer.snapshot().parameters).toEqual(byHand)
  })

  it('draws new noise in every epoch, and the same for the same seed', () => {
    const levels = { neurons: 4, rank: 1, leak: 0.5, initialNoise: 0.3, noise: 0.1 } as const
    const task = cueDiscrimination({ cue: 1, delay: 2, reaction: 2, trialsPerClass: 1 })
    const lossesOf = (seed: number) =>
      referenceTrainer({
        objectiveAt: () => drivenReference(levels, task, noiseSource(levels, task.steps, seed)),
        layout: drivenLayout(levels),
        task,
        initial: new Float64Array(totalSize(drivenLayout(levels))).fill(0.5),
        optimizer: { kind: 'sgd', rate: 1e-300 },
      }).advance(3).loss
    const losses = lossesOf(1)
    expect(lossesOf(1)).toEqual(losses)
    expect(new Set([...losses, ...lossesOf(2)]).size).toBe(6)
  })

  it('keeps its moments through a change of rate, and drops them with the kind of optimiser', () => {
    const trainer = autonomousTrainer({ optimizer: { kind: 'adam', rate: 0.1 } })
    trainer.advance(4)
    const moments = trainer.snapshot().adam
    expect(moments?.updates).toBe(4)
    trainer.change({ optimizer: { kind: 'adam', rate: 0.2 } })
    expect(trainer.snapshot().adam).toEqual(moments)
    trainer.change({ optimizer: { kind: 'sgd', rate: 0.2 } })
    expect(trainer.snapshot().adam).toBeUndefined()
    trainer.change({ optimizer: { kind: 'adam', rate: 0.1 } })
    expect(trainer.snapshot().adam).toEqual({ updates: 0, ...zeroMoments(initial.length) })
  })

  it('rescales weights and bias of its read-out before each pass, outside the gradient', () => {
    const free = autonomousTrainer({ optimizer: { kind: 'sgd', rate: 0.1 } })
    const limited = autonomousTrainer({ optimizer: { kind: 'sgd', rate: 0.1 }, readOutNorm: 0.5 })
    const reference = autonomousReference(model, task)
    const [scaled, gradient] = [initial.slice(), initial.slice()]
    const weights = initial.slice(-5, -1).reduce((sum, weight) => sum + Math.abs(weight), 0)
    for (let i = scaled.length - 5; i < scaled.length; i++) scaled[i] = scaled[i]! * (0.5 / weights)
    const { loss } = reference.evaluate(scaled, gradient)
    expect(limited.advance(1).loss[0]).toBeCloseTo(loss, 14)
    const { parameters } = limited.snapshot()
    parameters.forEach((value, i) => {
      expect(value).toBeCloseTo(scaled[i]! - 0.1 * gradient[i]!, 14)
    })
    expect(free.advance(1).loss[0]).not.toBeCloseTo(loss, 3)
    limited.change({ readOutNorm: undefined })
    const now = limited.snapshot().parameters
    expect(limited.advance(1).loss[0]).toBe(reference.evaluate(now, gradient).loss)
  })

  it('goes on at another confidence from the same state', () => {
    const trainer = rankOneTrainer(false, { kind: 'sgd', rate: 0.01 })
    trainer.advance(5)
    const snapshot = trainer.snapshot()
    for (const c of [0.1, 1, 10]) {
      trainer.restore(snapshot)
      trainer.change({ confidence: c })
      expect(trainer.conditions.confidence).toBe(c)
      const reference = rankOneReference({ neurons: 10, leak: 0.5 }, task, c)
      const { loss } = reference.evaluate(snapshot.parameters, new Float64Array(30))
      expect(trainer.advance(1).loss[0]).toBe(loss)
    }
    trainer.restore(snapshot)
    expect(trainer.conditions.confidence).toBe(10)
  })

  it('trains the confidence as a parameter, and can set it', () => {
    const trainer = rankOneTrainer(true, { kind: 'adam', rate: 0.01 })
    expect([...trainer.parameters.c!.data]).toEqual([10])
    trainer.advance(10)
    const moments = trainer.snapshot().adam
    expect(trainer.parameters.c!.data[0]).not.toBe(10)
    trainer.change({ confidence: 1 })
    expect([...trainer.parameters.c!.data]).toEqual([1])
    expect(trainer.snapshot().adam).toEqual(moments)
    expect(trainer.conditions.confidence).toBeUndefined()
    trainer.advance(1)
    expect(Math.abs(trainer.parameters.c!.data[0]! - 1)).toBeGreaterThan(0)
  })

  it('stops before the update of the epoch that diverges', () => {
    const start = initial.slice()
    start[0] = Number.NaN
    const trainer = autonomousTrainer({ optimizer: { kind: 'adam', rate: 0.1 } }, start)
    expect(trainer.advance(3).loss).toHaveLength(0)
    expect(trainer.divergedAt).toBe(0)
    expect(trainer.snapshot().parameters).toEqual(start)
    const silent = autonomousTrainer(
      { optimizer: { kind: 'sgd', rate: 0.1 }, readOutNorm: 1 },
      new Float64Array(initial.length),
    )
    silent.advance(2)
    expect(silent.divergedAt).toBe(0)
  })

  it('refuses changes that make no sense by name, and stays as it was', () => {
    const trainer = autonomousTrainer({ optimizer: { kind: 'sgd', rate: 0.1 } })
    const before = trainer.snapshot()
    const refused: [Partial<Conditions>, string][] = [
      [{ optimizer: { kind: 'sgd', rate: 0 } }, 'trainer: rate must be positive and finite, got 0'],
      [{ confidence: 3 }, 'trainer: confidence: only a rank-one network has one'],
      [{ readOutNorm: Number.NaN }, 'trainer: readOutNorm must be positive and finite, got NaN'],
    ]
    for (const [changes, message] of refused) expect(() => trainer.change(changes)).toThrow(message)
    const rankOne = rankOneTrainer(true, { kind: 'sgd', rate: 0.1 })
    expect(() => rankOne.change({ readOutNorm: 1 })).toThrow('a rank-one network has no read-out weights')
    expect(() => rankOne.change({ confidence: -1 })).toThrow('confidence must be positive and finite, got -1')
    expect(() => trainer.restore(rankOne.snapshot())).toThrow('31 parameters for a network with 25')
    expect(trainer.snapshot()).toEqual(before)
    expect(() => autonomousTrainer({ optimizer: { kind: 'sgd', rate: -1 } })).toThrow(RangeError)
  })
})
