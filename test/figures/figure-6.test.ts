import { describe, expect, it } from 'vitest'
import type { Figure6Data } from '../../src/figures/figure-6/data.js'
import { drawFigure6 } from '../../src/figures/figure-6.js'
import { svgText } from '../../src/figures/svg.js'
import { onPage, onPaper } from './sample-data.js'
import { faultsOf, literalColours, textsOf } from './svg-checks.js'

const rate = Float64Array.of(0.001, 0.01, 0.1, 1)
const around = (estimate: number) => ({ estimate, low: estimate / 2, high: estimate * 2 })
const unknown = { estimate: Number.NaN, low: Number.NaN, high: Number.NaN }

function network(name: string, limit: number): Figure6Data['networks'][number] {
  const curves = [100, 1000].map(epoch => ({
    epoch,
    rate,
    mean: rate.map(at => (at <= limit ? 0.1 : 1)),
    standardError: rate.map(() => 0.05),
  }))
  return { name, curves, limit: around(limit) }
}

/** Made up: full rank learns at ten times the rate of rank one, and the share rises with the rank. */
function madeUp(): Figure6Data {
  const rank = Float64Array.of(1, 10, 100)
  const share = Float64Array.of(0, 0.5, 1)
  return {
    networks: [network('Rank one', 0.01), network('Full rank', 0.1)],
    ratio: around(10),
    training: {
      rate: 0.1,
      curves: [...rank].map(at => ({
        rank: at,
        epoch: Float64Array.of(0, 1, 10, 100),
        loss: Float64Array.of(1, 1, 0.5, 0.1 / at),
      })),
    },
    ranks: {
      threshold: 0.01,
      rank,
      byRate: [0.01, 0.1].map(at => ({
        rate: at,
        share,
        low: share.map(value => Math.max(0, value - 0.2)),
        high: share.map(value => Math.min(1, value + 0.2)),
      })),
      pooled: [...share].map(value => ({ estimate: value, low: value - 0.1, high: value + 0.1 })),
      slope: { estimate: 0.5, low: 0.4, high: 0.6 },
      intercept: 0,
    },
  }
}

const drawn = (data: Figure6Data) => drawFigure6(data, onPaper())

describe('figure 6', () => {
  it('is a sound image with labelled axes', () => {
    const svg = drawn(madeUp())
    expect(faultsOf(svgText(svg))).toEqual([])
    const axes = ['learning rate α', 'mean loss', 'epoch', 'loss / first loss', 'rank K', 'share that learns']
    expect(textsOf(svg)).toEqual(expect.arrayContaining([...axes, 'a', 'b', 'c', 'd', 'e']))
  })

  it('names the highest rates that learn, and the trend with its interval', () => {
    const svg = drawn(madeUp())
    expect(textsOf(svg)).toEqual(expect.arrayContaining(['learns up to 0.01', 'learns up to 0.1']))
    expect(svg.textContent).toContain('+50% per tenfold rank')
    expect(svg.textContent).toContain('(95%: +40 to +60%)')
    const description = svg.querySelector('desc')?.textContent
    expect(description).toContain('Ratio of the two: 10 (95%: 5 to 20).')
    expect(description).toContain('At rate 0.1 the loss ends below 1% of the first in 0% at rank 1')
  })

  it('is the same, byte for byte, for the same data, and has no colour of its own on a page', () => {
    expect(svgText(drawn(madeUp()))).toBe(svgText(drawn(madeUp())))
    expect(literalColours(svgText(drawFigure6(madeUp(), onPage())))).toEqual([])
  })

  it('is drawn where nothing learns, of one seed, and of nothing', () => {
    const data = madeUp()
    const hopeless = data.networks.map(entry => ({ ...entry, limit: unknown }))
    const oneSeed = hopeless.map(entry => ({
      ...entry,
      curves: entry.curves.map(curve => ({ ...curve, standardError: rate.map(() => Number.NaN) })),
    }))
    const none = { ...data.ranks, rank: Float64Array.of(), byRate: [], pooled: [], slope: unknown }
    const cases: Figure6Data[] = [
      { ...data, networks: hopeless, ratio: unknown },
      { ...data, networks: oneSeed },
      { ...data, networks: [], training: { rate: 0.1, curves: [] }, ranks: none },
    ]
    for (const made of cases) expect(faultsOf(svgText(drawn(made)))).toEqual([])
  })
})
