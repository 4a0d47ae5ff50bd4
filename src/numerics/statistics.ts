/** Arithmetic mean; NaN of nothing. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]!
  return sum / values.length
}

/** Standard error of the mean (sample standard deviation over √n); NaN of fewer than two values. */
export function standardError(values: ArrayLike<number>): number {
  const centre = mean(values)
  let squares = 0
  for (let i = 0; i < values.length; i++) squares += (values[i]! - centre) ** 2
  return Math.sqrt(squares / (values.length - 1) / values.length)
}

/** The middle value, or the mean of the two in the middle; NaN of nothing. */
export function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort()
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1
    ? sorted[middle]!
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2
}

/** A least-squares line with the standard error of its slope. */
export interface LineFit {
  readonly slope: number
  readonly intercept: number
  /** NaN for two points. */
  readonly slopeError: number
}

/** Fits y = slope·x + intercept. @throws RangeError for fewer than two points or unequal lengths */
export function fitLine(x: ArrayLike<number>, y: ArrayLike<number>): LineFit {
  if (x.length !== y.length || x.length < 2) {
    throw new RangeError(`fitLine: two or more points wanted, got ${x.length} x and ${y.length} y`)
  }
  const [meanX, meanY] = [mean(x), mean(y)]
  let [sxx, sxy, syy] = [0, 0, 0]
  for (let i = 0; i < x.length; i++) {
    const [dx, dy] = [x[i]! - meanX, y[i]! - meanY]
    sxx += dx * dx
    sxy += dx * dy
    syy += dy * dy
  }
  const slope = sxy / sxx
  const residual = Math.max(0, syy - slope * sxy)
  return {
    slope,
    intercept: meanY - slope * meanX,
    slopeError: Math.sqrt(residual / (x.length - 2) / sxx),
  }
}

/** An interval of a share, both ends in [0, 1]. */
export interface ShareInterval {
  readonly share: number
  readonly low: number
  readonly high: number
}

/**
 * A share with its 95% Wilson score interval. Source: E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209.
 * @throws RangeError unless 0 ≤ count ≤ total and total > 0
 */
export function wilsonInterval(count: number, total: number): ShareInterval {
  if (!(total > 0 && count >= 0 && count <= total)) {
    throw new RangeError(`wilsonInterval: count from 0 to total wanted, got ${count} of ${total}`)
  }
  const z = 1.959963984540054
  const share = count / total
  const scale = 1 + z ** 2 / total
  const centre = (share + z ** 2 / (2 * total)) / scale
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / total + z ** 2 / (4 * total ** 2))
  return { share, low: Math.max(0, centre - half), high: Math.min(1, centre + half) }
}
