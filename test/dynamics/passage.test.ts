import fc from 'fast-check'
import { expect, it } from 'vitest'
import { reduceToCanonicalForm } from '../../src/dynamics/canonical-form.js'
import { createFlow, createMap } from '../../src/dynamics/create-flow.js'
import { simulatePassage } from '../../src/dynamics/passage.js'

const parabola = (r: number, a: number) =>
  createFlow({ dimension: 1, velocity: ([y]) => [r + a * y! ** 2], jacobian: ([y]) => [2 * a * y!] })
const origin = Float64Array.of(0)

it('the passage of y′ = r + a·y² takes the time of the closed form, either way', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -4, max: -1, noNaN: true }),
      fc.double({ min: 0.2, max: 3, noNaN: true }),
      fc.constantFrom(-1, 1),
      (exponent, a, sign) => {
        const flow = parabola(sign * 10 ** exponent, sign * a)
        const { predictedTime, simulatedTime, halfWidth } = simulatePassage(
          flow,
          reduceToCanonicalForm(flow, origin)!,
        )
        expect(halfWidth).toBeCloseTo(Math.sqrt(10 ** exponent / a), 9)
        expect(predictedTime).toBeCloseTo(Math.PI / 2 / Math.sqrt(10 ** exponent * a), 6)
        expect(simulatedTime! / predictedTime).toBeCloseTo(1, 6)
      },
    ),
    { numRuns: 20 },
  )
})

it('the dwell time is within 2% of the whole passage where √s is far below the gap, with slaved directions in skew coordinates', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -6, max: -4, noNaN: true }),
      fc.double({ min: -1, max: 1, noNaN: true }),
      fc.double({ min: -0.5, max: 0.5, noNaN: true }),
      (exponent, pull, skew) => {
        // u = y + skew·z, y' = r + y² + ½y³, z' = −z + pull·y².
        const r = 10 ** exponent
        const velocity = ([u, z]: Float64Array) => {
          const y = u! - skew * z!
          const dz = -z! + pull * y ** 2
          return [r + y ** 2 + 0.5 * y ** 3 + skew * dz, dz]
        }
        const flow = createFlow({ dimension: 2, velocity })
        const form = reduceToCanonicalForm(flow, Float64Array.of(0, 0))!
        expect(form.dwellTime! * Math.sqrt(r)).toBeCloseTo(Math.PI, 3)
        const window = 60 * Math.sqrt(r)
        const { simulatedTime, predictedTime } = simulatePassage(flow, form, window)
        expect(simulatedTime! / predictedTime).toBeCloseTo(1, 1.7)
        // The window leaves out 2/60 of the whole.
        expect(simulatedTime! / form.dwellTime!).toBeGreaterThan(0.96)
        expect(simulatedTime! / form.dwellTime!).toBeLessThan(1.02)
      },
    ),
    { numRuns: 15 },
  )
})

it('a map passes in whole steps', () => {
  const map = createMap({ dimension: 1, next: ([y]) => [y! + 1e-4 + y! ** 2] })
  const { predictedTime, simulatedTime } = simulatePassage(map, reduceToCanonicalForm(map, origin)!)
  expect(simulatedTime! / predictedTime).toBeCloseTo(1, 1.5)
})

it('a passage that fixed points bar is not timed', () => {
  const blocked = createFlow({ dimension: 1, velocity: ([y]) => [0.01 + y! ** 2 - 5 * y! ** 4] })
  expect(simulatePassage(blocked, reduceToCanonicalForm(blocked, origin)!, 1).simulatedTime).toBeUndefined()
  const pair = parabola(-0.01, 1)
  expect(() => simulatePassage(pair, reduceToCanonicalForm(pair, origin)!)).toThrow('form.scale')
})
