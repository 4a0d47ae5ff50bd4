/**
 * Single-precision arithmetic, bit for bit as a processor with fused multiply-add does it.
 *
 * JavaScript computes in float64. For one `+`, `-`, `*`, `/` or square root of float32 values, rounding the
 * float64 result once more with `Math.fround` gives the float32 result exactly. A fused multiply-add is the
 * exception: the product of two float32 values is exact in float64, but the sum is not, and rounding it twice
 * can go wrong. It goes wrong only where the float64 sum lies exactly half-way between two float32 values
 * (rounding keeps order, and those half-way points are float64 values), so that is the one case to mend.
 *
 * The logarithm, sine and cosine are the Cephes float32 polynomials in the arrangement of PyTorch's AVX2
 * kernels (log256_ps and sincos256_ps of ATen/native/cpu/avx_mathfun.h, after J. Pommier), with the
 * multiply-add pairs that GCC contracts written out as `fma32`. They agree with that build in every bit,
 * which the correctly rounded functions do not: those differ in one normal draw out of six.
 */
import { additionError } from './float64.js'

const SPLITTER = 2 ** 28 + 1

/**
 * `a · b + c` of float32 values, rounded once to float32 (ties to even), also where the result is subnormal
 * or overflows.
 */
export function fma32(a: number, b: number, c: number): number {
  const product = a * b
  const sum = product + c
  // Veltkamp's splitting rounds to 25 bits; every half-way point between two float32 values fits in those.
  const scaled = SPLITTER * sum
  if (scaled - (scaled - sum) !== sum) return Math.fround(sum)
  const lost = additionError(product, c, sum)
  if (lost === 0) return Math.fround(sum)
  return Math.fround(sum + Math.sign(lost) * Math.abs(sum) * Number.EPSILON)
}

const SQRT_HALF = Math.fround(Math.SQRT1_2)
const LOG_2_HIGH = Math.fround(0.693359375)
const LOG_2_LOW = Math.fround(-2.1219444e-4)
const LOG_POLYNOMIAL = Float32Array.of(
  7.0376836292e-2,
  -1.151461031e-1,
  1.167699874e-1,
  -1.2420140846e-1,
  1.4249322787e-1,
  -1.6668057665e-1,
  2.0000714765e-1,
  -2.4999993993e-1,
  3.3333331174e-1,
)

const floatView = new Float32Array(1)
const bitsView = new Int32Array(floatView.buffer)

/**
 * Natural logarithm of a positive, normal, finite float32, as PyTorch's AVX2 kernels compute it (error below
 * 1 unit in the last place for x ≤ 1). Outside that domain the result means nothing.
 */
export function log32(x: number): number {
  floatView[0] = x
  const bits = bitsView[0]!
  let exponent = (bits >>> 23) - 126
  bitsView[0] = (bits & 0x007fffff) | 0x3f000000
  const mantissa = floatView[0]!
  let f = mantissa - 1
  if (mantissa < SQRT_HALF) {
    exponent -= 1
    f += mantissa
  }
  const square = Math.fround(f * f)
  const cubic = Math.fround(horner32(LOG_POLYNOMIAL, f) * f)
  const y = fma32(cubic, square, Math.fround(exponent * LOG_2_LOW))
  return fma32(exponent, LOG_2_HIGH, Math.fround(f + fma32(square, -0.5, y)))
}

const FOUR_OVER_PI = Math.fround(4 / Math.PI)
/** -π/4 in three parts; the first two have few enough bits for their products with the octant to be exact. */
const MINUS_QUARTER_PI = Float32Array.of(-0.78515625, -2.4187564849853516e-4, -3.774894977445941e-8)
const SINE_POLYNOMIAL = Float32Array.of(-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1)
const COSINE_POLYNOMIAL = Float32Array.of(2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2)

/**
 * Sine of a float32 angle, 0 ≤ x < 8192 (radians), as PyTorch's AVX2 kernels compute it (absolute error below
 * 2^-23 in the first turn).
 */
export function sin32(x: number): number {
  const octant = evenOctant(x)
  const remainder = reducedAngle(x, octant)
  const size = octant & 2 ? cosinePolynomial(remainder) : sinePolynomial(remainder)
  return octant & 4 ? -size : size
}

/** Cosine of a float32 angle, with the domain and error of {@link sin32}. */
export function cos32(x: number): number {
  const octant = evenOctant(x)
  const remainder = reducedAngle(x, octant)
  const size = octant & 2 ? sinePolynomial(remainder) : cosinePolynomial(remainder)
  return (octant + 2) & 4 ? -size : size
}

/** The even number of eighths of a turn nearest to x. */
function evenOctant(x: number): number {
  return (Math.fround(x * FOUR_OVER_PI) + 1) & ~1
}

/** x less `octant` times π/4, in [-π/4, π/4]. */
function reducedAngle(x: number, octant: number): number {
  let remainder = x
  for (let i = 0; i < 3; i++) remainder = fma32(octant, MINUS_QUARTER_PI[i]!, remainder)
  return remainder
}

function sinePolynomial(x: number): number {
  const square = Math.fround(x * x)
  return fma32(Math.fround(horner32(SINE_POLYNOMIAL, square) * square), x, x)
}

function cosinePolynomial(x: number): number {
  const square = Math.fround(x * x)
  const quartic = Math.fround(horner32(COSINE_POLYNOMIAL, square) * square)
  return Math.fround(fma32(quartic, square, -0.5 * square) + 1)
}

/** The polynomial of these coefficients, highest power first, by Horner's rule with fused steps. */
function horner32(coefficients: Float32Array, x: number): number {
  let y = coefficients[0]!
  for (let i = 1; i < coefficients.length; i++) y = fma32(y, x, coefficients[i]!)
  return y
}
