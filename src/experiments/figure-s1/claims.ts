import { type BootstrapInterval, bootstrapInterval } from '../../numerics/bootstrap.js'
import { mean } from '../../numerics/statistics.js'
import { type ClaimRule, type Finding, judge } from '../claim.js'
import { type ResponseRates, responseRatios } from './critical-rates.js'
import { type SwitchingLook, type SwitchingRun, speedFactors } from './switching.js'

/** Fewest looks at learned networks that say anything. */
const fewestLooks = 50

export const claims: readonly ClaimRule[] = [
  {
    id: 'S1a',
    statement: "A ghost's canonical form predicts when a trained network switches on",
    expected:
      'observed = predicted: [atan(L₂√(a/r)) + atan(L₁√(a/r))] / (α√(ra)) from κ(0) to the threshold, over several delays, seeds and rates',
    rule: `at least ${fewestLooks} looks; the line of observed against predicted steps has R² above 0.9, by the lower end of the 95% bootstrap interval over seeds, and a slope of 0.8 to 1.2 (main), by both ends 0.9 to 1.1; mean error below that of guessing that a network switches on after its delay T, by the 95% interval of the difference over seeds`,
  },
  {
    id: 'S1b',
    statement:
      'It predicts this too where training has not set it: under a constant input that slows the ghost or speeds it up',
    expected: `observed ∝ predicted over more than a factor of four, for inputs along n that multiply the speed of the ghost by ${speedFactors.join(', ')}`,
    rule: 'the line of log observed against log predicted steps has R² above 0.9, by the lower end of the 95% bootstrap interval over seeds, and a slope of 0.9 to 1.1 by both ends, and the observed steps spread over more than a factor of 4 (main); mean relative error below 10% by the upper end, over seeds',
  },
  {
    id: 'S1c',
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
  return {
    S1a: switchingPredicted(switching),
    S1b: shiftedPredicted(switching),
    S1c: ratesPredicted(rates),
  }
}

/** The line of observed against predicted values, with bootstrap intervals over seeds. */
export interface PredictionFit {
  readonly slope: BootstrapInterval
  readonly rSquared: BootstrapInterval
  readonly intercept: number
}

/** A prediction and what was observed. */
interface Pair {
  readonly seed: number
  readonly predicted: number
  readonly observed: number
}

/** Fits a line through all pairs; undefined for fewer than three. */
function fitPairs(pairs: readonly Pair[]): PredictionFit | undefined {
  if (pairs.length < 3) return undefined
  const sums = bySeed(pairs).map(sumsOf)
  return {
    slope: bootstrapInterval(sums, drawn => lineThrough(drawn).slope),
    rSquared: bootstrapInterval(sums, drawn => lineThrough(drawn).rSquared),
    intercept: lineThrough(sums).intercept,
  }
}

/** Groups of one seed, whose networks are made and trained from the same random numbers. */
function bySeed<Look extends { readonly seed: number }>(looks: readonly Look[]): Look[][] {
  const groups = new Map<number, Look[]>()
  for (const look of looks) groups.set(look.seed, [...(groups.get(look.seed) ?? []), look])
  return [...groups.values()]
}

/** Count, and sums of x, y, x², xy and y²: all that a line is fitted by. */
type Sums = readonly [number, number, number, number, number, number]

function sumsOf(pairs: readonly Pair[]): Sums {
  return added(pairs.map(({ predicted: x, observed: y }) => [1, x, y, x * x, x * y, y * y]))
}

function added(all: readonly Sums[]): Sums {
  const total: [number, number, number, number, number, number] = [0, 0, 0, 0, 0, 0]
  for (const sums of all) for (let i = 0; i < total.length; i++) total[i]! += sums[i]!
  return total
}

/** The least-squares line through the pairs that the sums are of. */
function lineThrough(parts: readonly Sums[]) {
  const [count, x, y, xx, xy, yy] = added(parts)
  const [varX, varY, both] = [xx - (x * x) / count, yy - (y * y) / count, xy - (x * y) / count]
  const slope = both / varX
  return { slope, intercept: (y - slope * x) / count, rSquared: both ** 2 / (varX * varY) }
}

/** Observed against predicted steps of the networks as they were trained. */
export function fitTrained(
  runs: readonly SwitchingRun[],
  prediction: 'window' | 'full',
): PredictionFit | undefined {
  const looks = runs.flatMap(run => run.looks)
  return fitPairs(looks.map(look => ({ ...look, predicted: look[prediction] })))
}

/** The same under constant inputs, in logarithms: the steps spread over more than a factor of ten. */
export function fitShifted(runs: readonly SwitchingRun[]): PredictionFit | undefined {
  const looks = runs.flatMap(run => run.shifted)
  return fitPairs(
    looks.map(({ seed, window, observed }) => {
      return { seed, predicted: Math.log(window), observed: Math.log(observed) }
    }),
  )
}

const near = (value: number, margin: number) => Math.abs(value - 1) <= margin

function switchingPredicted(runs: readonly SwitchingRun[]): Finding {
  const looks = runs.flatMap(run => run.looks)
  const learned = runs.reduce((sum, run) => sum + run.learned, 0)
  const [fit, full] = [fitTrained(runs, 'window'), fitTrained(runs, 'full')]
  const networks = runs.filter(run => run.looks.length > 0).length
  const found = `${looks.length} looks at ${networks} networks, a ghost in ${looks.length} of ${learned} that had learned`
  if (fit === undefined || full === undefined) return { measured: found, verdict: judge(false) }
  const { slope, rSquared } = fit
  const errorOf = (some: readonly SwitchingLook[], guess: (look: SwitchingLook) => number) =>
    mean(some.map(look => Math.abs(guess(look) - look.observed)))
  const predicted = ({ window }: SwitchingLook) => window
  const delay = (look: SwitchingLook) => look.delay
  const excess = bootstrapInterval(
    bySeed(looks),
    drawn => errorOf(drawn.flat(), predicted) - errorOf(drawn.flat(), delay),
  )
  return {
    measured: `slope ${withInterval(slope)}, R² ${withInterval(rSquared)}; predicted over observed ${quantiles(looks)}; mean error ${errorOf(looks, predicted).toFixed(2)} steps, of guessing T ${errorOf(looks, delay).toFixed(2)}, difference ${withInterval(excess)}; full passage: slope ${withInterval(full.slope)}; ${found}`,
    verdict: judge(
      looks.length >= fewestLooks && rSquared.low > 0.9 && near(slope.estimate, 0.2),
      near(slope.low, 0.1) && near(slope.high, 0.1),
      excess.high < 0,
    ),
  }
}

function shiftedPredicted(runs: readonly SwitchingRun[]): Finding {
  const looks = runs.flatMap(run => run.shifted)
  const networks = runs.filter(run => run.shifted.length > 0).length
  const tried = runs.filter(run => run.looks.length > 0).length * speedFactors.length
  const found = `${looks.length} of ${tried} inputs to ${networks} networks leave a ghost on the way`
  const fit = fitShifted(runs)
  if (fit === undefined) return { measured: found, verdict: judge(false) }
  const observed = looks.map(look => look.observed)
  const [low, high] = [Math.min(...observed), Math.max(...observed)]
  const error = bootstrapInterval(bySeed(looks), drawn =>
    mean(drawn.flat().map(look => Math.abs(look.window / look.observed - 1))),
  )
  const { slope, rSquared } = fit
  return {
    measured: `power ${withInterval(slope)}, R² ${withInterval(rSquared)}; mean relative error ${withInterval(error)}, predicted over observed ${quantiles(looks)}; steps ${low}–${high}; ${found}`,
    verdict: judge(
      rSquared.low > 0.9 && near(slope.low, 0.1) && near(slope.high, 0.1) && high > 4 * low,
      error.high < 0.1,
    ),
  }
}

function quantiles(looks: readonly { readonly window: number; readonly observed: number }[]): string {
  const ratios = looks.map(({ window, observed }) => window / observed).sort((a, b) => a - b)
  const at = (share: number) => ratios[Math.round(share * (ratios.length - 1))]!.toFixed(3)
  return `${at(0.5)} (middle 90%: ${at(0.05)}–${at(0.95)})`
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
