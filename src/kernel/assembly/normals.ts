import { constant, multiplyAdd, vectorBytes } from './vector'

/**
 * Standard normals as a pure function of (seed, epoch, step, trial, neuron): the float32 twin of
 * src/numerics/counter-normals.ts, which says how they are laid out. Four Philox blocks at a time, block
 * j = 4J + l in lane l, make sixteen normals by two turns of Box-Muller; normal i of lane l is that of neuron
 * 16J + 4i + l, so that each i is a vector in its place.
 */

const rounds: i32 = 7
const multiplierTable = memory.data<i32>([0xd2511f53, 0xcd9e8d57])
const keyIncrement0: i32 = 0x9e3779b9
const keyIncrement1: i32 = 0xbb67ae85

/** Bytes of a table of round keys. */
export const roundKeyBytes: f64 = 56

/** Neurons whose normals are made at a time. */
export const normalsAtOnce: i32 = 16

/** The two keys of each round, in order, for the two words of a seed. */
export function writeRoundKeys(table: usize, low: i32, high: i32): void {
  for (let round = 0; round < rounds; round++) {
    i32.store(table, low + round * keyIncrement0)
    i32.store(table, high + round * keyIncrement1, 4)
    table += 8
  }
}

/** scale·N(0, 1) for `count` neurons, a whole number of `normalsAtOnce`, float32. */
export function fillNormals(
  out: usize,
  count: i32,
  scale: f32,
  keys: usize,
  epoch: i32,
  step: i32,
  trial: i32,
): void {
  const bytes = (<usize>count) << 2
  fillWords(out, bytes, keys, epoch, step, trial)
  const size = f32x4.splat(scale)
  for (const end = out + bytes; out < end; out += 2 * vectorBytes) transformPair(out, size)
}

/** The four words of each block, as vectors of their own over the blocks of a group. */
function fillWords(out: usize, bytes: usize, keys: usize, epoch: i32, step: i32, trial: i32): void {
  let block = i32x4(0, 1, 2, 3)
  const lastKey = keys + 8 * <usize>rounds
  for (const end = out + bytes; out < end; out += 4 * vectorBytes) {
    let c0 = block
    let c1 = i32x4.splat(trial)
    let c2 = i32x4.splat(step)
    let c3 = i32x4.splat(epoch)
    for (let key = keys; key < lastKey; key += 8) {
      const m0 = constant(multiplierTable, 0)
      const m1 = constant(multiplierTable, 1)
      const low0 = i64x2.extmul_low_i32x4_u(c0, m0)
      const high0 = i64x2.extmul_high_i32x4_u(c0, m0)
      const low1 = i64x2.extmul_low_i32x4_u(c2, m1)
      const high1 = i64x2.extmul_high_i32x4_u(c2, m1)
      c0 = v128.xor(v128.xor(i32x4.shuffle(low1, high1, 1, 3, 5, 7), c1), v128.load_splat<i32>(key))
      c2 = v128.xor(v128.xor(i32x4.shuffle(low0, high0, 1, 3, 5, 7), c3), v128.load_splat<i32>(key, 4))
      c1 = i32x4.shuffle(low1, high1, 0, 2, 4, 6)
      c3 = i32x4.shuffle(low0, high0, 0, 2, 4, 6)
    }
    block = i32x4.add(block, i32x4.splat(4))
    v128.store(out, c0)
    v128.store(out, c1, vectorBytes)
    v128.store(out, c2, 2 * vectorBytes)
    v128.store(out, c3, 3 * vectorBytes)
  }
}

/** 2⁻²⁴, −2, 2⁻²², 1.5·2²³, ¼, 2π. */
const turnTable = memory.data<f32>([1.0 / 16777216.0, -2, 1.0 / 4194304.0, 12582912, 0.25, 6.283185307179586])

