import type { DelayedActivationTimes, Normalisation } from '../theory/delayed-activation.js'
import { optimum } from '../theory/delayed-activation.js'
import { entersZone } from './toy-descent.js'

/** How a critical learning rate is measured. */
export interface CriticalRateMeasurement {
  readonly times: DelayedActivationTimes
  readonly normalisation: Normalisation
  /** Number of starts, spread evenly over (r*, 10 r*]. */
  readonly starts?: number
  /** Epochs given to each start. */
  readonly epochs?: number
  /** Relative width at which the bisection ends. */
  readonly tolerance?: number
}

/**
 * The smallest learning rate at which descent from any of many starts ends in the no-learning zone, found
 * by growing from nothing and bisection of simulated outcomes; theory's critical rate is not used.
 * @throws RangeError if no rate below 10³ loses learning
 */
export function measureCriticalRate(measurement: CriticalRateMeasurement): number {
  const { times, normalisation, starts = 1000, epochs = 2000, tolerance = 1e-5 } = measurement
  const r0 = optimum(times.delay)
  const loses = (rate: number) => {
    for (let i = 1; i <= starts; i++) {
      if (entersZone({ times, normalisation, rate }, r0 * (1 + (9 * i) / starts), epochs)) return true
    }
    return false
  }
  let high = 1e-20
  while (!loses(high)) {
    high *= 10
    if (high > 1e3) throw new RangeError('measureCriticalRate: no learning rate below 1000 loses learning')
  }
  let low = high / 10
  while (high / low > 1 + tolerance) {
    const middle = Math.sqrt(low * high)
    if (loses(middle)) high = middle
    else low = middle
  }
  return Math.sqrt(low * high)
}
