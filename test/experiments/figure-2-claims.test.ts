import { describe, expect, it } from 'vitest'
import { claims, type Figure2Parts, findings } from '../../src/experiments/figure-2/claims.js'
import { linspace } from '../../src/numerics/spacing.js'
import { restingLoss } from '../../src/theory/finite-confidence.js'

// T = T_R = 100, written out.
const top = Math.PI ** 2 / (4 * 100 ** 2)
const critical = (3 * Math.PI ** 4) / (32 * 100 ** 5)
const arrival = Math.round((8 * ((10 * top) ** 2.5 - top ** 2.5)) / (5 * Math.PI * 1e-10))

/** 3001 values of r in units of r*: from 10 down, then hopping between the last two. */
function descent(below: number, above: number): Float64Array {
  return Float64Array.from({ length: 3001 }, (_, epoch) => {
    const r = epoch < 1500 ? 10 - epoch / 200 : epoch % 2 === 0 ? below : above
    return r * top
  })
}

function law(normalisation: 'normalised' | 'un-normalised', exponent: number) {
  const ones = Float64Array.of(1, 1, 1, 1)
  const delay = Float64Array.of(25, 50, 100, 200)
  return { normalisation, delay, predicted: ones, measured: ones, exponent, exponentError: 1e-6 }
}

const drawnR = linspace(-top, 2 * top, 100)

/** At rest below 0, else lowest at the optimum. */
function idealLoss(r: number, confidence: number): number {
  const times = { delay: 100, response: 100 }
  return r < 0 ? restingLoss(r, { confidence }, times, 'normalised') : 0.01 + Math.abs(r / top - 1)
}

/** Makes the plateau of one confidence higher or lower. */
function scalePlateau(
  { r, simulated }: ReturnType<typeof ideal>['landscape'],
  index: number,
  factor: number,
) {
  const { loss } = simulated[index]!
  for (const i of r.keys()) if (r[i]! < 0) loss[i]! *= factor
}

/** Parts as theory has them. */
function ideal() {
  return {
    landscape: {
      r: drawnR,
      closedForm: new Float64Array(),
      simulated: [0.1, 1].map(confidence => ({
        confidence,
        loss: drawnR.map(r => idealLoss(r, confidence)),
      })),
      simulatedEdge: top / 4,
      zoneLoss: 1,
    },
    descents: {
      learns: { rate: 1e-10, r: descent(0.95, 1.05), loss: new Float64Array(3001).fill(0.02) },
      loses: { rate: 1e-9, r: descent(0.2, 0.2), loss: new Float64Array(3001).fill(1) },
      slopeRatio: 900,
      slopeDeviation: 0.01,
      arrival,
      lostAt: 1500 as number | undefined,
    },
    floor: {
      relativeRate: new Float64Array(),
      meanLoss: new Float64Array(),
      deviation: 0.01,
      exponent: 1,
      exponentError: 0.001,
    },
    sweep: {
      rate: Float64Array.of(0.5, 0.99, 1.02, 1.1, 3).map(share => share * critical),
      curves: [],
      lostShare: Float64Array.of(0, 0, 0.5, 1, 1),
    },
    scaling: {
      laws: [law('un-normalised', -5), law('normalised', -4)],
      sharpness: [
        { relativeRate: 0.95, lost: 0, starts: 40 },
        { relativeRate: 1.05, lost: 40, starts: 40 },
      ],
    },
  } satisfies Figure2Parts
}

type Ideal = ReturnType<typeof ideal>

/** The verdict of a claim after a change to the ideal parts. */
function verdict(id: string, change: (parts: Ideal) => unknown): string | undefined {
  const parts = ideal()
  change(parts)
  return findings(parts)[id]?.verdict
}

