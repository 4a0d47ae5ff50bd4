import type { Axis } from '../../../src/figures/axis.js'
import { formatNumber } from '../../../src/figures/numbers.js'

/** The axis of a loss that is at most T_R = T, in the units of the normalisation: its weight is 1, or 1/T. */
export function lossAxis(weight: number, delay: number): Axis {
  const most = weight * delay
  return {
    domain: [0, 1.1 * most],
    label: weight === 1 ? 'loss (time units)' : 'loss (share of T)',
    ticks: [0, 0.25 * most, 0.5 * most, 0.75 * most, most],
    format: formatNumber,
  }
}
