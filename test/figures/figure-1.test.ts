import { describe, expect, it } from 'vitest'
import { drawFigure1 } from '../../src/figures/figure-1.js'
import { svgText } from '../../src/figures/svg.js'
import { closedFormFigure1, onPage, onPaper } from './sample-data.js'
import { faultsOf, literalColours, textsOf } from './svg-checks.js'

describe('figure 1', () => {
  it('is a sound image with labelled axes', () => {
    const svg = drawFigure1(closedFormFigure1(), onPaper())
    expect(faultsOf(svgText(svg))).toEqual([])
    expect(textsOf(svg)).toEqual(
      expect.arrayContaining(['a', 'd', 'state x', 'velocity x′ = x² + r', 'time (time units)']),
    )
    expect(textsOf(svg).join()).toContain('ghost, x = 0')
  })

  it('tells in words where the fixed points and the ghost are', () => {
    const svg = drawFigure1(closedFormFigure1(), onPaper())
    expect(svg.getAttribute('role')).toBe('img')
    const description = svg.querySelector('desc')?.textContent
    expect(description).toContain('stable at x = −0.707, unstable at x = 0.707')
    expect(description).toContain('slowest at x = 0, x′ = 0.5')
  })

  it('is the same, byte for byte, for the same data', () => {
    const [first, second] = [1, 2].map(() => svgText(drawFigure1(closedFormFigure1(), onPaper())))
    expect(second).toBe(first)
  })

  it('has no colour of its own on a page', () => {
    expect(literalColours(svgText(drawFigure1(closedFormFigure1(), onPage())))).toEqual([])
  })

  it('is drawn of nothing, of empty systems and of NaN', () => {
    const nothing = Float64Array.of()
    const nan = Float64Array.of(Number.NaN, Number.NaN)
    const empty = { r: 0, flow: { x: nothing, velocity: nothing }, fixedPoints: [], ghost: undefined }
    const broken = { ...empty, flow: { x: nan, velocity: nan }, trajectories: [{ time: nan, x: nan }] }
    for (const systems of [[], [{ ...empty, trajectories: [] }], [broken]]) {
      expect(faultsOf(svgText(drawFigure1({ systems }, onPaper())))).toEqual([])
    }
  })
})
