import { multiplyAdd, sum, vectorBytes } from './vector'

/**
 * out[i, j] = a_i · b_j for every pair of rows: one of the three blocks of a recurrent network, see combine.ts.
 * Tiles of two rows of a by four of b, whose eight sums stay in registers; the entries of `out` lie `aStep` apart in i and `bStep`
 * apart in j, so that the caller may call either matrix a: b should be the one with four rows or more.
 *
 * All sizes and strides are in bytes; `width` is that of a row, whole pairs of vectors.
 */
export function dots(
  out: usize,
  aStep: usize,
  bStep: usize,
  a: usize,
  aStride: usize,
  aRows: usize,
  b: usize,
  bStride: usize,
  bRows: usize,
  width: usize,
): void {
  let j: usize = 0
  for (; j + 4 <= bRows; j += 4) {
    const four = b + j * bStride
    const column = out + j * bStep
    let i: usize = 0
    for (; i + 2 <= aRows; i += 2) {
      dotsTwoByFour(column + i * aStep, aStep, bStep, a + i * aStride, aStride, four, bStride, width)
    }
    if (i < aRows) dotsOneByFour(column + i * aStep, bStep, a + i * aStride, four, bStride, width)
  }
  for (; j < bRows; j++) {
    for (let i: usize = 0; i < aRows; i++) {
      f32.store(out + i * aStep + j * bStep, dotOne(a + i * aStride, b + j * bStride, width))
    }
  }
}

function dotsTwoByFour(
  out: usize,
  aStep: usize,
  bStep: usize,
  a0: usize,
  aStride: usize,
  b0: usize,
  bStride: usize,
  width: usize,
): void {
  const a1 = a0 + aStride
  const b1 = b0 + bStride
  const b2 = b1 + bStride
  const b3 = b2 + bStride
  let s00 = f32x4.splat(0)
  let s01 = s00
  let s02 = s00
  let s03 = s00
  let s10 = s00
  let s11 = s00
  let s12 = s00
  let s13 = s00
  for (let c: usize = 0; c < width; c += vectorBytes) {
    const first = v128.load(a0 + c)
    const second = v128.load(a1 + c)
    let row = v128.load(b0 + c)
    s00 = multiplyAdd(first, row, s00)
    s10 = multiplyAdd(second, row, s10)
    row = v128.load(b1 + c)
    s01 = multiplyAdd(first, row, s01)
    s11 = multiplyAdd(second, row, s11)
    row = v128.load(b2 + c)
    s02 = multiplyAdd(first, row, s02)
    s12 = multiplyAdd(second, row, s12)
    row = v128.load(b3 + c)
    s03 = multiplyAdd(first, row, s03)
    s13 = multiplyAdd(second, row, s13)
  }
  scatter(out, bStep, sums(s00, s01, s02, s03))
  scatter(out + aStep, bStep, sums(s10, s11, s12, s13))
}

function dotsOneByFour(out: usize, bStep: usize, a: usize, b0: usize, bStride: usize, width: usize): void {
  const b1 = b0 + bStride
  const b2 = b1 + bStride
  const b3 = b2 + bStride
  let s0 = f32x4.splat(0)
  let s1 = s0
  let s2 = s0
  let s3 = s0
  for (let c: usize = 0; c < width; c += 2 * vectorBytes) {
    const first = v128.load(a + c)
    const second = v128.load(a + c, vectorBytes)
    s0 = multiplyAdd(first, v128.load(b0 + c), s0)
    s1 = multiplyAdd(first, v128.load(b1 + c), s1)
    s2 = multiplyAdd(first, v128.load(b2 + c), s2)
    s3 = multiplyAdd(first, v128.load(b3 + c), s3)
    s0 = multiplyAdd(second, v128.load(b0 + c, vectorBytes), s0)
    s1 = multiplyAdd(second, v128.load(b1 + c, vectorBytes), s1)
    s2 = multiplyAdd(second, v128.load(b2 + c, vectorBytes), s2)
    s3 = multiplyAdd(second, v128.load(b3 + c, vectorBytes), s3)
  }
  scatter(out, bStep, sums(s0, s1, s2, s3))
}

function dotOne(a: usize, b: usize, width: usize): f32 {
  let even = f32x4.splat(0)
  let odd = even
  for (const end = a + width; a < end; a += 2 * vectorBytes) {
    even = multiplyAdd(v128.load(a), v128.load(b), even)
    odd = multiplyAdd(v128.load(a, vectorBytes), v128.load(b, vectorBytes), odd)
    b += 2 * vectorBytes
  }
  return sum(f32x4.add(even, odd))
}

/** The sums of the lanes of four vectors: a transposition and three additions. */
function sums(s0: v128, s1: v128, s2: v128, s3: v128): v128 {
  const low01 = i32x4.shuffle(s0, s1, 0, 4, 1, 5)
  const high01 = i32x4.shuffle(s0, s1, 2, 6, 3, 7)
  const low23 = i32x4.shuffle(s2, s3, 0, 4, 1, 5)
  const high23 = i32x4.shuffle(s2, s3, 2, 6, 3, 7)
  const pairs01 = f32x4.add(low01, high01)
  const pairs23 = f32x4.add(low23, high23)
  return f32x4.add(i64x2.shuffle(pairs01, pairs23, 0, 2), i64x2.shuffle(pairs01, pairs23, 1, 3))
}

function scatter(out: usize, step: usize, values: v128): void {
  v128.store_lane<f32>(out, values, 0)
  v128.store_lane<f32>(out + step, values, 1)
  v128.store_lane<f32>(out + 2 * step, values, 2)
  v128.store_lane<f32>(out + 3 * step, values, 3)
}
