import { describe, expect, it } from 'vitest'
import { followSlowPoints, linkNearest, type SlowPointFinder } from '../../src/dynamics/follow-slow-points.js'
import { latentPortrait } from '../../src/dynamics/latent-ghost.js'
import { latentNetworkFlow, rankOneWeights } from '../../src/dynamics/network-flow.js'
import { initialKappa, rankOneViews } from '../../src/models/rank-one.js'
import { spectrum } from '../../src/numerics/linear-algebra.js'
import { createTrainer } from '../../src/training/create-trainer.js'
import type { Snapshot } from '../../src/training/trainer.js'

const model = { kind: 'rank-one', neurons: 100, leak: 0.5 } as const
const trainerAt = async (epoch: number) => {
  const trainer = await createTrainer({
    model,
    task: { kind: 'delayed-activation' },
    optimizer: { kind: 'sgd', rate: 0.003 },
    seed: 40,
    epochs: 60_000,
  })
  trainer.advance(epoch)
  return trainer
}
const parametersOf = (snapshot: Snapshot) => rankOneViews(model, snapshot.parameters)
const flowOf = (snapshot: Snapshot) => latentNetworkFlow(rankOneWeights(parametersOf(snapshot), model.leak))
const starts = (snapshot: Snapshot) =>
  [initialKappa(parametersOf(snapshot)), -1, 0, 1, 4].map(kappa => Float64Array.of(kappa))

/** Finds what a test says is there, one list of positions a look. */
function findsInTurn(looks: readonly (readonly number[])[]): SlowPointFinder {
  let look = 0
  return () => {
    const points = looks[look++]!.map(x => ({
      kind: 'slow' as const,
      reason: 'made up',
      position: Float64Array.of(x),
      speed: 1,
      energy: 0.5,
      gradientNorm: 0,
      spectrum: spectrum(Float64Array.of(-1), 1),
      stable: true,
      index: 0,
      canonicalForm: undefined,
      nearestStart: 0,
      starts: 1,
    }))
    return { points, rejected: [] }
  }
}

describe('links between positions', () => {
  const at = (...values: number[]) => values.map(value => Float64Array.of(value))

  it('join the closest pair first, each at most once', () => {
    expect(linkNearest(at(0, 10), at(1, 2, 9.5), 100)).toEqual([0, undefined, 1])
    expect(linkNearest(at(0, 1), at(0.9), 100)).toEqual([1])
  })

  it('join nothing beyond reach', () => {
    expect(linkNearest(at(0, 10), at(2, 10.5), 1)).toEqual([undefined, 1])
  })
})

describe('slow points followed through training', () => {
  it('keep their identity, appear, and vanish', async () => {
    const trainer = await trainerAt(0)
    const find = findsInTurn([
      [0, 5],
      [0.2, 1.5, 5],
      [1.4, 5.1],
    ])
    const { lives, epochs } = await followSlowPoints(trainer, {
      epochs: [0, 10, 20],
      flowOf,
      starts,
      find,
      reach: 1,
    })
    const positions = lives.map(({ sights }) => sights.map(({ point }) => point.position[0]))
    expect(epochs).toEqual([0, 10, 20])
    expect(positions).toEqual([
      [0, 0.2],
      [5, 5, 5.1],
      [1.5, 1.4],
    ])
    expect(lives.map(({ fromStart, toEnd }) => [fromStart, toEnd])).toEqual([
      [true, false],
      [true, true],
      [false, true],
    ])
    expect(lives[2]!.sights.map(({ epoch }) => epoch)).toEqual([10, 20])
  })

  it('are searched from the starts and from where the last look found points', async () => {
    const seen: number[][] = []
    const inTurn = findsInTurn([[7], [8]])
    const trainer = await trainerAt(0)
    await followSlowPoints(trainer, {
      epochs: [0, 5],
      flowOf,
      starts: () => [Float64Array.of(1)],
      find: (flow, from) => {
        seen.push(from.map(start => start[0]!))
        return inTurn(flow, from)
      },
    })
    expect(seen).toEqual([[1], [1, 7]])
  })

  it('are the fixed point and the ghost of the latent flow, from the ghost’s first epochs on', async () => {
    const trainer = await trainerAt(33_900)
    const epochs = Array.from({ length: 21 }, (_, i) => 33_900 + 10 * i)
    const portraits = new Map<number, ReturnType<typeof latentPortrait>>()
    const { lives } = await followSlowPoints(trainer, {
      epochs,
      flowOf: snapshot => {
        portraits.set(snapshot.epoch, latentPortrait(parametersOf(snapshot), model.leak))
        return flowOf(snapshot)
      },
      starts,
    })
    const fixed = lives.filter(({ sights }) => sights.every(({ point }) => point.kind === 'fixed point'))
    expect(fixed).toHaveLength(1)
    expect(fixed[0]).toMatchObject({ fromStart: true, toEnd: true })
    const ghosts = lives.filter(({ sights }) => sights.some(({ point }) => point.kind === 'ghost'))
    expect(ghosts).toHaveLength(1)
    expect(ghosts[0]).toMatchObject({ fromStart: false, toEnd: true })
    for (const { epoch, point } of ghosts[0]!.sights) {
      const slow = portraits.get(epoch)!.slowPoints
      expect(slow.map(({ x }) => x)).toEqual([expect.closeTo(point.position[0]!, 6)])
      expect(slow[0]!.flow).toBeCloseTo(point.speed, 8)
    }
  })

  it('need epochs that ascend from the trainer’s', async () => {
    const trainer = await trainerAt(10)
    const follow = followSlowPoints(trainer, { epochs: [5], flowOf, starts, find: findsInTurn([[0]]) })
    await expect(follow).rejects.toThrow(/ascend/)
  })
})
