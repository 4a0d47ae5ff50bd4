import { publishedToy } from '../../models/toy.js'
import { type BootstrapInterval, bootstrapInterval } from '../../numerics/bootstrap.js'
import { mean, median, type ShareInterval, wilsonInterval } from '../../numerics/statistics.js'
import { type ClaimRule, type Finding, judge } from '../claim.js'
import type { LimitedBranch, ReadOutRun } from './read-out-limit.js'
import type { RescueRun } from './rescue.js'
import { readOutLimit, rescueSettings, trainedConfidence } from './settings.js'
import type { ConfidenceRun } from './trained-confidence.js'
import { restingSpeeds, type ZoneGradient } from './zone-gradient.js'

const { confidences, lowered, unchanged } = rescueSettings
const loweredTo = confidences[lowered]!.toFixed(2)

/** The limits are four chances to be right by accident: each interval is that much wider. */
const limitLevel = 1 - 0.05 / readOutLimit.limits.length

export const claims: readonly ClaimRule[] = [
  {
    id: '5a',
    statement:
      'Lower confidence reaches into the no-learning zone, where the gradient falls exponentially with it',
    expected: `|dL/dr|/a ∝ exp(−a(x* + √−r)), x* = ${publishedToy.threshold}`,
    rule: `decay fitted over a = 1 to 2 within 0.1% of x* + √−r at √−r = ${restingSpeeds.join(', ')} (main); its excess over x* within 5% of √−r; at r < 0 the mean gradient over its maximum is larger at each lower one of the five confidences`,
  },
  {
    id: '5b',
    statement: 'Lower confidence frees a network trapped in the no-learning zone',
    expected:
      'most of the networks that lost what they learned at confidence 10 learn again at about 1, few at 10',
    rule: `rescued: accuracy above 50%, on average over the last 50 of 100 epochs; at confidence ${loweredTo} the 95% interval of the share rescued lies above that at 10 (main), and above 50%`,
  },
  {
    id: '5c',
    statement: 'Learning is lost although confidence is trained too, and comes back once it is set to 1',
    expected: 'the zone has no gradient in the confidence either',
    rule: 'of the networks that lose what they learned, the 95% interval of the share rescued (as in 5b, at the end of 10,000 epochs) lies above that without the change (main), and above 50%; more than half of the networks lose what they learned, by the same interval',
  },
  {
    id: '5d',
    statement: 'A limit on the read-out makes driven networks more accurate',
    expected: '‖w_out‖₁ kept at 0.1, 0.5, 1 or 3 against a read-out left alone, the same networks and noise',
    rule: `mean accuracy in the last tenth of the epochs, bootstrap intervals over networks at ${(100 * limitLevel).toFixed(2)}% for four limits: for at least one limit the paired difference lies above 0 and the accuracy above the ${percent(readOutLimit.silentAccuracy)} of a silent network (main); for all four they do`,
  },
]

/** Of a mean of accuracies: a hundred silent networks have that of one. */
const rounding = 1e-9

/** What figure 8's claims are judged by. */
export interface Figure8Runs {
  readonly zone: ZoneGradient
  readonly rescues: readonly RescueRun[]
  readonly trained: readonly ConfidenceRun[]
  readonly readOut: readonly ReadOutRun[]
}

export function findings({ zone, rescues, trained, readOut }: Figure8Runs): Record<string, Finding> {
  return {
    '5a': gradientDecays(zone),
    '5b': freedByConfidence(rescues),
    '5c': freedFromTrained(trained),
    '5d': freedByReadOut(readOut),
  }
}

function gradientDecays({ r, simulated, decays }: ZoneGradient): Finding {
  const { threshold } = publishedToy
  const worst = (error: (decay: ZoneGradient['decays'][number]) => number) =>
    Math.max(...decays.map(decay => Math.abs(error(decay))))
  const relative = worst(({ decay, speed }) => decay / (threshold + speed) - 1)
  const excess = worst(({ decay, speed }) => (decay - threshold) / speed - 1)
  const reach = simulated.map(({ gradient }) => {
    const beyond = gradient.filter((_, i) => r[i]! < 0)
    return mean(beyond) / Math.max(...gradient)
  })
  const wider = reach.every((share, i) => i === 0 || share < reach[i - 1]!)
  const shares = simulated.map(({ confidence }, i) => `${reach[i]!.toPrecision(2)} at ${confidence}`)
  const range = decays.map(({ decay }) => decay.toFixed(3))
  return {
    measured: `decay ${range[0]}–${range.at(-1)}, within ${(100 * relative).toPrecision(2)}% of theory, excess over x* within ${(100 * excess).toPrecision(2)}%; mean gradient at r < 0 over the maximum: ${shares.join(', ')}`,
    verdict: judge(relative < 0.001, excess < 0.05, wider),
  }
}

