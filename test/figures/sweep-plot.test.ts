import { describe, expect, it } from 'vitest'
import { svgText } from '../../src/figures/svg.js'
import { drawSweepPlot, mostLines, type SweepPlotData } from '../../src/figures/sweep-plot.js'
import { onPage, onPaper } from './sample-data.js'
import { faultsOf, literalColours, textsOf } from './svg-checks.js'

const x = Float64Array.of(0.001, 0.01, 0.1, 1)

function madeUp(lines: number, more: Partial<SweepPlotData> = {}): SweepPlotData {
  return {
    title: 'final loss',
    x: { label: 'optimizer.rate', scale: 'log' },
    y: { label: 'final loss', scale: 'linear' },
    lineSetting: 'model.rank',
    lines: Array.from({ length: lines }, (_, k) => ({
      label: String(k + 1),
      x,
      mean: x.map((_, i) => 0.1 * i + k),
      low: x.map((_, i) => 0.1 * i + k - 0.05),
      high: x.map((_, i) => 0.1 * i + k + 0.05),
      runs: x.map(() => 10),
    })),
    interval: '± standard error',
    intervalsAs: 'bands',
    ...more,
  }
}

const drawings = (data: SweepPlotData) => svgText(drawSweepPlot(data, onPaper()))

describe('the plot of a sweep', () => {
  it('is a sound image with labelled axes, a legend, and what is seen in words', () => {
    const svg = drawSweepPlot(madeUp(3), onPaper())
    expect(faultsOf(svgText(svg))).toEqual([])
    const texts = ['optimizer.rate', 'final loss', 'model.rank 1', '2', '3', '10⁻³', '10⁰']
    expect(textsOf(svg)).toEqual(expect.arrayContaining(texts))
    const words = svg.querySelector('desc')?.textContent
    expect(words).toContain('final loss against optimizer.rate, mean ± standard error.')
    expect(words).toContain('model.rank 3: from 2 to 2.3 over 40 runs.')
  })

  it(`draws each of up to ${mostLines} lines in a way of its own`, () => {
    for (const count of [2, 5, 6, 9, 10, mostLines]) {
      const svg = drawSweepPlot(madeUp(count), onPaper())
      const legend = [...svg.querySelectorAll('line')].filter(line => line.getAttribute('x2') === '18')
      const looks = legend.map(
        line => `${line.getAttribute('stroke')} ${line.getAttribute('stroke-dasharray')}`,
      )
      expect(looks).toHaveLength(count)
      expect(new Set(looks).size).toBe(count)
    }
  })

  it('is drawn of one point, of nothing, of NaN, and with whiskers', () => {
    const nan = Float64Array.of(Number.NaN)
    const one = {
      label: '1',
      x: Float64Array.of(3),
      mean: Float64Array.of(2),
      low: nan,
      high: nan,
      runs: Float64Array.of(1),
    }
    for (const scale of ['linear', 'log'] as const) {
      const axes = { x: { label: 'x', scale }, y: { label: 'y', scale } }
      for (const lines of [[], [one], [{ ...one, mean: nan }]]) {
        for (const intervalsAs of ['bands', 'whiskers'] as const) {
          expect(faultsOf(drawings(madeUp(0, { ...axes, lines, intervalsAs })))).toEqual([])
        }
      }
    }
    expect(faultsOf(drawings(madeUp(4, { intervalsAs: 'whiskers' })))).toEqual([])
  })

  it('has no colour of its own on a page, and is the same for the same data', () => {
    expect(literalColours(svgText(drawSweepPlot(madeUp(7), onPage())))).toEqual([])
    expect(drawings(madeUp(3))).toBe(drawings(madeUp(3)))
  })
})
