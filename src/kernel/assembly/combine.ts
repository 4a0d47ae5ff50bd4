import { multiplyAdd, vectorBytes } from './vector'

/**
 * out[r, c] = Σ_k a[r, k] b[k, c]: a linear combination of the rows of b for each row of a. One of the three
 * blocks that a recurrent network is made of; the others are in dots.ts and outer.ts.
 *
 * Matrices are rows of whole pairs of vectors, a column of fewer is padding. Each block works on tiles of six or
 * eight vectors of the result, which stay in registers while the inner index runs: 22 instructions for 8
 * multiply-adds. V8 has 15 registers and loads everything that a turn of a loop needs before it multiplies, so
 * that a tile's sums, its factors and all vectors loaded in a turn must fit together. The tiles' functions are
 * long because each sum is a variable of its own; only so does it stay in a register.
 *
 * All sizes and strides are in bytes, but `rows` and `inner`, which count.
 *
 * @param a rows of contiguous float32, `aStride` apart
 * @param width of a row of b and of out; whole pairs of vectors
 */
export function combineRows(
  out: usize,
  outStride: usize,
  rows: usize,
  a: usize,
  aStride: usize,
  b: usize,
  bStride: usize,
  inner: usize,
  width: usize,
): void {
  let row: usize = 0
  for (; row + 4 <= rows; row += 4) {
    const first = a + row * aStride
    const result = out + row * outStride
    for (let c: usize = 0; c < width; c += 2 * vectorBytes) {
      combineFour(result + c, outStride, first, aStride, b + c, bStride, inner)
    }
  }
  if (row + 2 <= rows) {
    const result = out + row * outStride
    combineTwoRows(result, result + outStride, a + row * aStride, aStride, b, bStride, inner, width)
    row += 2
  }
  if (row < rows) combineOne(out + row * outStride, a + row * aStride, b, bStride, inner, width)
}

/** Four rows, two vectors of each. */
function combineFour(
  out: usize,
  outStride: usize,
  a0: usize,
  aStride: usize,
  b: usize,
  bStride: usize,
  inner: usize,
): void {
  const a1 = a0 + aStride
  const a2 = a1 + aStride
  const a3 = a2 + aStride
  let s00 = f32x4.splat(0)
  let s01 = s00
  let s10 = s00
  let s11 = s00
  let s20 = s00
  let s21 = s00
  let s30 = s00
  let s31 = s00
  for (let k: usize = 0, end = inner << 2; k < end; k += 4) {
    const b0 = v128.load(b)
    const b1 = v128.load(b, vectorBytes)
    b += bStride
    let factor = v128.load_splat<f32>(a0 + k)
    s00 = multiplyAdd(factor, b0, s00)
    s01 = multiplyAdd(factor, b1, s01)
    factor = v128.load_splat<f32>(a1 + k)
    s10 = multiplyAdd(factor, b0, s10)
    s11 = multiplyAdd(factor, b1, s11)
    factor = v128.load_splat<f32>(a2 + k)
    s20 = multiplyAdd(factor, b0, s20)
    s21 = multiplyAdd(factor, b1, s21)
    factor = v128.load_splat<f32>(a3 + k)
    s30 = multiplyAdd(factor, b0, s30)
    s31 = multiplyAdd(factor, b1, s31)
  }
  v128.store(out, s00)
  v128.store(out, s01, vectorBytes)
  out += outStride
  v128.store(out, s10)
  v128.store(out, s11, vectorBytes)
  out += outStride
  v128.store(out, s20)
  v128.store(out, s21, vectorBytes)
  out += outStride
  v128.store(out, s30)
  v128.store(out, s31, vectorBytes)
}

/** Two rows: four vectors of each at a time, then two of either row. */
function combineTwoRows(
  first: usize,
  second: usize,
  a: usize,
  aStride: usize,
  b: usize,
  bStride: usize,
  inner: usize,
  width: usize,
): void {
  const end = a + (inner << 2)
  let c: usize = 0
  for (; c + 4 * vectorBytes <= width; c += 4 * vectorBytes) {
    combineTwoByFour(first + c, second + c, a, end, aStride, b + c, bStride)
  }
  if (c == width) return
  combineTwo(first + c, a, end, b + c, bStride)
  combineTwo(second + c, a + aStride, end + aStride, b + c, bStride)
}

