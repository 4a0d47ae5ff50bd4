import { describe, expect, it } from 'vitest'
import { claims, type FigureS1Runs, findings } from '../../src/experiments/figure-s1/claims.js'
import type { ShiftedLook, SwitchingLook, SwitchingRun } from '../../src/experiments/figure-s1/switching.js'

interface Made {
  seeds: number
  looks: number
  /** Observed over predicted steps of look i, as trained and under an input. */
  trained: (predicted: number, i: number) => number
  shifted: (predicted: number, i: number) => number
  /** Largest predicted step under an input; the smallest is 5. */
  most: number
}

const fitting: Made = { seeds: 10, looks: 8, trained: p => 1.02 * p, shifted: p => 1.04 * p, most: 200 }

function runsOf({ seeds, looks, trained, shifted, most }: Made): SwitchingRun[] {
  return Array.from({ length: seeds }, (_, seed) => {
    const indices = Array.from({ length: looks }, (_, i) => i)
    const look = (i: number): SwitchingLook => {
      const window = 10 + 4 * i + 0.1 * seed
      return {
        seed,
        delay: 10 + 4 * i,
        rate: 0.01,
        epoch: i,
        observed: trained(window, i + seed),
        window,
        full: 100,
      }
    }
    const under = (i: number): ShiftedLook => {
      const window = 5 * (most / 5) ** (i / (looks - 1))
      return { seed, delay: 20, factor: 1, observed: shifted(window, i + seed), window }
    }
    return { seed, learned: looks, looks: indices.map(look), shifted: indices.map(under) }
  })
}

function ratesWith(deviation: number): FigureS1Runs['rates'] {
  const ratio = Float64Array.of(0.1, 1)
  const predicted = Float64Array.of(1e-8, 1e-7)
  const measured = predicted.map((rate, i) => (i === 0 ? rate * (1 + deviation) : rate))
  return { ratio, predicted, measured, shortResponse: Float64Array.of(1.1e-8, 3e-7) }
}

const verdictOf = (id: string, change: Partial<Made>, deviation = 0.001) =>
  findings({ switching: runsOf({ ...fitting, ...change }), rates: ratesWith(deviation) })[id]?.verdict

/** Scatter without a pattern. */
const noise = (i: number) => Math.sin(12.9898 * (i + 1) ** 2)

describe('the claims of figure S1', () => {
  it('are all judged, and can all be supported', () => {
    const judged = findings({ switching: runsOf(fitting), rates: ratesWith(0.001) })
    expect(Object.keys(judged).sort()).toEqual(claims.map(({ id }) => id).sort())
    expect(new Set(Object.values(judged).map(({ verdict }) => verdict))).toEqual(new Set(['supported']))
  })

  it('are partly so if a slope is some way off, errors are large, or a lower rate loses learning', () => {
    expect(verdictOf('S1a', { trained: p => 1.15 * p })).toBe('partly')
    expect(verdictOf('S1a', { trained: p => Math.floor(p) })).toBe('partly') // the delay itself
    expect(verdictOf('S1b', { shifted: p => 1.3 * p })).toBe('partly')
    expect(verdictOf('S1c', {}, -0.001)).toBe('partly')
  })

  it.each<[string, string, Partial<Made>]>([
    ['S1a', 'there are few looks', { seeds: 5 }],
    ['S1a', 'there are none', { seeds: 0 }],
    ['S1a', 'the output switches on whenever', { trained: (_, i) => 20 + 10 * noise(i) }],
    ['S1a', 'twice the predicted step is observed', { trained: p => 2 * p }],
    ['S1b', 'there are no looks', { seeds: 0 }],
    ['S1b', 'steps grow as the square root', { shifted: p => 5 * Math.sqrt(p) }],
    ['S1b', 'steps scatter', { shifted: (p, i) => p * Math.exp(1.5 * noise(i)) }],
    ['S1b', 'inputs change little', { most: 15 }],
  ])('%s is not supported if %s', (id, _, change) => {
    expect(verdictOf(id, change)).toBe('not supported')
  })

  it('S1c is not supported if a rate is 2% off', () => {
    expect(verdictOf('S1c', {}, 0.02)).toBe('not supported')
  })
})
