import type { Axis } from '../../../src/figures/axis.js'
import { formatNumber } from '../../../src/figures/numbers.js'

/**
 * r/r* on a signed root scale: √(r/r*) = T/t* above the bifurcation, −√(−r/r*) below it. Starts at 10 r*, hops of a few
 * hundredths about r* and the fixed points' side are all seen on it.
 */
export function toRoot(relative: number): number {
  return Math.sign(relative) * Math.sqrt(Math.abs(relative))
}

export function fromRoot(root: number): number {
  return Math.sign(root) * root * root
}

/** Values of r/r* that are ticks where they fit; 1/4 is the zone's edge. */
const ticks = [-64, -16, -4, -1, 0, 0.25, 1, 4, 10, 20, 64]

/** An axis of r/r* from `low` to `high`. */
export function rootAxis(low: number, high: number): Axis {
  return {
    domain: [toRoot(low), toRoot(high)],
    label: 'r / r* (root scale)',
    ticks: ticks.filter(tick => tick >= low && tick <= high).map(toRoot),
    format: root => formatNumber(fromRoot(root)),
  }
}
