import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { logTicks } from '../../src/figures/log-ticks.js'

describe('ticks of a logarithmic axis', () => {
  it.each<[[number, number], number[]]>([
    [
      [1e-3, 10],
      [0.001, 0.01, 0.1, 1, 10],
    ],
    [
      [0.02, 2],
      [0.03, 0.1, 0.3, 1],
    ],
    [
      [0.1, 1],
      [0.1, 0.3, 1],
    ],
    [
      [2, 12],
      [2, 5, 10],
    ],
    [
      [0.022, 0.16],
      [0.03, 0.05, 0.1],
    ],
    [
      [5, 9],
      [5, 6, 7, 8, 9],
    ],
    [
      [1e-9, 1],
      [1e-9, 1e-7, 1e-5, 0.001, 0.1],
    ],
  ])('of %j are %j', (domain, ticks) => {
    expect(logTicks(domain)).toEqual(ticks)
  })

  it('lie on the axis, ascending, and are no more than asked for', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -12, max: 6, noNaN: true }),
        fc.double({ min: 0.01, max: 10, noNaN: true }),
        (first, length) => {
          const domain = [10 ** first, 10 ** (first + length)] as const
          const ticks = logTicks(domain, 5)
          expect(ticks.length).toBeLessThanOrEqual(5)
          for (const tick of ticks) {
            expect(tick).toBeGreaterThanOrEqual(domain[0])
            expect(tick).toBeLessThanOrEqual(domain[1])
          }
          expect(ticks).toEqual([...ticks].sort((a, b) => a - b))
        },
      ),
    )
  })
})