/** Share of the lost networks that a confidence rescues; undefined if none is lost. */
export function rescuedShare(runs: readonly RescueRun[], confidence: number): ShareInterval | undefined {
  const lost = runs.filter(({ fate }) => fate === 'lost')
  if (lost.length === 0) return undefined
  return wilsonInterval(lost.filter(({ branches }) => branches[confidence]?.rescued).length, lost.length)
}

function freedByConfidence(runs: readonly RescueRun[]): Finding {
  const lost = runs.filter(({ fate }) => fate === 'lost')
  const low = rescuedShare(runs, lowered)
  const same = rescuedShare(runs, unchanged)
  if (low === undefined || same === undefined) {
    return { measured: `0/${runs.length} lost`, verdict: judge(false) }
  }
  const shares = confidences.map((_, i) => rescuedShare(runs, i)?.share ?? 0)
  const best = shares.indexOf(Math.max(...shares))
  const late = mean(lost.map(({ branches }) => branches[lowered]!.accuracy))
  const gradient = (at: number) => median(lost.map(({ branches }) => branches[at]!.firstGradient))
  return {
    measured: `${lost.length}/${runs.length} lost; rescued at ${loweredTo}: ${interval(low)}, with accuracy ${percent(late)}; at 10: ${interval(same)}; most at ${confidences[best]!.toFixed(2)}: ${percent(shares[best]!)}; median gradient at the change to ${loweredTo}: ${short(gradient(lowered))}, at 10: ${short(gradient(unchanged))}`,
    verdict: judge(low.low > same.high, low.low > 0.5),
  }
}

function freedFromTrained(runs: readonly ConfidenceRun[]): Finding {
  const lost = runs.filter(({ fate }) => fate === 'lost')
  if (lost.length === 0) return { measured: `0/${runs.length} lost`, verdict: judge(false) }
  const share = (name: 'lowered' | 'unchanged') =>
    wilsonInterval(lost.filter(run => run[name]?.rescued).length, lost.length)
  const [low, same] = [share('lowered'), share('unchanged')]
  const lostShare = wilsonInterval(lost.length, runs.length)
  const ends = lost.map(({ confidence }) => confidence)
  const published = runs.find(({ seed }) => seed === trainedConfidence.publishedSeed)
  return {
    measured: `lost: ${interval(lostShare)} of ${runs.length}, at confidence ${Math.min(...ends).toFixed(1)}–${Math.max(...ends).toFixed(1)}; rescued with 1: ${interval(low)}, without: ${interval(same)}; seed 40: ${published?.fate ?? 'not run'}`,
    verdict: judge(low.low > same.high, low.low > 0.5, lostShare.low > 0.5),
  }
}

/** Mean difference of late accuracy between one limit and none, with its interval over networks. */
export function limitGain(runs: readonly ReadOutRun[], limit: number): BootstrapInterval {
  const gains = runs.map(({ alone, limited }) => limited[limit]!.late - alone.late)
  return bootstrapInterval(gains, mean, { level: limitLevel })
}

function freedByReadOut(runs: readonly ReadOutRun[]): Finding {
  if (runs.length === 0) return { measured: 'no network', verdict: judge(false) }
  const late = (branches: readonly LimitedBranch[]) => percent(mean(branches.map(branch => branch.late)))
  const gains = readOutLimit.limits.map((_, i) => limitGain(runs, i))
  const better = gains.map(({ low }, i) => {
    const accuracy = bootstrapInterval(
      runs.map(({ limited }) => limited[i]!.late),
      mean,
      { level: limitLevel },
    )
    return low > 0 && accuracy.low > readOutLimit.silentAccuracy + rounding
  })
  const words = readOutLimit.limits.map((limit, i) => {
    const { estimate, low, high } = gains[i]!
    const caveat = better[i] ? '' : `, no better than ${low > 0 ? 'a silent network' : 'left alone'}`
    return `‖w_out‖₁ = ${limit}: ${late(runs.map(({ limited }) => limited[i]!))} (${points(estimate)}, ${points(low)} to ${points(high)} points)${caveat}`
  })
  return {
    measured: `${runs.length} networks, left alone ${late(runs.map(({ alone }) => alone))}; ${words.join(', ')}${divergences(runs)}`,
    verdict: judge(better.some(Boolean), better.every(Boolean)),
  }
}

function divergences(runs: readonly ReadOutRun[]): string {
  const count = runs
    .flatMap(({ alone, limited }) => [alone, ...limited])
    .filter(branch => branch.diverged).length
  return count === 0 ? '' : `; ${count} diverged`
}

const points = (share: number) => `${share < 0 ? '−' : '+'}${(100 * Math.abs(share)).toFixed(1)}`
const interval = ({ share, low, high }: ShareInterval) =>
  `${percent(share)} (95%: ${(100 * low).toFixed(0)}–${percent(high)})`

const short = (value: number) => (value === 0 ? '0' : value.toPrecision(2))

function percent(share: number): string {
  return `${(100 * share).toFixed(0)}%`
}
