import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Expand, isolateZeros, zeroWithin } from '../../src/dynamics/isolate-zeros.js'

/** g = Σ amplitude·sin(frequency·x + phase): all derivatives are known, and bounded by Σ |amplitude|·frequencyᵏ. */
interface Wave {
  readonly amplitude: number
  readonly frequency: number
  readonly phase: number
}

const degree = 5
const factorials = [1, 1, 2, 6, 24, 120, 720]

function expansionOf(waves: readonly Wave[], offset = 0): Expand {
  const bound = (order: number) =>
    waves.reduce((sum, { amplitude, frequency }) => sum + Math.abs(amplitude) * frequency ** order, 0)
  return (centre, radius) => ({
    coefficients: Array.from({ length: degree + 1 }, (_, k) =>
      waves.reduce(
        (sum, { amplitude, frequency, phase }) =>
          sum +
          (amplitude * frequency ** k * Math.sin(frequency * centre + phase + (k * Math.PI) / 2)) /
            factorials[k]!,
        k === 0 ? offset : 0,
      ),
    ),
    remainder: (bound(degree + 1) * radius ** (degree + 1)) / factorials[degree + 1]! + 1e-14,
    slopeRemainder: (bound(degree + 1) * radius ** degree) / factorials[degree]! + 1e-14,
  })
}

const zerosOf = (expand: Expand, ...edges: number[]) =>
  isolateZeros(expand, edges).brackets.map(bracket => zeroWithin(expand, bracket))

describe('the zeros of a function, isolated', () => {
  it('are those of the sine', () => {
    const sine = expansionOf([{ amplitude: 1, frequency: 1, phase: 0 }])
    const expected = [-3, -2, -1, 0, 1, 2, 3].map(k => expect.closeTo(k * Math.PI, 14))
    expect(zerosOf(sine, -10, 10)).toEqual(expected)
    expect(zerosOf(sine, -10, -7, -1, 0, 0.1, 4, 10)).toEqual(expected)
    expect(isolateZeros(sine, [-10, 10]).certain).toBe(true)
  })

  it('are found where they are 2e-4 apart', () => {
    // 1 − 5e-9 is reached by the sine 1e-4 on either side of π/2.
    const grazing = expansionOf([{ amplitude: 1, frequency: 1, phase: 0 }], -(1 - 5e-9))
    const zeros = zerosOf(grazing, 0, 3)
    expect(zeros).toEqual([expect.closeTo(Math.PI / 2 - 1e-4, 9), expect.closeTo(Math.PI / 2 + 1e-4, 9)])
    expect(isolateZeros(grazing, [0, 3]).certain).toBe(true)
  })

  it('are none, for certain, where the function turns back 1e-9 before zero', () => {
    const grazing = expansionOf([{ amplitude: 1, frequency: 1, phase: 0 }], -(1 + 1e-9))
    expect(isolateZeros(grazing, [0, 3])).toEqual({ brackets: [], certain: true })
  })

  it('are not certain at a double zero', () => {
    const touching = expansionOf([{ amplitude: 1, frequency: 1, phase: 0 }], -1)
    expect(isolateZeros(touching, [0, 3]).certain).toBe(false)
  })

  it('are those that a grid of a thousand points shows, of sums of waves', () => {
    const wave = fc.record({
      amplitude: fc.double({ min: 0.1, max: 2, noNaN: true }),
      frequency: fc.double({ min: 0.2, max: 5, noNaN: true }),
      phase: fc.double({ min: -3, max: 3, noNaN: true }),
    })
    fc.assert(
      fc.property(fc.array(wave, { minLength: 1, maxLength: 4 }), waves => {
        const value = (x: number) =>
          waves.reduce(
            (sum, { amplitude, frequency, phase }) => sum + amplitude * Math.sin(frequency * x + phase),
            0,
          )
        const grid = Array.from({ length: 1001 }, (_, i) => -4 + i * 0.008)
        const crossings = grid.flatMap((x, i) =>
          i > 0 && value(grid[i - 1]!) > 0 !== value(x) > 0 ? [x - 0.004] : [],
        )
        const expand = expansionOf(waves)
        const zeros = zerosOf(expand, -4, 4)
        // A grid cannot see pairs closer than its points: every crossing is a zero, zeros without crossing are close pairs.
        for (const crossing of crossings)
          expect(zeros.some(zero => Math.abs(zero - crossing) < 0.0041)).toBe(true)
        expect((zeros.length - crossings.length) % 2).toBe(0)
        for (const zero of zeros) expect(Math.abs(value(zero))).toBeLessThan(1e-12)
      }),
    )
  })
})
