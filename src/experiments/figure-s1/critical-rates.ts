import { criticalLearningRate, shortResponseCriticalRate } from '../../theory/critical-rate.js'
import { measureCriticalRate } from '../../training/measured-critical-rate.js'
import type { PartContext, Profile } from '../experiment.js'

/** T_R/T, and the delay T, at which critical rates are measured. */
export const responseRatios = [0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1, 1.5, 2, 3, 4] as const
export const delay = 100

/** Starts between r* and 10 r*, and the epochs that each is given. */
export const effort: Record<Profile, { readonly starts: number; readonly epochs: number }> = {
  quick: { starts: 500, epochs: 1000 },
  standard: { starts: 1000, epochs: 2000 },
  paper: { starts: 2000, epochs: 5000 },
}

/** The toy's critical learning rates against T_R/T, all `[ratios]`, normalised loss. */
export interface ResponseRates {
  readonly ratio: Float64Array
  readonly measured: Float64Array
  /** The exact formula, and its limit for T_R ≪ T. */
  readonly predicted: Float64Array
  readonly shortResponse: Float64Array
}

/** Measures the critical rate at every ratio by bisection of simulated descents. */
export function measureResponseRates({ profile, onProgress }: PartContext): ResponseRates {
  const timesAt = (ratio: number) => ({ delay, response: ratio * delay })
  const ratio = Float64Array.from(responseRatios)
  const measured = ratio.map((at, i) => {
    onProgress(i / ratio.length)
    return measureCriticalRate({ times: timesAt(at), normalisation: 'normalised', ...effort[profile] })
  })
  return {
    ratio,
    measured,
    predicted: ratio.map(at => criticalLearningRate(timesAt(at), 'normalised')),
    shortResponse: ratio.map(at => shortResponseCriticalRate(timesAt(at), 'normalised')),
  }
}
