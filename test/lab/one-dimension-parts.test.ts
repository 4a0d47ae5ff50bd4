import { describe, expect, it } from 'vitest'
import { eventsIn } from '../../lab/rooms/one-dimension/path.js'
import { fromRoot, rootAxis, toRoot } from '../../lab/rooms/one-dimension/root-axis.js'
import { createRun, drawnStart, rateLimits } from '../../lab/rooms/one-dimension/run.js'
import { countLost } from '../../lab/work/rate-outcomes.js'
import { simulatedLandscape, ToyPath } from '../../lab/work/toy-path.js'
import {
  criticalLearningRate,
  descendToy,
  entersZone,
  lossFloor,
  optimum,
  publishedToy,
  simulateToy,
  zoneEdge,
} from '../../src/index.js'
import { toyLossGradient } from '../../src/models/toy.js'

const times = { delay: 100, response: 100 }
const best = optimum(100)

/** A whole descent, taken in pieces of a size that divides nothing. */
function taken(task: ConstructorParameters<typeof ToyPath>[0]) {
  const path = new ToyPath(task)
  const r: number[] = []
  const loss: number[] = []
  const gradient: number[] = []
  while (!path.ended) {
    const stretch = path.take(7)
    expect(stretch.from).toBe(r.length)
    r.push(...stretch.r)
    loss.push(...stretch.loss)
    gradient.push(...stretch.gradient)
  }
  return { r, loss, gradient }
}

describe('a descent of the toy in pieces', () => {
  it('is that of descendToy at infinite confidence, for both losses', () => {
    for (const normalisation of ['un-normalised', 'normalised'] as const) {
      const rate = 0.3 * criticalLearningRate(times, normalisation)
      const task = { delay: 100, normalisation, rate, start: 4 * best, confidence: Infinity, epochs: 500 }
      const { r, loss } = taken(task)
      expect(r).toEqual([...descendToy({ times, normalisation, rate }, 4 * best, 500)])
      const scale = normalisation === 'normalised' ? 1 : 100
      // |T − t*|/T = |1 − √(r*/r)|
      for (const [i, at] of r.entries()) {
        expect(loss[i]! / scale).toBeCloseTo(Math.abs(1 - Math.sqrt(best / at)), 12)
      }
    }
  })

  it('has gradient 0 from the epoch on at which it is lost', () => {
    const task = { delay: 100, start: 10 * best, confidence: Infinity, epochs: 300 }
    const { r, loss, gradient } = taken({ ...task, normalisation: 'un-normalised', rate: 1e-9 })
    const lost = r.findIndex(at => at <= zoneEdge(times))
    expect(lost).toBeGreaterThan(0)
    expect(new Set(r.slice(lost)).size).toBe(1)
    expect(new Set(gradient.slice(lost))).toEqual(new Set([0]))
    expect(new Set(loss.slice(lost))).toEqual(new Set([100]))
  })

  it('follows the gradient of the simulated trial at a finite confidence', () => {
    const simulation = { ...publishedToy, confidence: 0.5 }
    const task = { delay: 100, start: 10 * best, confidence: 0.5, epochs: 90, rate: 2e-9 } as const
    const { r, loss } = taken({ ...task, normalisation: 'un-normalised' })
    expect(r).toHaveLength(91)
    for (const epoch of [0, 50, 85, 89]) {
      // T times the normalised gradient and loss.
      const next = r[epoch]! - 2e-9 * (100 * toyLossGradient(r[epoch]!, simulation))
      expect(r[epoch + 1]! / next).toBeCloseTo(1, 12)
      expect(loss[epoch]! / (100 * simulateToy(r[epoch]!, simulation).loss)).toBeCloseTo(1, 12)
    }
  })

  it('leaves the zone after 439 epochs at a confidence of 0.5 and twice the critical rate', () => {
    const simulation = { ...publishedToy, confidence: 0.5 }
    const edge = zoneEdge(times)
    const step = (r: number) => r - 2e-9 * (100 * toyLossGradient(r, simulation))
    let r = 10 * best
    while (r > edge) r = step(r)
    let inZone = 0
    for (; r <= edge; inZone++) r = step(r)
    expect(inZone).toBe(439)
  })

  it('ends where r is no longer a number', () => {
    const task = { delay: 20, start: Number.NaN, confidence: 1, epochs: 10, rate: 1 } as const
    const path = new ToyPath({ ...task, normalisation: 'normalised' })
    expect(path.ended).toBe(true)
    expect(path.take(5).r).toHaveLength(0)
  })
})

it('the simulated landscape is the loss of simulated trials', () => {
  const r = Float64Array.of(-best, 0.5 * best, best, 3 * best)
  const loss = simulatedLandscape({ delay: 100, normalisation: 'normalised', confidence: 0.1, r })
  expect([...loss]).toEqual([...r].map(at => simulateToy(at, { ...publishedToy, confidence: 0.1 }).loss))
})

