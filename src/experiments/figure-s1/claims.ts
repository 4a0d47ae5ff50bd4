import { type BootstrapInterval, bootstrapInterval } from '../../numerics/bootstrap.js'
import { fitLine, mean } from '../../numerics/statistics.js'
import { type ClaimRule, type Finding, judge } from '../claim.js'
import { type ResponseRates, responseRatios } from './critical-rates.js'
import type { SwitchingLook, SwitchingRun } from './switching.js'

/** Fewest looks at learned networks that say anything. */
const fewestLooks = 50

export const claims: readonly ClaimRule[] = [
  {
    id: 'S1a',
    statement: "A ghost's canonical form predicts when a trained network switches on",
    expected:
      'observed = predicted: [atan(L₂√(a/r)) + atan(L₁√(a/r))]/(α√(ra)) from κ(0) to the threshold, over several delays, seeds and rates',
    rule: `at least ${fewestLooks} looks; the line of observed against predicted steps has R² above 0.9, by the lower end of the 95% bootstrap interval over seeds, and a slope of 0.8 to 1.2 (main), by both ends 0.9 to 1.1`,
  },
  {
    id: 'S1b',
    statement:
      'The critical learning rate of a response window that is not as long as the delay is that of the formula',
    expected: `α_c = (π²/4)[1/T² − 1/(T + T_R)²]·π²/(2T²), T_R/T = ${responseRatios[0]} to ${responseRatios.at(-1)}`,
    rule: 'bisected rates within 1% of it at every T_R/T (main), and nowhere below it by more than 0.01%: no lower rate loses learning',
  },
]

/** What figure S1's claims are judged by. */
export interface FigureS1Runs {
  readonly switching: readonly SwitchingRun[]
  readonly rates: ResponseRates
}

export function findings({ switching, rates }: FigureS1Runs): Record<string, Finding> {
  return { S1a: switchingPredicted(switching), S1b: ratesPredicted(rates) }
}

/** The line of observed against predicted steps, with bootstrap intervals over seeds. */
export interface SwitchingFit {
  readonly slope: BootstrapInterval
  readonly rSquared: BootstrapInterval
  readonly intercept: number
}

/** Fits the looks of all runs; undefined for fewer than three looks. */
export function fitSwitching(
  runs: readonly SwitchingRun[],
  prediction: 'window' | 'full',
): SwitchingFit | undefined {
  const bySeed = [...new Set(runs.map(({ seed }) => seed))]
    .map(seed => runs.filter(run => run.seed === seed).flatMap(({ looks }) => looks))
    .filter(looks => looks.length > 0)
  if (bySeed.flat().length < 3) return undefined
  const fit = (seeds: readonly (readonly SwitchingLook[])[]) => {
    const looks = seeds.flat()
    return fitLooks(
      looks.map(look => look[prediction]),
      looks.map(({ observed }) => observed),
    )
  }
  return {
    slope: bootstrapInterval(bySeed, drawn => fit(drawn).slope),
    rSquared: bootstrapInterval(bySeed, drawn => fit(drawn).rSquared),
    intercept: fit(bySeed).intercept,
  }
}

function fitLooks(predicted: readonly number[], observed: readonly number[]) {
  const { slope, intercept } = fitLine(predicted, observed)
  const centre = mean(observed)
  let [unexplained, total] = [0, 0]
  for (const [i, value] of observed.entries()) {
    unexplained += (value - intercept - slope * predicted[i]!) ** 2
    total += (value - centre) ** 2
  }
  return { slope, intercept, rSquared: 1 - unexplained / total }
}

function switchingPredicted(runs: readonly SwitchingRun[]): Finding {
  const looks = runs.flatMap(run => run.looks)
  const learned = runs.reduce((sum, run) => sum + run.learned, 0)
  const [fit, full] = [fitSwitching(runs, 'window'), fitSwitching(runs, 'full')]
  const networks = runs.filter(run => run.looks.length > 0).length
  const found = `${looks.length} looks at ${networks} networks, a ghost in ${looks.length} of ${learned} that had learned`
  if (fit === undefined || full === undefined) return { measured: found, verdict: judge(false) }
  const { slope, rSquared } = fit
  const ratios = looks.map(({ window, observed }) => window / observed).sort((a, b) => a - b)
  const ratio = (share: number) => ratios[Math.round(share * (ratios.length - 1))]!.toFixed(3)
  const near = (value: number, margin: number) => Math.abs(value - 1) <= margin
  return {
    measured: `slope ${withInterval(slope)}, R² ${withInterval(rSquared)}; predicted over observed ${ratio(0.5)} (middle 90%: ${ratio(0.05)}–${ratio(0.95)}); full passage: slope ${withInterval(full.slope)}; ${found}`,
    verdict: judge(
      looks.length >= fewestLooks && rSquared.low > 0.9 && near(slope.estimate, 0.2),
      near(slope.low, 0.1) && near(slope.high, 0.1),
    ),
  }
}

const withInterval = ({ estimate, low, high }: BootstrapInterval) =>
  `${estimate.toFixed(3)} (95%: ${low.toFixed(3)}–${high.toFixed(3)})`

function ratesPredicted({ ratio, measured, predicted, shortResponse }: ResponseRates): Finding {
  const deviations = measured.map((rate, i) => rate / predicted[i]! - 1)
  const lowest = Math.min(...deviations)
  const largest = Math.max(...deviations.map(Math.abs))
  const at = ratio[deviations.findIndex(deviation => Math.abs(deviation) === largest)]
  const short = 100 * (shortResponse[0]! / measured[0]! - 1)
  return {
    measured: `within ${(100 * largest).toPrecision(2)}% of the formula at ${ratio.length} ratios (worst at ${at}), lowest ${(100 * lowest).toPrecision(2)}%; the limit for short windows is ${short.toFixed(1)}% too high at ${ratio[0]}`,
    verdict: judge(largest < 0.01, lowest > -1e-4),
  }
}
