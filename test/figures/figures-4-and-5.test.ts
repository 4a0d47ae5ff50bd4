import { describe, expect, it } from 'vitest'
import { drawFigure4 } from '../../src/figures/figure-4.js'
import { drawFigure5 } from '../../src/figures/figure-5.js'
import { svgText } from '../../src/figures/svg.js'
import { onPage, onPaper } from './sample-data.js'
import { faultsOf, literalColours, textsOf } from './svg-checks.js'
import { madeUpFullRank, madeUpRankTwo } from './working-memory-data.js'

const figure4 = { cue: madeUpRankTwo('Cue discrimination'), match: madeUpRankTwo('Match to sample') }
const figure5 = { cue: madeUpFullRank('Cue discrimination'), match: madeUpFullRank('Match to sample') }
const draw4 = () => drawFigure4(figure4, onPaper())
const draw5 = () => drawFigure5(figure5, onPaper())
// Ten maps take a second to draw.
const [svg4, svg5] = [draw4(), draw5()]

describe('figure 4', () => {
  it('is a sound image with labelled axes and lettered panels', () => {
    expect(faultsOf(svgText(svg4))).toEqual([])
    expect(textsOf(svg4)).toEqual(expect.arrayContaining(['κ₁', 'κ₂', 'output', 'step', 'share of seeds']))
    expect(textsOf(svg4)).toEqual(expect.arrayContaining([...'abcdefgh']))
  })

  it('names falls, seeds, epochs and the dwell time of the ghost', () => {
    const texts = textsOf(svg4)
    const near = 'Near the paths, of 5 seeds that learn (of 8)'
    expect(texts).toEqual(expect.arrayContaining(['first fall 1,200', near, 'Epoch 800', '31 time units']))
    expect(svg4.querySelector('desc')?.textContent).toContain('first fall at epoch 1,200')
  })

  it('is drawn of a task without maps, outputs and looks', () => {
    const bare = { ...figure4.cue, maps: [], outputs: [], stages: [], others: [] }
    expect(faultsOf(svgText(drawFigure4({ cue: bare, match: bare }, onPaper())))).toEqual([])
  })
})

describe('figure 5', () => {
  it('is a sound image with labelled axes and lettered panels', () => {
    expect(faultsOf(svgText(svg5))).toEqual([])
    expect(textsOf(svg5)).toEqual(
      expect.arrayContaining(['Re λ', 'Im λ', 'PC1', 'PC2', 'PC3', 'share of seeds']),
    )
    expect(textsOf(svg5)).toEqual(expect.arrayContaining([...'abcdefgh']))
  })

  it('shows the states, the slow points and the dwell time of the ghost', () => {
    expect(svg5.querySelectorAll('[data-turn]').length).toBe(4)
    expect(svg5.querySelectorAll('[data-turn] circle[r="3"]').length).toBe(4 * 12)
    expect(textsOf(svg5)).toEqual(expect.arrayContaining(['31 steps', '60%, 30%, 5% of variance']))
    expect(svg5.querySelector('desc')?.textContent).toContain(
      'ghost of speed 0.01, dwell 31.4 steps near the states, 1 farther off',
    )
  })

  it('is drawn of a task without views and spectra', () => {
    const bare = { ...figure5.cue, views: [], spectra: [], stages: [], others: [] }
    expect(faultsOf(svgText(drawFigure5({ cue: bare, match: bare }, onPaper())))).toEqual([])
  })
})

describe('figures 4 and 5', () => {
  it('are the same, byte for byte, for the same data', () => {
    expect(svgText(draw4())).toBe(svgText(svg4))
    expect(svgText(draw5())).toBe(svgText(svg5))
  })

  it('have no colour of their own on a page, and share no ids', () => {
    const context = onPage()
    const drawn = [drawFigure4(figure4, context), drawFigure5(figure5, context)]
    expect(drawn.flatMap(svg => literalColours(svgText(svg)))).toEqual([])
    context.document.body.append(...drawn)
    const ids = [...context.document.querySelectorAll('[id]')].map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })
})