describe('outcomes at many rates', () => {
  it('none of 40 starts is lost at 0.95 of the critical rate, all are at 1.05', () => {
    for (const normalisation of ['un-normalised', 'normalised'] as const) {
      const critical = criticalLearningRate(times, normalisation)
      const rates = Float64Array.of(0.02 * critical, 0.95 * critical, 1.05 * critical, 10 * critical)
      const starts = Float64Array.from({ length: 40 }, (_, i) => best * drawnStart(10, i + 1))
      expect([...countLost({ delay: 100, normalisation, rates, starts })]).toEqual([0, 0, 40, 40])
    }
  })

  it('do not change if each start is followed ten times as long', () => {
    const critical = criticalLearningRate(times, 'un-normalised')
    const starts = Float64Array.from({ length: 10 }, (_, i) => best * drawnStart(5, i + 1))
    const rates = Float64Array.of(0.5, 0.99, 1.04, 1.2, 3).map(share => share * critical)
    const lost = [...rates].map(
      rate =>
        starts.filter(start => entersZone({ times, normalisation: 'un-normalised', rate }, start, 40_000))
          .length,
    )
    expect([...countLost({ delay: 100, normalisation: 'un-normalised', rates, starts })]).toEqual(lost)
  })
})

describe('what is set', () => {
  const set = { delay: 100, rate: 1e-10, relativeStart: 10, confidence: Infinity } as const

  it('comes with what theory says of it', () => {
    const run = createRun({ ...set, normalisation: 'un-normalised' })
    expect(run.critical / ((3 * Math.PI ** 4) / (32 * 100 ** 5))).toBeCloseTo(1, 12)
    expect(run.best).toBeCloseTo(Math.PI ** 2 / 4e4, 18)
    expect(run.edge / run.best).toBeCloseTo(0.25, 14)
    expect(run.arrival).toBeCloseTo((8 * ((10 * best) ** 2.5 - best ** 2.5)) / (5 * Math.PI * 1e-10), 6)
    expect(run.floor).toBe(lossFloor(1e-10, times, 'un-normalised'))
    expect(run.horizon).toBe(3000)
    expect(createRun({ ...set, rate: 1e-9, normalisation: 'un-normalised' }).floor).toBeUndefined()
    expect(createRun({ ...set, confidence: 0.5, normalisation: 'un-normalised' }).floor).toBeUndefined()
  })

  it('keeps the rate between a fiftieth of the critical one and ten times it', () => {
    for (const normalisation of ['un-normalised', 'normalised'] as const) {
      const limits = rateLimits(times, normalisation)
      const critical = criticalLearningRate(times, normalisation)
      expect(limits.min / critical).toBeCloseTo(0.02, 4)
      expect(limits.max / critical).toBeCloseTo(10, 1)
      expect(createRun({ ...set, rate: 1, normalisation }).rate).toBe(limits.max)
      expect(createRun({ ...set, rate: 1e-300, normalisation }).rate).toBe(limits.min)
    }
  })

  it('draws starts about the one that is set, ever the same ones', () => {
    expect(drawnStart(10, 0)).toBe(10)
    const draws = Array.from({ length: 200 }, (_, i) => drawnStart(10, i + 1))
    expect(draws).toEqual(Array.from({ length: 200 }, (_, i) => drawnStart(10, i + 1)))
    const mean = draws.reduce((sum, at) => sum + at, 0) / 200
    const spread = Math.sqrt(draws.reduce((sum, at) => sum + (at - mean) ** 2, 0) / 199)
    // Figure 2d's: normal, of spread r*/10.
    expect(Math.abs(mean - 10)).toBeLessThan(0.03)
    expect(Math.abs(spread - 0.1)).toBeLessThan(0.02)
  })
})

describe('the events of a descent', () => {
  const bounds = { best: 1, edge: 0.25, start: 3 }

  it('are the first arrival, the first loss and the first escape, whatever the pieces', () => {
    const r = [3, 2, 0.9, 1.4, 0.2, 0.2, 0.24, 0.3, 0.1]
    for (const size of [1, 2, 4, 9]) {
      let found = {}
      for (let from = 0; from < r.length; from += size) {
        found = eventsIn({ from, r: Float64Array.from(r.slice(from, from + size)) }, bounds, found)
      }
      expect(found).toEqual({ arrived: 2, lost: 4, freed: 7 })
    }
  })

  it('an arrival from below is that at or above the optimum', () => {
    const r = Float64Array.of(0.5, 0.8, 1.1)
    expect(eventsIn({ from: 0, r }, { ...bounds, start: 0.5 }, {})).toEqual({ arrived: 2 })
  })
})

describe('the root scale of r/r*', () => {
  it('goes there and back on both sides of the bifurcation', () => {
    for (const relative of [-9, -0.01, 0, 0.25, 1, 10]) {
      expect(fromRoot(toRoot(relative))).toBeCloseTo(relative, 14)
    }
    expect(toRoot(4)).toBe(2)
    expect(toRoot(-4)).toBe(-2)
  })

  it('has its ticks at values of r/r*', () => {
    const { ticks, format, domain } = rootAxis(-1, 11)
    expect(domain[0]).toBe(-1)
    expect((ticks as number[]).map(format!)).toEqual(['−1', '0', '0.25', '1', '4', '10'])
  })
})
