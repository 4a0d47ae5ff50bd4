import { describe, expect, it } from 'vitest'
import { portraitAt } from '../../src/dynamics/latent-life.js'
import { isSaddleNode } from '../../src/experiments/figure-3/collapse-flow.js'
import { trainFastSeed } from '../../src/experiments/figure-3/fast-seeds.js'
import { joinGroups, seedParts } from '../../src/experiments/figure-3/seeds.js'
import { fastSeedSettings, seedCounts, slowSeedSettings } from '../../src/experiments/figure-3/settings.js'
import { trainSlowSeed } from '../../src/experiments/figure-3/slow-seeds.js'
import { createTrainer } from '../../src/training/create-trainer.js'
import { train } from '../../src/training/train.js'

describe('seed 1 at the slow rate, looked at every 100 epochs and closely around its falls', () => {
  const settings = slowSeedSettings(1)
  const described = trainSlowSeed(1, 'quick')

  it('falls when a plain training does, and is trained until twice the second fall', async () => {
    const { firstFall, secondFall, epochs } = await described
    const { events } = await train({ ...settings, epochs })
    expect({ firstFall, secondFall }).toEqual({ firstFall: events.firstFall, secondFall: events.secondFall })
    expect(epochs).toBeGreaterThanOrEqual(2 * secondFall!)
    expect(epochs).toBeLessThan(2 * secondFall! + 100)
  })

  it('has its first ghost, and its fixed point passes the threshold, when single looks say so', async () => {
    const { firstFall, firstGhost, opening, firstBifurcation, fixedPoints } = await described
    const trainer = await createTrainer(settings)
    trainer.advance(firstFall! - 500)
    let [ghost, passed]: (number | undefined)[] = []
    while (ghost === undefined && trainer.epoch < firstFall! + 1000) {
      const portrait = portraitAt(trainer.snapshot(), settings.model)
      if (portrait.ghost !== undefined) ghost = trainer.epoch
      expect(portrait.fixedPoints.length).toBe(1)
      if (portrait.fixedPoints[0]!.x > 1) passed ??= trainer.epoch
      trainer.advance(1)
    }
    expect(firstGhost).toBe(ghost)
    expect(opening).toBe(passed)
    expect(firstBifurcation).toBeUndefined()
    expect(fixedPoints).toEqual([1])
  })
})

describe('a seed at the fast rate', () => {
  it('collapses when a plain training does, with the gradient that it ends with', async () => {
    const seed = await trainFastSeed(9)
    const { events, history } = await train({ ...fastSeedSettings(9), epochs: seed.epochs })
    expect(seed.firstFall).toBe(events.firstFall)
    expect(seed.collapse).toBe(events.collapse)
    expect(seed.epochs).toBe(2 * events.firstFall!)
    expect(seed.finalGradient).toBeCloseTo(history.gradientNorm.at(-1)! / history.gradientNorm[0]!, 12)
    expect(seed.fixedPoints?.counts).toHaveLength(11)
  })
})

describe('a saddle-node bifurcation', () => {
  it.each([
    [[1, 1, 1, 3], true],
    [[1, 1, 3, 3], true],
    [[1, 1, 1, 1], false],
    [[3, 3, 3, 3], false],
    [[1, 3, 3, 1], false],
    [[1, 5, 3, 3], false],
  ])('is seen, or not, in %j fixed points', (counts, seen) => {
    expect(isSaddleNode({ counts, end: 3 })).toBe(seen)
  })
})

describe('the groups of seeds', () => {
  it('are parts of their own, and join in the order of their seeds', async () => {
    expect(new Set(seedParts.map(({ name }) => name)).size).toBe(8)
    for (const { slow, fast } of Object.values(seedCounts)) {
      expect(slow).toBeGreaterThanOrEqual(8)
      expect(fast).toBeGreaterThanOrEqual(20)
    }
    const seed = await trainFastSeed(1)
    const groups = [5, 0, 3].map(number => ({ slow: [], fast: [{ ...seed, seed: number }] }))
    expect(joinGroups(groups).fast.map(fast => fast.seed)).toEqual([0, 3, 5])
  })
})
