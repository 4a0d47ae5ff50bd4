import { describe, expect, it } from 'vitest'
import { drawFigureS1, type FigureS1Data } from '../../src/figures/figure-s1.js'
import { svgText } from '../../src/figures/svg.js'
import { onPage, onPaper } from './sample-data.js'
import { faultsOf, literalColours, textsOf } from './svg-checks.js'

function madeUp(): FigureS1Data {
  const ratio = Float64Array.of(0.05, 0.2, 1, 4)
  const exact = (at: number) => (Math.PI ** 4 / 8 / 100 ** 4) * (1 - 1 / (1 + at) ** 2)
  const look = (delay: number, window: number) => ({ delay, window, observed: Math.round(1.05 * window) })
  return {
    looks: [10, 15, 20, 30, 40].flatMap(delay => [look(delay, delay - 1), look(delay, delay + 1)]),
    shifted: [10, 20].flatMap(delay => [look(delay, 5), look(delay, 300)]),
    fit: { slope: 1.04, intercept: 0.2, rSquared: 0.991 },
    rates: {
      delay: 100,
      ratio,
      predicted: ratio.map(exact),
      measured: ratio.map(at => 1.002 * exact(at)),
      shortResponse: ratio.map(at => (Math.PI ** 4 / 4 / 100 ** 4) * at),
    },
  }
}

describe('figure S1', () => {
  it('is a sound image with labelled axes', () => {
    const svg = drawFigureS1(madeUp(), onPaper())
    expect(faultsOf(svgText(svg))).toEqual([])
    const axes = [
      'predicted step',
      'observed step',
      'critical rate × T⁴',
      'response window over delay',
      'above it (%)',
    ]
    expect(textsOf(svg)).toEqual(expect.arrayContaining([...axes, 'a', 'b']))
  })

  it('names the delays and the fit', () => {
    const svg = drawFigureS1(madeUp(), onPaper())
    const labels = ['T = 10', 'T = 40', 'with a constant input', 'trained: slope 1.04, R² 0.991']
    expect(textsOf(svg)).toEqual(expect.arrayContaining(labels))
    const description = svg.querySelector('desc')?.textContent
    expect(description).toContain('10 looks at trained networks of delays 10, 15, 20, 30, 40')
    expect(description).toContain('at 4 ratios of response window to delay: within 0.2% of the formula')
  })

  it('is the same, byte for byte, for the same data', () => {
    const [first, second] = [1, 2].map(() => svgText(drawFigureS1(madeUp(), onPaper())))
    expect(second).toBe(first)
  })

  it('has no colour of its own on a page', () => {
    expect(literalColours(svgText(drawFigureS1(madeUp(), onPage())))).toEqual([])
  })

  it('is drawn of nothing and of NaN', () => {
    const { rates } = madeUp()
    const nothing = Float64Array.of()
    const nan = rates.ratio.map(() => Number.NaN)
    const none = { delay: 100, ratio: nothing, measured: nothing, predicted: nothing, shortResponse: nothing }
    const broken = { ...rates, measured: nan, predicted: nan, shortResponse: nan }
    for (const data of [none, broken]) {
      const svg = drawFigureS1({ looks: [], shifted: [], fit: undefined, rates: data }, onPaper())
      expect(faultsOf(svgText(svg))).toEqual([])
    }
  })
})
