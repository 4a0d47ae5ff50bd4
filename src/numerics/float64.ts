/**
 * `a · b + c` in float64 with one rounding, as a hardware fused multiply-add gives it.
 *
 * The product is split exactly in two doubles (Dekker), the three summands are added in two exact steps
 * (Knuth's two-sum), and one case is left to mend: the leading sum can look like a tie between two doubles
 * when the exact sum lies a little to one side of it. Exact while neither the product nor its rounding error
 * overflows or underflows: |a·b| in [2^-960, 2^990] or zero, |a| and |b| below 2^990.
 *
 * Source: Boldo & Melquiond, "Emulation of FMA and correctly rounded sums", IEEE Trans. Comput. 57 (2008).
 */
export function fma64(a: number, b: number, c: number): number {
  const product = a * b
  const productError = multiplicationError(a, b, product)
  const low = c + productError
  const lowError = additionError(c, productError, low)
  const high = product + low
  const highError = additionError(product, low, high)
  const correction = highError + lowError
  const lost = additionError(highError, lowError, correction)
  const rounded = high + correction
  if (lost === 0) return rounded
  const beyond = additionError(high, correction, rounded)
  const neighbour = rounded + 2 * beyond
  const isTie = beyond !== 0 && neighbour - rounded === 2 * beyond
  return isTie && lost > 0 === beyond > 0 ? neighbour : rounded
}

/** The exact rounding error of a float64 addition: `a + b = sum + additionError(a, b, sum)` (Knuth). */
export function additionError(a: number, b: number, sum: number): number {
  const fromB = sum - a
  return a - (sum - fromB) + (b - fromB)
}

const SPLITTER = 2 ** 27 + 1

/** The exact rounding error of a float64 product (Dekker, with Veltkamp's splitting in halves of 26 bits). */
function multiplicationError(a: number, b: number, product: number): number {
  const aHigh = upperHalf(a)
  const bHigh = upperHalf(b)
  const aLow = a - aHigh
  const bLow = b - bHigh
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow)
}

function upperHalf(value: number): number {
  const scaled = SPLITTER * value
  return scaled - (scaled - value)
}
