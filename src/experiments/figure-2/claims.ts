import { mean } from '../../numerics/statistics.js'
import { criticalLearningRate } from '../../theory/critical-rate.js'
import { optimum, zoneEdge } from '../../theory/delayed-activation.js'
import { restingLoss } from '../../theory/finite-confidence.js'
import { arrivalEpoch, arrivalSlopeRatio } from '../../theory/gradient-flow.js'
import { oscillationBand } from '../../theory/oscillation.js'
import { type ClaimRule, type Finding, judge } from '../claim.js'
import type { RateSweep, Scaling } from './critical-rates.js'
import {
  type Descents,
  descentRates,
  normalisation,
  type OscillationFloor,
  relativeStart,
} from './descents.js'
import { type Landscape, times } from './landscape.js'

const top = optimum(times.delay)
const edge = zoneEdge(times)
const start = relativeStart * top
const expectedArrival = arrivalEpoch({ start, learningRate: descentRates.learns, times, normalisation })
const critical = criticalLearningRate(times, normalisation)

export const claims: readonly ClaimRule[] = [
  {
    id: '1b',
    statement: 'One dimension learns abruptly: flat for long, then a sudden fall of the loss',
    expected: `steepest over first slope → (r₀/r*)³ = ${arrivalSlopeRatio(start, times.delay)}; arrival at epoch ${expectedArrival.toFixed(0)}`,
    rule: 'steepest epoch over the first above 100 (main); every epoch before arrival within 10% of (r₀/r)³ halfway through it (its step is 8% of r at the end); arrival within 1% of the gradient flow',
  },
  {
    id: '1c',
    statement: 'It learns without a bifurcation',
    expected: 'r stays above 0, where the saddle-node bifurcation is, from the first epoch to the last',
    rule: 'loss below 0.1 at the end (main) and r > 0 at every epoch',
  },
  {
    id: '2a',
    statement: 'The loss has a no-learning zone, which begins before the bifurcation',
    expected: `edge at r*/4 > 0, loss 1 in it, at finite confidence that of the state at rest; a rate of ${descentRates.loses} ends there`,
    rule: 'at the higher confidence a plateau within 1% of 1, and the descent ends in the zone for good (main); at each confidence the plateau at r < 0 within 1% of o² + (1 − o)², o = σ(−a(√−r + x*)), and the lowest loss within 5% of r*; simulated edge within 5% of r*/4',
  },
  {
    id: '2b',
    statement: 'The minimum is oscillatory: below the critical rate the loss never settles',
    expected: 'r hops about r* inside the band of theory; floor of the loss ¼(1 − r_z/r*)·α/α_c',
    rule: 'in the last 1000 epochs r lies on both sides of r* (main), inside the band; floor at rates up to 0.2 α_c within 5% of theory, exponent 1 ± 0.05',
  },
  {
    id: '3a',
    statement: 'There is a critical learning rate',
    expected: `3π⁴/(32 T⁵) = ${critical.toExponential(4)} at T = ${times.delay} (un-normalised), and as sharp as a step`,
    rule: 'measured rates within 0.1% of theory at every delay (main); 0 of 40 starts lost at 0.95 α_c, all at 1.05 α_c; no start of figure 2d lost below α_c, all lost above 1.05 α_c',
  },
  {
    id: '3b',
    statement: 'The critical learning rate is an inverse power law of the delay',
    expected: 'exponent −5 (un-normalised loss), −4 (normalised loss)',
    rule: 'both fitted exponents within 0.001',
  },
]

/** What figure 2's claims are judged by. */
export interface Figure2Parts {
  landscape: Landscape
  descents: Descents
  floor: OscillationFloor
  sweep: RateSweep
  scaling: Scaling
}

export function findings(parts: Figure2Parts): Record<string, Finding> {
  return {
    '1b': abruptness(parts.descents),
    '1c': withoutBifurcation(parts.descents),
    '2a': noLearningZone(parts),
    '2b': oscillation(parts),
    '3a': criticalRate(parts),
    '3b': powerLaw(parts.scaling),
  }
}

function abruptness({ slopeRatio, slopeDeviation, arrival }: Descents): Finding {
  const onTime = Math.abs(arrival / expectedArrival - 1) < 0.01
  return {
    measured: `steepest epoch ${slopeRatio.toFixed(0)} times the first, every epoch within ${(100 * slopeDeviation).toFixed(2)}% of (r₀/r)³; arrival at epoch ${arrival}`,
    verdict: judge(slopeRatio > 100, slopeDeviation < 0.1, onTime),
  }
}

