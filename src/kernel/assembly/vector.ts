/**
 * Float32 mathematics on vectors of four lanes. Every function here is small enough for the optimiser to
 * inline, so a kernel may call it in its innermost loop.
 *
 * Lanes that hold NaN stay NaN everywhere: a diverged training is found by its loss.
 */

/** Bytes of one vector. */
export const vectorBytes: usize = 16

/** What is smaller than this is nothing: far below float32 resolution, far above its denormal numbers. */
const negligible: f64 = 1e-20

/**
 * Beyond this |u| the rational below is exactly 1 in float32: a saturated neuron has slope 1 − h² = 0, and
 * not a rounding error.
 */
const tanhClamp: f32 = 8.3

/** e^±87 are normal float32 numbers. */
const exponentialClamp: f32 = 87

/** a·b + c, rounded twice. */
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  return f32x4.add(f32x4.mul(a, b), c)
}

/** a0·b0 + a1·b1 + a2·b2 + a3·b3. */
export function combine(
  a0: v128,
  b0: v128,
  a1: v128,
  b1: v128,
  a2: v128,
  b2: v128,
  a3: v128,
  b3: v128,
): v128 {
  return f32x4.add(multiplyAdd(a0, b0, f32x4.mul(a1, b1)), multiplyAdd(a2, b2, f32x4.mul(a3, b3)))
}

/** Values beyond ±limit become ±limit. */
export function clamp(value: v128, limit: f32): v128 {
  return f32x4.pmax(f32x4.pmin(value, f32x4.splat(limit)), f32x4.splat(-limit))
}

/**
 * A constant in all lanes, from a table. V8 builds a constant vector anew at each use, with three instructions;
 * loading it takes one.
 */
export function constant(table: usize, index: usize): v128 {
  return v128.load_splat<f32>(table + (index << 2))
}

/** The clamp, then P and Q of `tanh` from the highest power of u² down; their lowest terms are 1. */
const tanhTable = memory.data<f32>([
  tanhClamp,
  -tanhClamp,
  1.52596726e-8,
  2.19034118e-5,
  0.00357169565,
  0.13444452,
  8.53054416e-7,
  0.000341174251,
  0.0261644106,
  0.467777729,
  1,
])

/**
 * tanh as u·P(u²)/Q(u²), both of degree 4: within 4.1e-7 of tanh everywhere, and relative to it near 0.
 * An exponential would lose the relative accuracy near 0.
 */
export function tanh(value: v128): v128 {
  const u = f32x4.pmax(f32x4.pmin(value, constant(tanhTable, 0)), constant(tanhTable, 1))
  const x = f32x4.mul(u, u)
  let p = multiplyAdd(x, constant(tanhTable, 2), constant(tanhTable, 3))
  p = multiplyAdd(p, x, constant(tanhTable, 4))
  p = multiplyAdd(p, x, constant(tanhTable, 5))
  p = multiplyAdd(p, x, constant(tanhTable, 10))
  let q = multiplyAdd(x, constant(tanhTable, 6), constant(tanhTable, 7))
  q = multiplyAdd(q, x, constant(tanhTable, 8))
  q = multiplyAdd(q, x, constant(tanhTable, 9))
  q = multiplyAdd(q, x, constant(tanhTable, 10))
  return f32x4.div(f32x4.mul(u, p), q)
}

/** The slope of tanh where its value is h. */
export function tanhSlope(h: v128): v128 {
  return f32x4.sub(constant(tanhTable, 10), f32x4.mul(h, h))
}

/**
 * e^u, for |u| beyond 87 that of ±87: u = k ln 2 + r, a polynomial in |r| ≤ ½ ln 2 and k added to the
 * exponent bits. Relative error 2e-7. Source: Cephes, expf.
 */
export function exponential(value: v128): v128 {
  const u = clamp(value, exponentialClamp)
  const k = f32x4.nearest(f32x4.mul(u, f32x4.splat(1.44269504)))
  // ln 2 in two parts, the first short enough for k times it to be exact.
  let r = multiplyAdd(k, f32x4.splat(-0.693359375), u)
  r = multiplyAdd(k, f32x4.splat(2.1219444e-4), r)
  let p = multiplyAdd(r, f32x4.splat(1.98756915e-4), f32x4.splat(1.3981999507e-3))
  p = multiplyAdd(p, r, f32x4.splat(8.3334519073e-3))
  p = multiplyAdd(p, r, f32x4.splat(4.1665795894e-2))
  p = multiplyAdd(p, r, f32x4.splat(1.6666665459e-1))
  p = multiplyAdd(p, r, f32x4.splat(5.0000001201e-1))
  p = multiplyAdd(p, f32x4.mul(r, r), f32x4.add(r, f32x4.splat(1)))
  const exponent = i32x4.add(i32x4.trunc_sat_f32x4_s(k), i32x4.splat(127))
  return f32x4.mul(p, i32x4.shl(exponent, 23))
}

/** Sum of the four lanes. */
export function sum(value: v128): f32 {
  const pairs = f32x4.add(
    value,
    i8x16.shuffle(value, value, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7),
  )
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1)
}

/** Sums of the squares of lanes 0 and 2, and of lanes 1 and 3, in float64: no square underflows. */
export function squares(value: v128): v128 {
  const low = f64x2.promote_low_f32x4(value)
  const high = f64x2.promote_low_f32x4(
    i8x16.shuffle(value, value, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7),
  )
  return f64x2.add(f64x2.mul(low, low), f64x2.mul(high, high))
}

/**
 * WebAssembly cannot flush denormal numbers to zero, and arithmetic on them is many times slower. A scalar
 * that is about to multiply whole vectors, or that decays from step to step, is therefore 0 once negligible.
 */
export function flush(value: f64): f64 {
  return abs(value) < negligible ? 0 : value
}

/** `flush` for each lane. */
export function flushLanes(value: v128): v128 {
  return v128.andnot(value, f32x4.lt(f32x4.abs(value), f32x4.splat(<f32>negligible)))
}

/** The next multiple of `unit`, a power of two. */
export function padded(count: i32, unit: i32): i32 {
  return (count + unit - 1) & ~(unit - 1)
}

/** a·b over `length` floats, a whole number of vectors. */
export function dot(a: usize, b: usize, length: i32): f32 {
  let total = f32x4.splat(0)
  for (const end = a + ((<usize>length) << 2); a < end; a += vectorBytes, b += vectorBytes) {
    total = multiplyAdd(v128.load(a), v128.load(b), total)
  }
  return sum(total)
}
