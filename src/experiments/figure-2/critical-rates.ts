import { logspace } from '../../numerics/spacing.js'
import { fitLine, mean, standardError } from '../../numerics/statistics.js'
import { TorchGenerator } from '../../numerics/torch-generator.js'
import { criticalLearningRate } from '../../theory/critical-rate.js'
import { loss, type Normalisation, optimum, zoneEdge } from '../../theory/delayed-activation.js'
import { measureCriticalRate } from '../../training/measured-critical-rate.js'
import { entersZone, toyUpdate } from '../../training/toy-descent.js'
import { normalisation, relativeStart } from './descents.js'
import { times } from './landscape.js'

/** Figure 2d: mean normalised loss over 10 starts against the learning rate, at five epochs. */
export interface RateSweep {
  readonly rate: Float64Array
  readonly curves: readonly {
    readonly epoch: number
    readonly mean: Float64Array
    readonly standardError: Float64Array
  }[]
  /** At each rate, the share of starts that end in the zone. */
  readonly lostShare: Float64Array
}

/** The published sweep. */
export const sweepSettings = {
  rates: logspace(-11, -8, 100),
  starts: 10,
  /** Spread of the starts about 10 r*, in units of r*. */
  spread: 0.1,
  epochs: [1000, 2000, 3000, 5000, 10_000],
  seed: 0,
} as const

export function runSweep(): RateSweep {
  const { rates, starts, spread, epochs, seed } = sweepSettings
  const [top, edge] = [optimum(times.delay), zoneEdge(times)]
  const generator = new TorchGenerator(seed)
  const lostShare = new Float64Array(rates.length)
  const curves = epochs.map(epoch => ({
    epoch,
    mean: new Float64Array(rates.length),
    standardError: new Float64Array(rates.length),
  }))
  rates.forEach((rate, i) => {
    const update = toyUpdate({ times, normalisation, rate })
    const r = Float64Array.from(generator.normal64(starts), z => top * (relativeStart + spread * z))
    let epoch = 0
    for (const curve of curves) {
      for (; epoch < curve.epoch; epoch++) for (let j = 0; j < starts; j++) r[j] = update(r[j]!)
      const losses = r.map(at => loss(at, times, 'normalised'))
      curve.mean[i] = mean(losses)
      curve.standardError[i] = standardError(losses)
    }
    lostShare[i] = mean(r.map(at => (at <= edge ? 1 : 0)))
  })
  return { rate: rates, curves, lostShare }
}

/** Measured against predicted critical learning rates over the delay, for one normalisation. */
export interface RateLaw {
  readonly normalisation: Normalisation
  readonly delay: Float64Array
  readonly predicted: Float64Array
  readonly measured: Float64Array
  /** d log α_c / d log T of the measured rates, with its standard error. */
  readonly exponent: number
  readonly exponentError: number
}

export interface Scaling {
  readonly laws: readonly RateLaw[]
  /** How sharp the threshold is: share of starts in the zone at rates relative to the critical one. */
  readonly sharpness: readonly {
    readonly relativeRate: number
    readonly lost: number
    readonly starts: number
  }[]
}

const delays = [25, 50, 100, 200]

/** Measures the critical learning rate at four delays, normalised and un-normalised. */
export function measureScaling(onProgress: (share: number) => void): Scaling {
  let done = 0
  const laws = (['un-normalised', 'normalised'] as const).map(kind => {
    const measured = delays.map(delay => {
      const rate = measureCriticalRate({ times: { delay, response: delay }, normalisation: kind })
      onProgress(++done / (2 * delays.length))
      return rate
    })
    const fit = fitLine(delays.map(Math.log), measured.map(Math.log))
    return {
      normalisation: kind,
      delay: Float64Array.from(delays),
      predicted: Float64Array.from(delays, delay => criticalLearningRate({ delay, response: delay }, kind)),
      measured: Float64Array.from(measured),
      exponent: fit.slope,
      exponentError: fit.slopeError,
    }
  })
  return { laws, sharpness: measureSharpness() }
}

function measureSharpness(): Scaling['sharpness'] {
  const critical = criticalLearningRate(times, normalisation)
  const starts = 40
  return [0.95, 1, 1.05].map(relativeRate => {
    const descent = { times, normalisation, rate: relativeRate * critical } as const
    let lost = 0
    for (let i = 1; i <= starts; i++) {
      if (entersZone(descent, optimum(times.delay) * (1 + (9 * i) / starts), 20_000)) lost++
    }
    return { relativeRate, lost, starts }
  })
}