function withoutBifurcation({ learns }: Descents): Finding {
  const lowest = Math.min(...learns.r)
  const final = learns.loss.at(-1)!
  return {
    measured: `final loss ${final.toFixed(4)}, lowest r ${(lowest / top).toFixed(3)} r*`,
    verdict: judge(final < 0.1, lowest > 0),
  }
}

function noLearningZone({ landscape, descents: { loses, lostAt } }: Figure2Parts): Finding {
  const { simulatedEdge, zoneLoss } = landscape
  const stays = lostAt !== undefined && loses.r.subarray(lostAt).every(r => r === loses.r[lostAt])
  const lost = lostAt === undefined ? 'never lost' : `lost at epoch ${lostAt}${stays ? ' for good' : ''}`
  const curves = finiteCurves(landscape)
  const shown = curves.map(
    ({ confidence, plateau, expected, lowestAt }) =>
      `a = ${confidence}: plateau ${plateau.toFixed(4)} (theory ${expected.toFixed(4)}), minimum at ${lowestAt.toFixed(2)} r*`,
  )
  return {
    measured: `${shown.join('; ')}; edge ${(simulatedEdge / edge).toFixed(3)} of theory; ${lost}`,
    verdict: judge(
      Math.abs(zoneLoss - 1) < 0.01 && stays,
      curves.every(({ plateau, expected }) => Math.abs(plateau / expected - 1) < 0.01),
      curves.every(({ lowestAt }) => Math.abs(lowestAt - 1) < 0.05),
      Math.abs(simulatedEdge / edge - 1) < 0.05,
    ),
  }
}

/** Of each simulated confidence the plateau at r < 0, that of the state at rest, and where the loss is lowest. */
function finiteCurves({ r, simulated }: Landscape) {
  const beyond = [...r.keys()].filter(i => r[i]! < 0)
  return simulated.map(({ confidence, loss }) => ({
    confidence,
    plateau: mean(beyond.map(i => loss[i]!)),
    expected: mean(beyond.map(i => restingLoss(r[i]!, { confidence }, times, 'normalised'))),
    lowestAt: r[loss.indexOf(Math.min(...loss))]! / top,
  }))
}

function oscillation({ descents: { learns }, floor }: Figure2Parts): Finding {
  const late = learns.r.subarray(-1000)
  const [lowest, highest] = [Math.min(...late), Math.max(...late)]
  const band = oscillationBand(learns.rate, times, normalisation)
  const within = lowest >= band.lowest && highest <= band.highest
  const span = (low: number, high: number) => `${(low / top).toFixed(3)}–${(high / top).toFixed(3)} r*`
  return {
    measured: `r in ${span(lowest, highest)} (band ${span(band.lowest, band.highest)}), floor within ${(100 * floor.deviation).toFixed(1)}% of theory, ∝ α^(${floor.exponent.toFixed(3)} ± ${floor.exponentError.toFixed(3)})`,
    verdict: judge(
      lowest < top && highest > top,
      within,
      floor.deviation < 0.05,
      Math.abs(floor.exponent - 1) <= 0.05,
    ),
  }
}

function criticalRate({ scaling: { laws, sharpness }, sweep }: Figure2Parts): Finding {
  const deviations = laws.flatMap(({ predicted, measured }) =>
    Array.from(measured, (rate, i) => Math.abs(rate / predicted[i]! - 1)),
  )
  const worst = Math.max(...deviations)
  const at = (relativeRate: number) => sharpness.find(entry => entry.relativeRate === relativeRate)!
  const [below, above] = [at(0.95), at(1.05)]
  const sweepAgrees = sweep.lostShare.every((share, i) => {
    const relative = sweep.rate[i]! / critical
    return relative < 1 ? share === 0 : relative < 1.05 || share === 1
  })
  return {
    measured: `within ${(100 * worst).toFixed(4)}% over 4 delays on both losses; lost: ${below.lost}/${below.starts} at 0.95 α_c, ${above.lost}/${above.starts} at 1.05 α_c; figure 2d ${sweepAgrees ? 'agrees' : 'disagrees'}`,
    verdict: judge(worst < 0.001, below.lost === 0, above.lost === above.starts, sweepAgrees),
  }
}

function powerLaw({ laws }: Scaling): Finding {
  const expected = { 'un-normalised': -5, normalised: -4 }
  const holds = laws.map(law => Math.abs(law.exponent - expected[law.normalisation]) <= 0.001)
  const shown = laws.map(
    law => `${law.exponent.toFixed(5)} ± ${law.exponentError.toExponential(0)} (${law.normalisation})`,
  )
  return { measured: shown.join(', '), verdict: judge(holds.every(Boolean)) }
}
