import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { latentPortrait } from '../../src/dynamics/latent-ghost.js'
import { type FlowSkeleton, flowSkeleton } from '../../src/dynamics/scalar-flow.js'
import { type RankOneParameters, rankOneViews } from '../../src/models/rank-one.js'
import { createTrainer } from '../../src/training/create-trainer.js'

/** A second implementation: the flow as the formula has it, its extrema by the signs of its slope on a grid. */
function gridSkeleton({ m, n, b }: RankOneParameters, points: number): FlowSkeleton {
  const flow = (x: number) => {
    let [value, slope] = [-x, -1]
    for (let i = 0; i < m.length; i++) {
      const h = Math.tanh(m[i]! * x + b[i]!)
      value += n[i]! * h
      slope += n[i]! * m[i]! * (1 - h * h)
    }
    return { flow: value, slope }
  }
  return flowSkeleton(flow, { from: -15, to: 15, points })
}

/** Where an extremum is only just there, F' fixes its place no better than its rounding over F''. */
function expectSame(parameters: RankOneParameters, points: number): void {
  const { start, fixedPoints, slowPoints, ghost, certain } = latentPortrait(parameters, 0.5)
  const expected = gridSkeleton(parameters, points)
  expect(certain).toBe(true)
  expect(fixedPoints.map(({ stable }) => stable)).toEqual(expected.fixedPoints.map(({ stable }) => stable))
  fixedPoints.forEach(({ x }, i) => {
    expect(Math.abs(x - expected.fixedPoints[i]!.x)).toBeLessThan(1e-9)
  })
  expect(slowPoints).toHaveLength(expected.slowPoints.length)
  const slowest = expected.slowPoints
    .filter(({ x, flow }) => flow > 0 && start < x && x < 1)
    .sort((one, other) => one.flow - other.flow)[0]
  expect(ghost === undefined).toBe(slowest === undefined)
  if (ghost === undefined || slowest === undefined) return
  const tolerance = 1e-9 + 1e-13 / ghost.curvature
  expect(Math.abs(ghost.kappa - slowest.x)).toBeLessThan(tolerance)
  expect(Math.abs(ghost.speed - slowest.flow)).toBeLessThan(1e-9)
}

/** Compares at every epoch of an interval. */
async function compareEveryEpoch(rate: number, from: number, to: number, seed = 40): Promise<Set<number>> {
  const model = { kind: 'rank-one', neurons: 100, leak: 0.5 } as const
  const trainer = await createTrainer({
    model,
    task: { kind: 'delayed-activation' },
    optimizer: { kind: 'sgd', rate },
    seed,
    epochs: to,
  })
  trainer.advance(from)
  const counts = new Set<number>()
  while (trainer.epoch < to) {
    const parameters = rankOneViews(model, trainer.snapshot().parameters)
    expectSame(parameters, 301)
    counts.add(latentPortrait(parameters, 0.5).fixedPoints.length)
    trainer.advance(1)
  }
  return counts
}

describe('the portrait of a latent flow is that of a grid', () => {
  it('at every epoch of a fast training around its fall and its collapse into three fixed points', async () => {
    expect(await compareEveryEpoch(0.02, 5000, 5250)).toEqual(new Set([1, 3]))
  })

  it('at every epoch of a slow training around its first ghost', async () => {
    expect(await compareEveryEpoch(0.003, 33_900, 34_150)).toEqual(new Set([1]))
  })

  it('of networks with steep neurons', () => {
    const neuron = fc.record({
      m: fc.double({ min: -8, max: 8, noNaN: true }),
      n: fc.double({ min: -2, max: 2, noNaN: true }),
      b: fc.double({ min: -8, max: 8, noNaN: true }),
    })
    fc.assert(
      fc.property(fc.array(neuron, { minLength: 1, maxLength: 6 }), neurons => {
        const [m, n, b] = (['m', 'n', 'b'] as const).map(name => Float64Array.from(neurons, at => at[name]))
        expectSame({ m: m!, n: n!, b: b! }, 6001)
      }),
    )
  })
})

describe('the portrait of a latent flow misses nothing', () => {
  /** −κ + a bump, 0.02 wide, between two points of a grid of 301. */
  const narrow = {
    m: Float64Array.of(200, 200),
    n: Float64Array.of(0.5, -0.5),
    b: Float64Array.of(-200 * 0.54, -200 * 0.56),
  }

  it('where a grid is too coarse', () => {
    expect(gridSkeleton(narrow, 301).fixedPoints).toHaveLength(1)
    expect(latentPortrait(narrow, 0.5)).toMatchObject({ fixedPoints: { length: 3 }, certain: true })
    expectSame(narrow, 30_001)
  })

  it('and says so where two extrema or two fixed points meet', () => {
    // −κ + tanh κ: a triple zero at 0.
    const cubic = { m: Float64Array.of(1), n: Float64Array.of(1), b: Float64Array.of(0) }
    expect(latentPortrait(cubic, 0.5).certain).toBe(false)
    // F = F' = 0 where 6(1 − tanh²) = 1.
    const b = 6 * Math.sqrt(5 / 6) - Math.atanh(Math.sqrt(5 / 6))
    const saddleNode = (lift: number) =>
      latentPortrait({ m: Float64Array.of(3), n: Float64Array.of(2), b: Float64Array.of(b + lift) }, 0.5)
    expect(saddleNode(0).certain).toBe(false)
    expect(saddleNode(1e-9).certain).toBe(true)
    expect(saddleNode(-1e-9).certain).toBe(true)
  })

  it('and throws at parameters that are not finite', () => {
    const one = Float64Array.of(1, 1)
    for (const broken of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const other = Float64Array.of(1, broken)
      for (const parameters of [
        { m: other, n: one, b: one },
        { m: one, n: other, b: one },
        { m: one, n: one, b: other },
      ]) {
        expect(() => latentPortrait(parameters, 0.5)).toThrow(/not finite/)
      }
    }
  })

  it('of neurons that are steps', () => {
    // −κ + sign(κ − ½) + sign(κ + ½), but for 1e-3 around the steps.
    const steps = {
      m: Float64Array.of(1e4, 1e4),
      n: Float64Array.of(1, 1),
      b: Float64Array.of(-5e3, 5e3),
    }
    const { fixedPoints, certain } = latentPortrait(steps, 0.5)
    const expected = [-2, -0.5, 0, 0.5, 2].map(x => expect.closeTo(x, 3))
    expect(fixedPoints.map(({ x }) => x)).toEqual(expected)
    expect(certain).toBe(true)
  })
})
