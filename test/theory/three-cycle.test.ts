import { describe, expect, it } from 'vitest'
import { criticalLearningRate } from '../../src/theory/critical-rate.js'
import { threeCycle } from '../../src/theory/three-cycle.js'
import { countLost, descend, descentStep, spreadStarts } from './descent.js'

const delay = 100
const best = Math.PI ** 2 / (4 * delay ** 2)
/** Learning rate on the un-normalised loss that gives the relative step k. */
const rateOf = (k: number) => (k * Math.PI ** 4) / (8 * delay ** 5)

describe('the 3-cycle', () => {
  it('comes back to itself after one step up and two down of simulated descent', () => {
    for (const response of [50, 100, 400]) {
      for (const k of [0.31, 0.4, 0.5, 0.6, 0.7, 0.77]) {
        const cycle = threeCycle(rateOf(k), { delay, response }, 'un-normalised')!
        const path = descend({ delay, response, learningRate: rateOf(k) }, cycle.lowest, 3)
        expect(path[1]! / cycle.highest).toBeCloseTo(1, 12)
        expect(path[2]! / cycle.middle).toBeCloseTo(1, 12)
        expect(path[3]! / cycle.lowest).toBeCloseTo(1, 12)
      }
    }
  })

  it('shrinks a small deviation to −0.2943 of itself in a round', () => {
    const learningRate = rateOf(0.5)
    const cycle = threeCycle(learningRate, { delay }, 'un-normalised')!
    const deviation = 1e-6 * best
    const path = descend({ delay, response: 100, learningRate }, cycle.lowest + deviation, 3)
    expect((path[3]! - cycle.lowest) / deviation).toBeCloseTo(-0.2943, 4)
  })

  it('catches descent from every one of a hundred starts between half the critical rate and the critical rate', () => {
    for (const ratio of [0.5, 0.7, 0.9, 1]) {
      const learningRate = ratio * criticalLearningRate({ delay }, 'un-normalised')
      const cycle = threeCycle(learningRate, { delay }, 'un-normalised')!
      const points = [cycle.lowest, cycle.middle, cycle.highest]
      for (const start of spreadStarts(best, 10 * best, 100)) {
        const late = descend({ delay, response: 100, learningRate }, start, 5000).subarray(-3).sort()
        for (let i = 0; i < 3; i++) expect(late[i]! / points[i]!).toBeCloseTo(1, 10)
      }
    }
  })

  it('is there for relative steps from 0.3077 to 0.7718 and no others', () => {
    for (const [k, exists] of [
      [0.3076, false],
      [0.3078, true],
      [0.7717, true],
      [0.7719, false],
    ] as const) {
      expect(threeCycle(rateOf(k), { delay }, 'un-normalised') !== undefined).toBe(exists)
    }
  })

  it('is there exactly where simulated descent can repeat with period three', () => {
    for (let k = 0.25; k < 0.95; k += 0.01) {
      const step = descentStep({ delay, response: 400, learningRate: rateOf(k) })
      const repeats = spreadStarts(0.3 * best, 3 * best, 40).some(start => {
        let r = start
        for (let epoch = 0; epoch < 3000; epoch++) r = step(r)
        return Math.abs(step(step(step(r))) / r - 1) < 1e-9
      })
      expect(threeCycle(rateOf(k), { delay, response: 400 }, 'un-normalised') !== undefined).toBe(repeats)
    }
  })

  it('shelters some starts above the critical rate for a short response window, until it ends', () => {
    const response = 50
    const starts = spreadStarts(best, 10 * best, 200)
    const critical = criticalLearningRate({ delay, response }, 'un-normalised')
    for (const [ratio, sheltered] of [
      [1.38, true],
      [1.4, false],
    ] as const) {
      const learningRate = ratio * critical
      expect(threeCycle(learningRate, { delay, response }, 'un-normalised') !== undefined).toBe(sheltered)
      expect(countLost({ delay, response, learningRate }, starts, 5000) < starts.length).toBe(sheltered)
    }
  })

  it('is gone when its lowest point lies in the no-learning zone', () => {
    expect(threeCycle(rateOf(0.4), { delay, response: 50 }, 'un-normalised')).toBeDefined()
    expect(threeCycle(rateOf(0.4), { delay, response: 10 }, 'un-normalised')).toBeUndefined()
  })

  it('is the same for the normalised loss at T times the learning rate', () => {
    const cycle = threeCycle(rateOf(0.5), { delay }, 'un-normalised')!
    const normalised = threeCycle(rateOf(0.5) * delay, { delay }, 'normalised')!
    expect(normalised.lowest / cycle.lowest).toBeCloseTo(1, 13)
  })

  it('is refused for numbers out of range', () => {
    expect(() => threeCycle(Number.NaN, { delay }, 'normalised')).toThrow(
      'threeCycle: learningRate must be positive and finite, got NaN',
    )
  })
})
