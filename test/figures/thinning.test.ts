import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { extent, thin } from '../../src/figures/thinning.js'

const curves = fc
  .array(fc.tuple(fc.double({ min: 1e-3, max: 10 }), fc.double({ min: -1e3, max: 1e3 })), {
    minLength: 1,
    maxLength: 400,
  })
  .map(steps => {
    let at = 0
    const x = steps.map(([step]) => {
      at += step
      return at
    })
    return { x, y: steps.map(([, y]) => y) }
  })

describe('thin', () => {
  it('keeps the first, the last, the lowest and the highest point within its limit, in order', () => {
    fc.assert(
      fc.property(curves, fc.boolean(), ({ x, y }, logarithmic) => {
        const kept = thin(x, y, { limit: 40, logarithmic })
        expect(kept.length).toBeLessThanOrEqual(40)
        expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b))
        expect([kept[0], kept.at(-1)]).toEqual([0, x.length - 1])
        const values = kept.map(i => y[i]!)
        expect([Math.min(...values), Math.max(...values)]).toEqual([Math.min(...y), Math.max(...y)])
      }),
    )
  })

  it('keeps a spike of one epoch in 500,000', () => {
    const epoch = Float64Array.from({ length: 500_000 }, (_, i) => i)
    const loss = epoch.map(at => (at === 123_457 ? 5 : Math.sin(at)))
    expect(thin(epoch, loss)).toContain(123_457)
  })

  it('keeps a point on each side of the window', () => {
    const x = [0, 1, 2, 3, 4, 5]
    expect(thin(x, x, { window: [1.5, 3.5] })).toEqual([1, 2, 3, 4])
  })

  it('keeps a gap of NaN', () => {
    const x = Float64Array.from({ length: 10_000 }, (_, i) => i)
    const y = x.map(at => (at > 4000 && at < 6000 ? Number.NaN : at))
    const kept = thin(x, y, { limit: 100 })
    expect(kept.some(i => Number.isNaN(y[i]!))).toBe(true)
    expect(kept.map(i => y[i]!).filter(value => !Number.isNaN(value)).length).toBeGreaterThan(20)
  })

  it('keeps nothing of nothing', () => {
    expect(thin([], [])).toEqual([])
  })
})

it('the extent leaves out what is not finite', () => {
  expect(extent([3, Number.NaN, Infinity], [-1, -Infinity])).toEqual([-1, 3])
  expect(extent([Number.NaN], [])).toEqual([0, 1])
})
