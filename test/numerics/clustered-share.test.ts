import { describe, expect, it } from 'vitest'
import { clusteredShare } from '../../src/numerics/clustered-share.js'
import { wilsonInterval } from '../../src/numerics/statistics.js'

const cluster = (count: number, total: number) => Array.from({ length: total }, (_, i) => i < count)

describe('a share over clusters', () => {
  it('has the interval of single members where clusters are no more alike than chance', () => {
    const even = Array.from({ length: 20 }, () => cluster(2, 4))
    expect(clusteredShare(even)).toEqual(wilsonInterval(40, 80))
  })

  it('has the width of its clusters where members of one agree', () => {
    const alike = Array.from({ length: 20 }, (_, i) => cluster(i % 2 === 0 ? 4 : 0, 4))
    const { share, low, high } = clusteredShare(alike)
    const wilson = wilsonInterval(40, 80)
    expect(share).toBe(0.5)
    // Twenty units, not eighty: the standard error is twice as large.
    expect((high - low) / (wilson.high - wilson.low)).toBeGreaterThan(1.8)
  })

  it('weighs clusters by their members', () => {
    expect(clusteredShare([cluster(9, 9), cluster(0, 1)]).share).toBe(0.9)
  })

  it('is none of nothing', () => {
    expect(() => clusteredShare([])).toThrow(RangeError)
    expect(() => clusteredShare([[]])).toThrow(RangeError)
  })
})
