import { describe, expect, it } from 'vitest'
import { publishedToy, simulateToy, toyLossGradient } from '../../src/models/toy.js'
import { readFixture } from '../read-fixture.js'

type Row = [
  relative: number,
  r: number,
  lossAfter: number,
  lossBefore: number,
  switchedOn: number | null,
  x: number,
]
const { euler } = readFixture<{ euler: Record<'a=0.1' | 'a=1', Row[]> }>('toy.json')

describe('the simulated toy', () => {
  it.each([
    ['a=0.1', 0.1],
    ['a=1', 1],
  ] as const)(
    'has the loss, switching time and final state of an independent program at %s',
    (key, confidence) => {
      for (const [, r, loss, , switchedOn, finalState] of euler[key]) {
        const trial = simulateToy(r, { ...publishedToy, confidence })
        expect(trial.loss).toBeCloseTo(loss, 9)
        expect(trial.finalState).toBeCloseTo(finalState, 9)
        if (switchedOn === null) expect(trial.switchedOn).toBeUndefined()
        else expect(trial.switchedOn).toBeCloseTo(switchedOn, 9)
      }
      expect(euler[key].length).toBeGreaterThan(15)
    },
  )

  it('refuses a parameter that is not finite', () => {
    expect(() => simulateToy(Number.NaN, { ...publishedToy, confidence: 1 })).toThrow(
      'r must be finite, got NaN',
    )
  })
})

describe('the gradient of the simulated toy', () => {
  it.each([0.01, 0.1, 0.5, 1])(
    'is the slope of the simulated loss in the no-learning zone at a = %s',
    confidence => {
      const simulation = { ...publishedToy, confidence }
      const optimum = (Math.PI / 200) ** 2
      for (const share of [-1, -0.3, 0, 0.1, 0.2]) {
        const [r, step] = [share * optimum, 1e-3 * optimum]
        const slope =
          (simulateToy(r + step, simulation).loss - simulateToy(r - step, simulation).loss) / (2 * step)
        const gradient = toyLossGradient(r, simulation)
        // Differences of losses of about 1 are known to 1e-16 over the step.
        expect(Math.abs(gradient - slope)).toBeLessThan(1e-3 * Math.abs(slope) + 1e-15 / step)
      }
    },
  )

  it('is that of the state at rest, where trials come to rest early', () => {
    for (const [speed, confidence] of [
      [0.2, 0.5],
      [0.5, 1],
      [1, 3],
    ] as const) {
      const output = 1 / (1 + Math.exp(confidence * (10 + speed)))
      const expected = (confidence / speed) * output * (1 - output) * (2 * output - 1)
      const gradient = toyLossGradient(-speed * speed, { ...publishedToy, confidence })
      expect(gradient / expected).toBeCloseTo(1, 3)
    }
  })

  it('needs a finite r', () => {
    expect(() => toyLossGradient(Number.NaN, { ...publishedToy, confidence: 1 })).toThrow(
      'r must be finite, got NaN',
    )
  })
})