describe('the claims of figure 2', () => {
  it('are all judged, and supported by what theory says', () => {
    const judged = findings(ideal())
    expect(Object.keys(judged).sort()).toEqual(claims.map(({ id }) => id).sort())
    expect(new Set(Object.values(judged).map(finding => finding.verdict))).toEqual(new Set(['supported']))
  })

  it.each<[string, string, (parts: Ideal) => unknown]>([
    ['1b', 'slopes are off the law', ({ descents }) => Object.assign(descents, { slopeDeviation: 0.2 })],
    [
      '1b',
      'it arrives 2% late',
      ({ descents }) => Object.assign(descents, { arrival: Math.round(1.02 * arrival) }),
    ],
    ['1b', 'it never arrives', ({ descents }) => Object.assign(descents, { arrival: -1 })],
    ['1c', 'r was below 0 once', ({ descents }) => descents.learns.r.fill(-1e-9, 700, 701)],
    [
      '2a',
      'the edge is 6% off',
      ({ landscape }) => Object.assign(landscape, { simulatedEdge: landscape.simulatedEdge * 1.06 }),
    ],
    ['2a', 'a minimum is more than 5% off', ({ landscape }) => landscape.simulated[0]!.loss.fill(0, 82, 83)],
    ['2a', 'the plateau at low confidence is 2% off', ({ landscape }) => scalePlateau(landscape, 0, 1.02)],
    ['2b', 'r leaves the band', ({ descents }) => descents.learns.r.fill(0.9 * top, 2500, 2501)],
    ['2b', 'the floor is 6% off', ({ floor }) => Object.assign(floor, { deviation: 0.06 })],
    ['2b', 'the floor goes with α²', ({ floor }) => Object.assign(floor, { exponent: 2 })],
    ['3a', 'a start is lost at 0.95 α_c', ({ scaling }) => Object.assign(scaling.sharpness[0]!, { lost: 1 })],
    [
      '3a',
      'a start is kept at 1.05 α_c',
      ({ scaling }) => Object.assign(scaling.sharpness[1]!, { lost: 39 }),
    ],
    ['3a', 'figure 2d loses one below α_c', ({ sweep }) => sweep.lostShare.fill(0.1, 1, 2)],
    ['3a', 'figure 2d keeps one far above α_c', ({ sweep }) => sweep.lostShare.fill(0.9, 4, 5)],
  ])('%s is partly so if %s', (id, _, change) => {
    expect(verdict(id, change)).toBe('partly')
  })

  it.each<[string, string, (parts: Ideal) => unknown]>([
    ['1b', 'the fall is not abrupt', ({ descents }) => Object.assign(descents, { slopeRatio: 50 })],
    ['1c', 'nothing is learned', ({ descents }) => descents.learns.loss.fill(0.5, 3000, 3001)],
    ['2a', 'the plateau is not 1', ({ landscape }) => Object.assign(landscape, { zoneLoss: 0.9 })],
    ['2a', 'nothing is lost', ({ descents }) => Object.assign(descents, { lostAt: undefined })],
    ['2a', 'what was lost comes back', ({ descents }) => descents.loses.r.fill(top, 2999, 3000)],
    [
      '2b',
      'r settles above r*',
      ({ descents }) => Object.assign(descents.learns, { r: descent(1.01, 1.01) }),
    ],
    [
      '2b',
      'r settles below r*',
      ({ descents }) => Object.assign(descents.learns, { r: descent(0.99, 0.99) }),
    ],
    [
      '3a',
      'one rate is 0.2% off',
      ({ scaling }) => Object.assign(scaling.laws[1]!, { measured: Float64Array.of(1, 1, 1.002, 1) }),
    ],
    [
      '3a',
      'one rate is no number',
      ({ scaling }) => Object.assign(scaling.laws[0]!, { measured: Float64Array.of(1, NaN, 1, 1) }),
    ],
    ['3b', 'one exponent is off', ({ scaling }) => Object.assign(scaling.laws[0]!, { exponent: -4.99 })],
    [
      '3b',
      'the losses are exchanged',
      ({ scaling }) => scaling.laws.map(law => Object.assign(law, { exponent: -9 - law.exponent })),
    ],
  ])('%s is not supported if %s', (id, _, change) => {
    expect(verdict(id, change)).toBe('not supported')
  })
})
