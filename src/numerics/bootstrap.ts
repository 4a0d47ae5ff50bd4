import { MersenneTwister } from './mersenne-twister.js'

/** A statistic of a sample, with its percentile bootstrap interval. */
export interface BootstrapInterval {
  readonly estimate: number
  readonly low: number
  readonly high: number
}

export interface BootstrapOptions {
  /** Probability that the interval holds; 0.95 unless given. */
  readonly level?: number
  /** Resamples drawn; 2000 unless given. */
  readonly resamples?: number
}

/**
 * A percentile bootstrap interval: units are drawn with replacement and the statistic is taken of each draw. A unit is
 * what is independent: a seed with everything measured of it. The draws are always the same, so that the interval is a
 * function of the sample. Source: B. Efron, R. J. Tibshirani, An Introduction to the Bootstrap (1993), ch. 13.
 *
 * @param statistic draws on which it is not a number are left out
 * @throws RangeError for no units, or a level outside (0, 1)
 */
export function bootstrapInterval<Unit>(
  units: readonly Unit[],
  statistic: (drawn: readonly Unit[]) => number,
  { level = 0.95, resamples = 2000 }: BootstrapOptions = {},
): BootstrapInterval {
  if (units.length === 0) throw new RangeError('bootstrapInterval: one or more units wanted')
  if (!(level > 0 && level < 1)) {
    throw new RangeError(`bootstrapInterval: level must be between 0 and 1, got ${level}`)
  }
  const generator = new MersenneTwister(0)
  const draw = () => units[Math.floor((generator.word() / 2 ** 32) * units.length)]!
  const values = Float64Array.from({ length: resamples }, () => statistic(units.map(draw)))
    .filter(value => !Number.isNaN(value))
    .sort()
  const tail = (1 - level) / 2
  return { estimate: statistic(units), low: quantile(values, tail), high: quantile(values, 1 - tail) }
}

/** The quantile of ascending values, between its neighbours in proportion; NaN of nothing. */
function quantile(values: Float64Array, share: number): number {
  const place = share * (values.length - 1)
  const below = values[Math.floor(place)] ?? Number.NaN
  const above = values[Math.ceil(place)] ?? Number.NaN
  return below + (place - Math.floor(place)) * (above - below)
}