/** Box-Muller in place: radius·cos and radius·sin, for a radius from one word and an angle from the next. */
function transformPair(words: usize, scale: v128): void {
  const unit = constant(turnTable, 0)
  const radii = i32x4.add(i32x4.shr_u(v128.load(words), 8), constant(oneTable, 0))
  const uniform = f32x4.mul(f32x4.convert_i32x4_s(radii), unit)
  const radius = f32x4.mul(f32x4.sqrt(f32x4.mul(logarithm(uniform), constant(turnTable, 1))), scale)

  // A quarter turn exchanges sine and cosine; their signs follow from the quadrant, which adding 1.5·2²³ leaves
  // in the lowest bits.
  const quarters = f32x4.mul(
    f32x4.convert_i32x4_s(i32x4.shr_u(v128.load(words, vectorBytes), 8)),
    constant(turnTable, 2),
  )
  const quadrant = f32x4.add(quarters, constant(turnTable, 3))
  const whole = f32x4.sub(quadrant, constant(turnTable, 3))
  const offset = f32x4.mul(f32x4.sub(quarters, whole), constant(turnTable, 4))
  const angle = f32x4.mul(offset, constant(turnTable, 5))
  const square = f32x4.mul(angle, angle)
  const sine = sineOf(angle, square)
  const cosine = cosineOf(square)
  const odd = i32x4.shr_s(i32x4.shl(quadrant, 31), 31)
  const cosineSign = i32x4.shl(i32x4.shr_u(i32x4.add(quadrant, constant(oneTable, 0)), 1), 31)
  const sineSign = i32x4.shl(i32x4.shr_u(quadrant, 1), 31)
  v128.store(words, f32x4.mul(radius, v128.xor(v128.bitselect(sine, cosine, odd), cosineSign)))
  v128.store(words, f32x4.mul(radius, v128.xor(v128.bitselect(cosine, sine, odd), sineSign)), vectorBytes)
}

const oneTable = memory.data<i32>([1])

/** 1, the polynomial from the highest power down, ln 2 in two parts, −½; then the bits of √½ and of a mantissa. */
const logarithmTable = memory.data<f32>([
  1, 7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
  2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1, -2.1219444e-4, 0.693359375, -0.5,
])
const mantissaTable = memory.data<i32>([0x3f3504f3, 0x7fffff])

/** ln u for normal u, relative error 1e-7 also near 1. Source: Cephes, logf. */
function logarithm(value: v128): v128 {
  const base = constant(mantissaTable, 0) // √½: the mantissa is taken from [√½, √2)
  const offset = i32x4.sub(value, base)
  const exponent = f32x4.convert_i32x4_s(i32x4.shr_s(offset, 23))
  const mantissa = i32x4.add(v128.and(offset, constant(mantissaTable, 1)), base)
  const x = f32x4.sub(mantissa, constant(logarithmTable, 0))
  const square = f32x4.mul(x, x)
  // In powers of x² of pairs, whose latencies overlap.
  let p = multiplyAdd(x, constant(logarithmTable, 1), constant(logarithmTable, 2))
  const q = multiplyAdd(x, constant(logarithmTable, 3), constant(logarithmTable, 4))
  const r = multiplyAdd(x, constant(logarithmTable, 5), constant(logarithmTable, 6))
  const s = multiplyAdd(x, constant(logarithmTable, 7), constant(logarithmTable, 8))
  p = multiplyAdd(multiplyAdd(p, square, q), f32x4.mul(square, square), multiplyAdd(r, square, s))
  p = multiplyAdd(p, x, constant(logarithmTable, 9))
  p = f32x4.mul(f32x4.mul(p, x), square)
  p = multiplyAdd(exponent, constant(logarithmTable, 10), p)
  p = multiplyAdd(square, constant(logarithmTable, 12), p)
  return multiplyAdd(exponent, constant(logarithmTable, 11), f32x4.add(x, p))
}

const sineTable = memory.data<f32>([-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1])
const cosineTable = memory.data<f32>([
  2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2, -0.5, 1,
])

/** sin u for |u| ≤ π/4, of u and u². Source: Cephes, sinf. */
function sineOf(angle: v128, square: v128): v128 {
  let p = multiplyAdd(square, constant(sineTable, 0), constant(sineTable, 1))
  p = multiplyAdd(p, square, constant(sineTable, 2))
  return multiplyAdd(f32x4.mul(p, square), angle, angle)
}

/** cos u for |u| ≤ π/4, of u². Source: Cephes, cosf. */
function cosineOf(square: v128): v128 {
  let p = multiplyAdd(square, constant(cosineTable, 0), constant(cosineTable, 1))
  p = multiplyAdd(p, square, constant(cosineTable, 2))
  const low = multiplyAdd(square, constant(cosineTable, 3), constant(cosineTable, 4))
  return multiplyAdd(f32x4.mul(p, square), square, low)
}
