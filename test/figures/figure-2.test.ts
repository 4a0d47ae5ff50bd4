import { describe, expect, it } from 'vitest'
import { drawFigure2 } from '../../src/figures/figure-2.js'
import { svgText } from '../../src/figures/svg.js'
import { onPage, onPaper, partlyMadeUpFigure2 } from './sample-data.js'
import { faultsOf, literalColours, textsOf } from './svg-checks.js'

describe('figure 2', () => {
  it('is a sound image with labelled axes', () => {
    const svg = drawFigure2(partlyMadeUpFigure2(), onPaper())
    expect(faultsOf(svgText(svg))).toEqual([])
    const axes = ['r / r*', 'loss', 'epoch', 'learning rate α', 'mean loss', 'delay T (time units)']
    expect(textsOf(svg)).toEqual(expect.arrayContaining([...axes, 'critical learning rate']))
    expect(textsOf(svg)).toEqual(expect.arrayContaining(['a', 'b', 'c', 'd', 'e']))
  })

  it('names the fate of each descent and the critical rate', () => {
    const svg = drawFigure2(partlyMadeUpFigure2(), onPaper())
    expect(textsOf(svg)).toEqual(
      expect.arrayContaining(['α = 10⁻¹⁰: learned', 'α = 10⁻⁹: lost', 'critical rate 9.13 × 10⁻¹⁰']),
    )
    const description = svg.querySelector('desc')?.textContent
    expect(description).toContain('no-learning zone below 0.25 r*')
    expect(description).toContain('un-normalised loss: power −5 of the delay')
  })

  it('is the same, byte for byte, for the same data', () => {
    const [first, second] = [1, 2].map(() => svgText(drawFigure2(partlyMadeUpFigure2(), onPaper())))
    expect(second).toBe(first)
  })

  it('has no colour of its own on a page', () => {
    expect(literalColours(svgText(drawFigure2(partlyMadeUpFigure2(), onPage())))).toEqual([])
  })

  it('is drawn of nothing and of NaN', () => {
    const full = partlyMadeUpFigure2()
    const none = {
      ...full,
      landscape: { r: Float64Array.of(), curves: [] },
      descents: [],
      sweep: [],
      scaling: [],
    }
    const nan = Float64Array.of(Number.NaN, Number.NaN)
    const broken = {
      ...full,
      landscape: { r: nan, curves: [{ label: 'closed form', loss: nan }] },
      descents: [{ rate: 1e-9, r: nan, loss: nan }],
      sweep: [{ epoch: 1000, rate: Float64Array.of(1e-10, 1e-9), mean: nan, standardError: nan }],
      scaling: full.scaling.map(law => ({ ...law, measured: nan, predicted: nan, exponent: Number.NaN })),
    }
    for (const data of [none, broken]) {
      expect(faultsOf(svgText(drawFigure2(data, onPaper())))).toEqual([])
    }
  })
})
