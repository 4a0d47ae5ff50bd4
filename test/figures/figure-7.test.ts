import { describe, expect, it } from 'vitest'
import type { CollapseSide, Figure7Data, TaskSweep } from '../../src/figures/figure-7/data.js'
import { drawFigure7 } from '../../src/figures/figure-7.js'
import { svgText } from '../../src/figures/svg.js'
import { onPage, onPaper } from './sample-data.js'
import { faultsOf, literalColours, textsOf } from './svg-checks.js'

const rate = Float64Array.of(0.01, 0.1, 1)
const nothing = Float64Array.of()

function sweep(name: string): TaskSweep {
  const values = (scale: number) =>
    [...rate].map(at => Float64Array.of(at * scale, at * scale * 1.5, at * scale * 2))
  return {
    name,
    rate,
    loss: values(1),
    gradientNorm: values(0.1),
    recurrentNorm: values(30),
    limit: { estimate: 0.2, low: 0.1, high: 0.4 },
    exampleSeed: 0,
    examples: [...rate].map(at => ({
      rate: at,
      epoch: Float64Array.of(0, 50, 100),
      loss: Float64Array.of(0.3, 0.1, at),
    })),
  }
}

const side = (epoch: number, output: number): CollapseSide => ({
  epoch,
  histogram: Float64Array.of(0.2, 0.3, 0.5),
  outputs: Float64Array.of(0, output, 0, 0),
})

/** Made up: two tasks, and three collapses. */
function madeUp(): Figure7Data {
  return {
    tasks: [sweep('Cue discrimination'), sweep('Match to sample')],
    collapse: {
      task: 'Match to sample',
      rate: 1.4,
      seed: 3,
      targets: Float64Array.of(0, 1, 0, 0),
      trials: 2,
      before: side(5750, 1),
      after: side(5752, 0),
    },
    saturated: {
      before: Float64Array.of(0.1, 0.2, 0.3),
      after: Float64Array.of(0.8, 0.9, 1),
      learned: Float64Array.of(0.1),
      failed: Float64Array.of(0.9, 1),
    },
  }
}

const drawn = (data: Figure7Data) => drawFigure7(data, onPaper())

describe('figure 7', () => {
  it('is a sound image with labelled axes', () => {
    const svg = drawn(madeUp())
    expect(faultsOf(svgText(svg))).toEqual([])
    const axes = ['learning rate α', 'mean loss', 'mean gradient norm', 'mean ‖W_rec‖', 'rate of a neuron r']
    const labels = ['step', 'output', 'share of |r| > 0.95', 'epoch', 'learned', 'failed']
    expect(textsOf(svg)).toEqual(expect.arrayContaining([...axes, ...labels, 'a', 'k']))
  })

  it('names the epochs of the collapse, and what the collapses do to the rates', () => {
    const svg = drawn(madeUp())
    expect(textsOf(svg)).toEqual(expect.arrayContaining(['epoch 5,750', '5,752', 'learns up to 0.2']))
    const description = svg.querySelector('desc')?.textContent
    expect(description).toContain('has learned at epoch 5,750 and lost it at epoch 5,752')
    expect(description).toContain('In 3 collapses the share of rates beyond ±0.95 goes from 20% to 90%')
  })

  it('is the same, byte for byte, for the same data, and has no colour of its own on a page', () => {
    expect(svgText(drawn(madeUp()))).toBe(svgText(drawn(madeUp())))
    expect(literalColours(svgText(drawFigure7(madeUp(), onPage())))).toEqual([])
  })

  it('is drawn where nothing collapses, of losses of 0 and of nothing', () => {
    const data = madeUp()
    const saturated = { before: nothing, after: nothing, learned: nothing, failed: nothing }
    const zeros = [...rate].map(() => Float64Array.of(0, Number.NaN))
    const unknown = { estimate: Number.NaN, low: Number.NaN, high: Number.NaN }
    const broken = {
      ...sweep('Broken'),
      loss: zeros,
      gradientNorm: zeros,
      recurrentNorm: zeros,
      limit: unknown,
    }
    const empty = { ...broken, rate: nothing, loss: [], gradientNorm: [], recurrentNorm: [], examples: [] }
    for (const tasks of [data.tasks, [broken], [empty], []]) {
      expect(faultsOf(svgText(drawn({ tasks, collapse: undefined, saturated })))).toEqual([])
    }
  })
})
