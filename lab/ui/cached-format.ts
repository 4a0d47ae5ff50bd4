import { formatCount, formatNumber } from '../../src/figures/numbers.js'

/** Formats of axes that are drawn many times a second with the same ticks: a locale's format is slow to make. */

const mostKept = 500

export const tickCount = cached(formatCount)
export const tickNumber = cached(value => formatNumber(value))

function cached(format: (value: number) => string): (value: number) => string {
  const kept = new Map<number, string>()
  return value => {
    const known = kept.get(value)
    if (known !== undefined) return known
    if (kept.size >= mostKept) kept.clear()
    const text = format(value)
    kept.set(value, text)
    return text
  }
}
