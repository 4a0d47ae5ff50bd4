/** `count` evenly spaced values from `first` to `last`, both included. @throws RangeError if count < 2 */
export function linspace(first: number, last: number, count: number): Float64Array {
  if (!Number.isSafeInteger(count) || count < 2) {
    throw new RangeError(`linspace: count must be a whole number from 2, got ${count}`)
  }
  return Float64Array.from({ length: count }, (_, i) =>
    i === count - 1 ? last : first + (i * (last - first)) / (count - 1),
  )
}

/** `count` values from 10^`first` to 10^`last`, evenly spaced in the exponent. */
export function logspace(first: number, last: number, count: number): Float64Array {
  return linspace(first, last, count).map(exponent => 10 ** exponent)
}
