import { describe, expect, it } from 'vitest'
import type { Figure8Data, MeanCurve } from '../../src/figures/figure-8/data.js'
import { drawFigure8 } from '../../src/figures/figure-8.js'
import { svgText } from '../../src/figures/svg.js'
import { onPage, onPaper } from './sample-data.js'
import { faultsOf, literalColours, textsOf } from './svg-checks.js'

const range = (count: number, value: (i: number) => number) =>
  Float64Array.from({ length: count }, (_, i) => value(i))

const meanCurve = (count: number, value: (i: number) => number): MeanCurve => {
  return { mean: range(count, value), error: range(count, () => 0.03) }
}

/** Made-up data of the right shapes. */
function madeUp(): Figure8Data {
  const optimum = (Math.PI / 200) ** 2
  const r = range(100, i => optimum * (-1 + (3 * i) / 99))
  const inZone = (at: number) => at < optimum / 4
  const confidence = [...range(30, i => 10 ** (-3 + (4 * i) / 29))]
  return {
    optimum,
    zoneEdge: optimum / 4,
    threshold: 10,
    zone: {
      r,
      closedForm: r.map(at => (inZone(at) ? 0 : at ** -1.5)),
      simulated: [0.01, 0.1, 0.5, 1, 2].map(a => {
        return { confidence: a, gradient: r.map(at => (inZone(at) ? Math.exp(-10 * a) : 1)) }
      }),
      decays: [0.05, 0.5, 1].map(speed => ({ speed, decay: 10 + speed })),
    },
    rescue: {
      confidence,
      lost: 22,
      seeds: 40,
      shares: confidence.map(c => ({ share: 1 / (1 + c), low: 0.9 / (1 + c), high: 1 })),
      accuracy: meanCurve(30, i => 0.5 + 0.01 * i),
      gradient: meanCurve(30, i => (i === 29 ? 0 : 10 ** (-i / 10))),
    },
    trained: {
      epochs: 500,
      seed: 40,
      history: { loss: range(1000, i => (i < 500 ? 1 : 0.1)), gradientNorm: range(1000, i => i % 7) },
    },
    readOut: {
      epochs: 200,
      seeds: 8,
      silentAccuracy: 12 / 22,
      before: meanCurve(60, () => 0.35),
      after: [undefined, 0.1, 0.5, 1, 3].map((limit, k) => ({
        limit,
        ...meanCurve(60, i => 0.3 + 0.1 * k + i / 1000),
      })),
    },
  }
}

describe('figure 8', () => {
  it('is a sound image with labelled axes', () => {
    const svg = drawFigure8(madeUp(), onPaper())
    expect(faultsOf(svgText(svg))).toEqual([])
    const axes = ['r / r*', '|dL/dr| over its maximum', 'confidence c', 'gradient norm', 'epoch', 'accuracy']
    expect(textsOf(svg)).toEqual(expect.arrayContaining([...axes, '√−r (1/time)', 'share of maximum']))
    expect(textsOf(svg)).toEqual(expect.arrayContaining(['a', 'b', 'c', 'd', 'e', 'f']))
  })

  it('names the confidences, the limits and what was counted', () => {
    const svg = drawFigure8(madeUp(), onPaper())
    const labels = ['a = 0.01', 'a = 2', '‖w‖₁ = 0.1', 'left alone', 'confidence set to 1']
    const titles = ['Trapped networks trained on (22 of 40 seeds)', 'Confidence trained, then set (seed 40)']
    expect(textsOf(svg)).toEqual(expect.arrayContaining([...labels, ...titles]))
    const description = svg.querySelector('desc')?.textContent
    expect(description).toContain('Of 40 rank-one networks 22 lost what they learned')
    expect(description).toContain('most are rescued at confidence 0.001, 100%, and 9% at 10')
    expect(description).toContain('has loss 1 after 500 epochs, and 0.1 after as many epochs')
    expect(description).toContain('left alone 36%, read-out limited to 0.1 46%')
  })

  it('is the same, byte for byte, for the same data', () => {
    const [first, second] = [1, 2].map(() => svgText(drawFigure8(madeUp(), onPaper())))
    expect(second).toBe(first)
  })

  it('has no colour of its own on a page', () => {
    expect(literalColours(svgText(drawFigure8(madeUp(), onPage())))).toEqual([])
  })

  it('is drawn of nothing and of NaN', () => {
    const full = madeUp()
    const empty: MeanCurve = { mean: Float64Array.of(), error: Float64Array.of() }
    const nan: MeanCurve = { mean: Float64Array.of(Number.NaN), error: Float64Array.of(Number.NaN) }
    const none: Figure8Data = {
      ...full,
      zone: { r: Float64Array.of(), closedForm: Float64Array.of(), simulated: [], decays: [] },
      rescue: { confidence: [], lost: 0, seeds: 0, shares: [], accuracy: empty, gradient: empty },
      trained: { epochs: 1, seed: undefined, history: undefined },
      readOut: { ...full.readOut, seeds: 0, before: empty, after: [] },
    }
    const broken: Figure8Data = {
      ...full,
      zone: {
        ...full.zone,
        closedForm: full.zone.r.map(() => Number.NaN),
        decays: [{ speed: 1, decay: Number.NaN }],
      },
      rescue: { ...full.rescue, confidence: [1], shares: [], accuracy: nan, gradient: nan },
      trained: {
        ...full.trained,
        history: { loss: range(1000, () => Number.NaN), gradientNorm: range(1000, () => Number.NaN) },
      },
      readOut: { ...full.readOut, before: nan, after: [{ limit: 1, ...nan }] },
    }
    for (const data of [none, broken]) {
      expect(faultsOf(svgText(drawFigure8(data, onPaper())))).toEqual([])
    }
  })
})
