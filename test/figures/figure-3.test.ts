import { describe, expect, it } from 'vitest'
import { drawFigure1 } from '../../src/figures/figure-1.js'
import { drawFigure2 } from '../../src/figures/figure-2.js'
import type { Figure3Data, TrainingPicture } from '../../src/figures/figure-3/data.js'
import { drawFigure3 } from '../../src/figures/figure-3.js'
import { svgText } from '../../src/figures/svg.js'
import { printTheme } from '../../src/figures/theme.js'
import { closedFormFigure1, madeUpFigure3, onPage, onPaper, partlyMadeUpFigure2 } from './sample-data.js'
import { faultsOf, literalColours, textsOf } from './svg-checks.js'

const nothing = Float64Array.of()

/** A training that was cut off before its first epoch. */
const emptyTraining: TrainingPicture = {
  rate: 0.003,
  epochs: 0,
  history: { epoch: nothing, loss: nothing, gradientNorm: nothing, accuracy: nothing },
  events: {
    firstFall: undefined,
    secondFall: undefined,
    collapse: undefined,
    recoveries: 0,
    lowest: undefined,
  },
  closeUp: undefined,
  closeUpHistory: undefined,
  flows: [],
  life: { epoch: nothing, fixedPoints: nothing, ghostDwell: nothing },
}

const drawn = (data: Figure3Data) => drawFigure3(data, onPaper())

describe('figure 3', () => {
  it('is a sound image with labelled axes', () => {
    const svg = drawn(madeUpFigure3())
    expect(faultsOf(svgText(svg))).toEqual([])
    const axes = ['epoch (logarithmic)', 'epoch', 'share of maximum', 'dwell (steps)', 'κ', 'F(κ)']
    expect(textsOf(svg)).toEqual(
      expect.arrayContaining([...axes, 'share collapsed', 'share of seeds', 'epochs after the first fall']),
    )
    expect(textsOf(svg)).toEqual(expect.arrayContaining(['a', 'b', 'c', 'd', 'e', 'f', 'g']))
  })

  it('names the events, the dwell time and the share of copies that collapse', () => {
    const svg = drawn(madeUpFigure3())
    const labels = ['first fall 33,637', 'collapse 5,203', '1 fixed point throughout', '40 steps']
    expect(textsOf(svg)).toEqual(expect.arrayContaining(labels))
    const description = svg.querySelector('desc')?.textContent
    expect(description).toContain('first fall of the loss at epoch 33,637')
    expect(description).toContain('first ghost at epoch 34,000')
    expect(description).toContain('4 of 6 perturbed copies collapse, at epochs 5,125 to 5,321')
  })

  it('shows the falls and the first ghost of every seed that learns, and shares of seeds', () => {
    const svg = drawn(madeUpFigure3())
    const labels = ['Rate 0.003, 8 seeds: falls and first ghosts', 'ghost before the first fall: 1 of 7']
    expect(textsOf(svg)).toEqual(expect.arrayContaining([...labels, 'learning lost: 18 of 24']))
    const description = svg.querySelector('desc')?.textContent
    expect(description).toContain('7 of 8 learn at rate 0.003')
    expect(description).toContain(
      'falling first at epochs 20,000 to 50,000 and again 150 to 390 epochs later',
    )
    expect(description).toContain('first ghost −60 to 490 epochs after the first fall')
  })

  it('is drawn of seeds none of which has a ghost, or of which none is lost', () => {
    const data = madeUpFigure3()
    const learned = data.seeds.learned.map(seed => ({ ...seed, firstGhost: undefined }))
    const shares = data.seeds.shares.map(share => ({ ...share, count: 0, total: 0 }))
    const svg = drawn({ ...data, seeds: { ...data.seeds, learned, shares } })
    expect(faultsOf(svgText(svg))).toEqual([])
    expect(textsOf(svg)).toContain('learning lost: 0 of 0')
    expect(svg.querySelector('desc')?.textContent).not.toContain('first ghost −60')
  })

  it('is the same, byte for byte, for the same data', () => {
    expect(svgText(drawn(madeUpFigure3()))).toBe(svgText(drawn(madeUpFigure3())))
  })

  it('has no colour of its own on a page', () => {
    expect(literalColours(svgText(drawFigure3(madeUpFigure3(), onPage())))).toEqual([])
  })

  it('is drawn of trainings without a ghost, a fall or a collapse', () => {
    const data = madeUpFigure3()
    const { slow } = data
    const quiet: TrainingPicture = {
      ...slow,
      events: emptyTraining.events,
      life: { ...slow.life, ghostDwell: slow.life.ghostDwell.fill(Number.NaN) },
    }
    const svg = drawn({
      ...data,
      slow: quiet,
      fast: quiet,
      copies: { collapse: [undefined], finalLoss: [1] },
    })
    expect(faultsOf(svgText(svg))).toEqual([])
    expect(textsOf(svg)).not.toContain('ghost present')
  })

  it('shades a ghost that flickers as one area, and two that are far apart as two', () => {
    const data = madeUpFigure3()
    const { life } = data.slow
    const shaded = (ghostDwell: Float64Array) => {
      const svg = drawn({ ...data, slow: { ...data.slow, life: { ...life, ghostDwell } } })
      return svg.querySelectorAll(
        `rect[fill="${printTheme.colours.ghostArea}"], [fill="${printTheme.colours.ghostArea}"] rect`,
      ).length
    }
    const without = shaded(life.epoch.map(() => Number.NaN))
    const one = shaded(life.ghostDwell) - without
    expect(one).toBeGreaterThan(0)
    const flickering = life.ghostDwell.map((dwell, i) => (i > 250 && i % 2 ? Number.NaN : dwell))
    expect(shaded(flickering) - without).toBe(one)
    const apart = life.ghostDwell.map((dwell, i) => (i > 100 && i < 250 ? Number.NaN : dwell))
    expect(shaded(apart) - without).toBeGreaterThan(one)
  })

  it('is drawn of trainings that never began', () => {
    const svg = drawn({
      slow: emptyTraining,
      fast: emptyTraining,
      copies: { collapse: [], finalLoss: [] },
      seeds: { rates: { slow: 0.003, fast: 0.02 }, trained: 0, learned: [], shares: [] },
    })
    expect(faultsOf(svgText(svg))).toEqual([])
  })

  it('stays small when the training is long', () => {
    const data = madeUpFigure3()
    const epoch = Float64Array.from({ length: 200_000 }, (_, i) => i)
    const noise = epoch.map(at => Math.abs(Math.sin(at * at)))
    const history = { epoch, loss: noise, gradientNorm: noise, accuracy: noise }
    const svg = svgText(drawn({ ...data, slow: { ...data.slow, history, epochs: 200_000 } }))
    expect(svg.length).toBeLessThan(400_000)
  })

  it('shares a page with the other figures: no id stands twice', () => {
    const { document, theme } = onPage()
    const context = { document, theme }
    document.body.append(
      drawFigure1(closedFormFigure1(), context),
      drawFigure2(partlyMadeUpFigure2(), context),
      drawFigure3(madeUpFigure3(), context),
    )
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id)
    expect(ids.length).toBeGreaterThan(20)
    expect(new Set(ids).size).toBe(ids.length)
  })
})
