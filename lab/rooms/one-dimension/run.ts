import { computed } from '@preact/signals'
import { TorchGenerator } from '../../../src/numerics/torch-generator.js'
import { criticalLearningRate } from '../../../src/theory/critical-rate.js'
import {
  type DelayedActivationTimes,
  type Normalisation,
  optimum,
  zoneEdge,
} from '../../../src/theory/delayed-activation.js'
import { arrivalEpoch } from '../../../src/theory/gradient-flow.js'
import { lossFloor } from '../../../src/theory/oscillation.js'
import { values } from './state.js'

/** One descent as it is set, and what theory says of it. r in 1/time², times in time units. */
export interface Run {
  readonly times: { readonly delay: number; readonly response: number }
  readonly normalisation: Normalisation
  readonly rate: number
  readonly confidence: number
  /** r₀, and r₀/r*. */
  readonly start: number
  readonly relativeStart: number
  /** r*, and r_z. */
  readonly best: number
  readonly edge: number
  /** α_c. */
  readonly critical: number
  /** α/α_c. */
  readonly ratio: number
  /** τ*, of gradient flow. */
  readonly arrival: number
  /** Mean late loss; undefined above the critical rate and at a finite confidence. */
  readonly floor: number | undefined
  /** The last epoch. */
  readonly horizon: number
  /** What a wrong trial costs a time unit: 1/T if normalised. */
  readonly weight: number
}

/** Rates that can be set, over the critical one. */
export const relativeRates = { lowest: 0.02, highest: 10 } as const
/** Spread of drawn starts, in units of r*, as in figure 2d. */
const spread = 0.1
/** No scrubber needs more epochs; a simulated one costs a tenth of a millisecond or more. */
const mostEpochs = { closedForm: 100_000, simulated: 20_000 } as const

/** r₀ in units of r*: as set, or the n-th draw about it. */
export function drawnStart(relative: number, draw: number): number {
  return draw === 0 ? relative : relative + spread * new TorchGenerator(draw).normal64(1)[0]!
}

/** The rates that can be set at a delay, three digits each. */
export function rateLimits(times: DelayedActivationTimes, normalisation: Normalisation) {
  const critical = criticalLearningRate(times, normalisation)
  return {
    min: threeDigits(relativeRates.lowest * critical),
    max: threeDigits(relativeRates.highest * critical),
  }
}

export function createRun(set: {
  readonly delay: number
  readonly normalisation: Normalisation
  readonly rate: number
  /** r₀/r*. */
  readonly relativeStart: number
  readonly confidence: number
}): Run {
  const { delay, normalisation, relativeStart, confidence } = set
  const times = { delay, response: delay }
  const { min, max } = rateLimits(times, normalisation)
  const rate = Math.min(max, Math.max(min, set.rate))
  const best = optimum(delay)
  const start = relativeStart * best
  const critical = criticalLearningRate(times, normalisation)
  const arrival = arrivalEpoch({ start, learningRate: rate, times, normalisation })
  return {
    times,
    normalisation,
    rate,
    confidence,
    start,
    relativeStart,
    best,
    edge: zoneEdge(times),
    critical,
    ratio: rate / critical,
    arrival,
    floor:
      rate > critical || confidence !== Number.POSITIVE_INFINITY
        ? undefined
        : lossFloor(rate, times, normalisation),
    horizon: horizonOf(arrival, confidence),
    weight: normalisation === 'normalised' ? 1 / delay : 1,
  }
}

/** The epochs worth seeing: the fall of the loss and a while after it, longer where the zone lets go again. */
function horizonOf(arrival: number, confidence: number): number {
  const simulated = confidence !== Number.POSITIVE_INFINITY
  const wanted = roundUp(1.6 * arrival + (simulated ? 1500 : 400))
  return Math.min(wanted, simulated ? mostEpochs.simulated : mostEpochs.closedForm)
}

/** The next of 1, 2, 3, 5, 10, 20 … */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  return power * [1, 2, 3, 5, 10].find(factor => factor * power >= value)!
}

export function threeDigits(value: number): number {
  return Number(value.toPrecision(3))
}

/** The normalisation that is set: one of the two options of its field. */
export const normalisation = computed<Normalisation>(() =>
  values.loss.value === 'normalised' ? 'normalised' : 'un-normalised',
)

export const confidence = computed(() =>
  values.a.value === 'infinite' ? Number.POSITIVE_INFINITY : Number(values.a.value),
)

export const run = computed(() =>
  createRun({
    delay: values.delay.value,
    normalisation: normalisation.value,
    rate: values.rate.value,
    relativeStart: drawnStart(values.start.value, values.draw.value),
    confidence: confidence.value,
  }),
)
