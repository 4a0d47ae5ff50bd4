/** A finite float64 as the exact value `mantissa · 2^exponent`. */
interface Dyadic {
  readonly mantissa: bigint
  readonly exponent: number
}

/** `a · b + c` in exact integer arithmetic, rounded once to float32 (24 bits) or float64 (53 bits), ties to even. */
export function exactMultiplyAdd(a: number, b: number, c: number, format: 'float32' | 'float64'): number {
  const factor = dyadic(a)
  const other = dyadic(b)
  const addend = dyadic(c)
  const productExponent = factor.exponent + other.exponent
  const exponent = Math.min(productExponent, addend.exponent)
  const product = (factor.mantissa * other.mantissa) << BigInt(productExponent - exponent)
  const mantissa = product + (addend.mantissa << BigInt(addend.exponent - exponent))
  return format === 'float32'
    ? rounded({ mantissa, exponent }, 24, -149, 127)
    : rounded({ mantissa, exponent }, 53, -1074, 1023)
}

function dyadic(value: number): Dyadic {
  let mantissa = value
  let exponent = 0
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2
    exponent -= 1
  }
  return { mantissa: BigInt(mantissa), exponent }
}

function rounded(value: Dyadic, bits: number, lowestExponent: number, highestExponent: number): number {
  const negative = value.mantissa < 0n
  const size = negative ? -value.mantissa : value.mantissa
  const length = size === 0n ? 0 : size.toString(2).length
  const exponent = Math.max(value.exponent + length - bits, lowestExponent)
  const shift = BigInt(exponent - value.exponent)
  const magnitude = scaled(shift > 0n ? roundedShift(size, shift) : size << -shift, exponent)
  const finite = magnitude < 2 * 2 ** highestExponent ? magnitude : Infinity
  return negative ? -finite : finite
}

/** `size / 2^shift` rounded to an integer, ties to even. */
function roundedShift(size: bigint, shift: bigint): bigint {
  const quotient = size >> shift
  const twiceRemainder = (size - (quotient << shift)) * 2n
  const unit = 1n << shift
  const up = twiceRemainder > unit || (twiceRemainder === unit && quotient % 2n === 1n)
  return up ? quotient + 1n : quotient
}

/** `integer · 2^exponent`, in two steps so that no factor leaves the range of float64. */
function scaled(integer: bigint, exponent: number): number {
  const half = Math.trunc(exponent / 2)
  return Number(integer) * 2 ** half * 2 ** (exponent - half)
}
