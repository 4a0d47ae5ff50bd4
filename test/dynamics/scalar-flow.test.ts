import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findZero, flowSkeleton } from '../../src/dynamics/scalar-flow.js'

const interval = { from: -3, to: 3, points: 61 }
const saddleNode = (r: number) => (x: number) => ({ flow: x * x + r, slope: 2 * x })

describe('the skeleton of a flow', () => {
  it('is one slow point past a saddle-node bifurcation, a pair of fixed points before it', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 1, noNaN: true }), r => {
        expect(flowSkeleton(saddleNode(r), interval)).toMatchObject({
          fixedPoints: [],
          slowPoints: [{ x: expect.closeTo(0, 10), flow: expect.closeTo(r, 12) }],
        })
        const { fixedPoints, slowPoints } = flowSkeleton(saddleNode(-r), interval)
        expect(slowPoints).toEqual([])
        expect(fixedPoints.map(point => point.stable)).toEqual([true, false])
        expect(fixedPoints[1]!.x / Math.sqrt(r)).toBeCloseTo(1, 6)
      }),
    )
  })

  it('has fixed points closer together than the grid', () => {
    const pair = (x: number) => ({ flow: (x - 0.51) ** 2 - 1e-8, slope: 2 * (x - 0.51) })
    const { fixedPoints } = flowSkeleton(pair, { from: -3, to: 3, points: 7 })
    expect(fixedPoints.map(({ x }) => x)).toEqual([expect.closeTo(0.5099, 9), expect.closeTo(0.5101, 9)])
  })

  it('alternates in stability along the line, whatever the roots', () => {
    const roots = fc.uniqueArray(fc.integer({ min: -28, max: 28 }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(roots, tenths => {
        const zeros = tenths.map(tenth => tenth / 10 + 0.013).sort((a, b) => a - b)
        const product = (x: number, without = -1) =>
          zeros.reduce((value, zero, i) => (i === without ? value : value * (x - zero)), 1)
        const flow = (x: number) => ({
          flow: product(x),
          slope: zeros.reduce((sum, _, i) => sum + product(x, i), 0),
        })
        const { fixedPoints } = flowSkeleton(flow, { ...interval, points: 601 })
        expect(fixedPoints.map(({ x }) => x)).toEqual(zeros.map(zero => expect.closeTo(zero, 6)))
        fixedPoints.forEach(({ stable }, i) => {
          expect(stable).toBe((zeros.length - i) % 2 === 0)
        })
      }),
    )
  })

  it('has no slow point where |F| is greatest', () => {
    const hill = (x: number) => ({ flow: 1 / (1 + x * x), slope: (-2 * x) / (1 + x * x) ** 2 })
    expect(flowSkeleton(hill, interval)).toEqual({ fixedPoints: [], slowPoints: [] })
  })

  it('has a slow point with negative flow where F < 0 comes near zero and turns back', () => {
    const below = (x: number) => ({ flow: -(x * x) - 0.01, slope: -2 * x })
    expect(flowSkeleton(below, interval).slowPoints).toEqual([
      { x: expect.closeTo(0, 10), flow: expect.closeTo(-0.01, 10) },
    ])
  })

  it('refuses a flow that is not finite', () => {
    expect(() => flowSkeleton(() => ({ flow: Number.NaN, slope: Number.NaN }), interval)).toThrow(
      'not finite',
    )
  })
})

describe('a zero', () => {
  it('is found to the last bits, at least as fast as by bisection', () => {
    const powers = fc.record({
      zero: fc.double({ min: -0.9, max: 1.9, noNaN: true }),
      power: fc.constantFrom(1, 3, 7),
      sign: fc.constantFrom(-1, 1),
    })
    fc.assert(
      fc.property(powers, ({ zero, power, sign }) => {
        let calls = 0
        const f = (x: number) => {
          calls++
          return sign * ((x - zero) ** power + 1e-3 * (x - zero))
        }
        expect(Math.abs(findZero(f, -1, 2) - zero)).toBeLessThan(1e-14)
        expect(calls).toBeLessThan(58)
      }),
    )
  })

  it('at the origin does not run to denormals', () => {
    let calls = 0
    const zero = findZero(
      x => {
        calls++
        return Math.tanh(x)
      },
      -1,
      2,
    )
    expect(Math.abs(zero)).toBeLessThan(1e-14)
    expect(calls).toBeLessThan(20)
  })
})