function combineTwoByFour(
  first: usize,
  second: usize,
  a: usize,
  end: usize,
  aStride: usize,
  b: usize,
  bStride: usize,
): void {
  let s00 = f32x4.splat(0)
  let s01 = s00
  let s02 = s00
  let s03 = s00
  let s10 = s00
  let s11 = s00
  let s12 = s00
  let s13 = s00
  for (; a < end; a += 4) {
    const factor0 = v128.load_splat<f32>(a)
    const factor1 = v128.load_splat<f32>(a + aStride)
    let row = v128.load(b)
    s00 = multiplyAdd(factor0, row, s00)
    s10 = multiplyAdd(factor1, row, s10)
    row = v128.load(b, vectorBytes)
    s01 = multiplyAdd(factor0, row, s01)
    s11 = multiplyAdd(factor1, row, s11)
    row = v128.load(b, 2 * vectorBytes)
    s02 = multiplyAdd(factor0, row, s02)
    s12 = multiplyAdd(factor1, row, s12)
    row = v128.load(b, 3 * vectorBytes)
    s03 = multiplyAdd(factor0, row, s03)
    s13 = multiplyAdd(factor1, row, s13)
    b += bStride
  }
  v128.store(first, s00)
  v128.store(first, s01, vectorBytes)
  v128.store(first, s02, 2 * vectorBytes)
  v128.store(first, s03, 3 * vectorBytes)
  v128.store(second, s10)
  v128.store(second, s11, vectorBytes)
  v128.store(second, s12, 2 * vectorBytes)
  v128.store(second, s13, 3 * vectorBytes)
}

/** One row: six vectors at a time, then two. */
function combineOne(out: usize, a: usize, b: usize, bStride: usize, inner: usize, width: usize): void {
  const end = a + (inner << 2)
  let c: usize = 0
  for (; c + 6 * vectorBytes <= width; c += 6 * vectorBytes) combineSix(out + c, a, end, b + c, bStride)
  for (; c < width; c += 2 * vectorBytes) combineTwo(out + c, a, end, b + c, bStride)
}

function combineSix(out: usize, a: usize, end: usize, b: usize, bStride: usize): void {
  let s0 = f32x4.splat(0)
  let s1 = s0
  let s2 = s0
  let s3 = s0
  let s4 = s0
  let s5 = s0
  for (; a < end; a += 4) {
    const factor = v128.load_splat<f32>(a)
    s0 = multiplyAdd(factor, v128.load(b), s0)
    s1 = multiplyAdd(factor, v128.load(b, vectorBytes), s1)
    s2 = multiplyAdd(factor, v128.load(b, 2 * vectorBytes), s2)
    s3 = multiplyAdd(factor, v128.load(b, 3 * vectorBytes), s3)
    s4 = multiplyAdd(factor, v128.load(b, 4 * vectorBytes), s4)
    s5 = multiplyAdd(factor, v128.load(b, 5 * vectorBytes), s5)
    b += bStride
  }
  v128.store(out, s0)
  v128.store(out, s1, vectorBytes)
  v128.store(out, s2, 2 * vectorBytes)
  v128.store(out, s3, 3 * vectorBytes)
  v128.store(out, s4, 4 * vectorBytes)
  v128.store(out, s5, 5 * vectorBytes)
}

/** Two vectors, two rows of b at a time: four sums that do not wait for one another. */
function combineTwo(out: usize, a: usize, end: usize, b: usize, bStride: usize): void {
  let s00 = f32x4.splat(0)
  let s01 = s00
  let s10 = s00
  let s11 = s00
  for (; a + 8 <= end; a += 8) {
    const second = b + bStride
    const factor0 = v128.load_splat<f32>(a)
    const factor1 = v128.load_splat<f32>(a, 4)
    s00 = multiplyAdd(factor0, v128.load(b), s00)
    s01 = multiplyAdd(factor0, v128.load(b, vectorBytes), s01)
    s10 = multiplyAdd(factor1, v128.load(second), s10)
    s11 = multiplyAdd(factor1, v128.load(second, vectorBytes), s11)
    b = second + bStride
  }
  if (a < end) {
    const factor = v128.load_splat<f32>(a)
    s00 = multiplyAdd(factor, v128.load(b), s00)
    s01 = multiplyAdd(factor, v128.load(b, vectorBytes), s01)
  }
  v128.store(out, f32x4.add(s00, s10))
  v128.store(out, f32x4.add(s01, s11), vectorBytes)
}
