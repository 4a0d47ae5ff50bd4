/**
 * Takes turns: one stretch of epochs of each contestant, again and again, so that a busy machine slows them all.
 * @returns for each contestant its times in order
 */
export async function takeTurns(contestants, turns) {
  const times = contestants.map(() => [])
  for (let turn = 0; turn < turns; turn++) {
    for (const [index, one] of contestants.entries()) times[index].push(await one.time())
  }
  return times
}

/** The value below which a share of all values lies. */
export function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(share * (sorted.length - 1))]
}

export const median = values => quantile(values, 0.5)

/** How many epochs take about `milliseconds`. */
export async function epochsIn(milliseconds, timeOne) {
  const microseconds = Math.min(await timeOne(), await timeOne())
  return Math.max(1, Math.round((milliseconds * 1000) / microseconds))
}

/** Median of the ratios of simultaneous turns: a slow spell of the machine is in both. */
export function medianRatio(times, base) {
  return median(times.map((time, turn) => time / base[turn]))
}
