import { describe, expect, it } from 'vitest'
import { publishedToy, simulateToy } from '../../src/models/toy.js'
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
