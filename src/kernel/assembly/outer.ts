import { multiplyAdd, vectorBytes } from './vector'

/** Terms that are summed in one float32 before they are added to the rest: rounding grows with their number. */
const termsAtOnce: usize = 512

/**
 * out[r, c] += Σ_s a[s, r] b[s, c]: the sum over all samples s of the outer products of a row of a with a row
 * of b, which is how every weight gradient arises. Tiles as in combine.ts.
 *
 * All sizes and strides are in bytes, but `rows` and `samples`, which count.
 *
 * @param a rows of contiguous float32, `aStride` apart
 * @param width of a row of b and of out; whole pairs of vectors
 */
export function addOuterProducts(
  out: usize,
  outStride: usize,
  rows: usize,
  a: usize,
  aStride: usize,
  b: usize,
  bStride: usize,
  samples: usize,
  width: usize,
): void {
  for (let done: usize = 0; done < samples; done += termsAtOnce) {
    const count = min(termsAtOnce, samples - done)
    const from = a + done * aStride
    const rowsOfB = b + done * bStride
    for (let c: usize = 0; c < width; c += 2 * vectorBytes) {
      let row: usize = 0
      for (; row + 4 <= rows; row += 4) {
        outerFour(
          out + row * outStride + c,
          outStride,
          from + (row << 2),
          aStride,
          rowsOfB + c,
          bStride,
          count,
        )
      }
      if (row + 2 <= rows) {
        outerTwo(
          out + row * outStride + c,
          outStride,
          from + (row << 2),
          aStride,
          rowsOfB + c,
          bStride,
          count,
        )
        row += 2
      }
      if (row < rows) {
        outerOne(out + row * outStride + c, from + (row << 2), aStride, rowsOfB + c, bStride, count)
      }
    }
  }
}

function outerFour(
  out: usize,
  outStride: usize,
  a: usize,
  aStride: usize,
  b: usize,
  bStride: usize,
  count: usize,
): void {
  let s00 = f32x4.splat(0)
  let s01 = s00
  let s10 = s00
  let s11 = s00
  let s20 = s00
  let s21 = s00
  let s30 = s00
  let s31 = s00
  for (const end = b + count * bStride; b < end; b += bStride) {
    const b0 = v128.load(b)
    const b1 = v128.load(b, vectorBytes)
    let factor = v128.load_splat<f32>(a)
    s00 = multiplyAdd(factor, b0, s00)
    s01 = multiplyAdd(factor, b1, s01)
    factor = v128.load_splat<f32>(a, 4)
    s10 = multiplyAdd(factor, b0, s10)
    s11 = multiplyAdd(factor, b1, s11)
    factor = v128.load_splat<f32>(a, 8)
    s20 = multiplyAdd(factor, b0, s20)
    s21 = multiplyAdd(factor, b1, s21)
    factor = v128.load_splat<f32>(a, 12)
    s30 = multiplyAdd(factor, b0, s30)
    s31 = multiplyAdd(factor, b1, s31)
    a += aStride
  }
  addPair(out, s00, s01)
  out += outStride
  addPair(out, s10, s11)
  out += outStride
  addPair(out, s20, s21)
  addPair(out + outStride, s30, s31)
}

function outerTwo(
  out: usize,
  outStride: usize,
  a: usize,
  aStride: usize,
  b: usize,
  bStride: usize,
  count: usize,
): void {
  let s00 = f32x4.splat(0)
  let s01 = s00
  let s10 = s00
  let s11 = s00
  for (const end = b + count * bStride; b < end; b += bStride) {
    const b0 = v128.load(b)
    const b1 = v128.load(b, vectorBytes)
    const factor0 = v128.load_splat<f32>(a)
    const factor1 = v128.load_splat<f32>(a, 4)
    s00 = multiplyAdd(factor0, b0, s00)
    s01 = multiplyAdd(factor0, b1, s01)
    s10 = multiplyAdd(factor1, b0, s10)
    s11 = multiplyAdd(factor1, b1, s11)
    a += aStride
  }
  addPair(out, s00, s01)
  addPair(out + outStride, s10, s11)
}

function outerOne(out: usize, a: usize, aStride: usize, b: usize, bStride: usize, count: usize): void {
  let s00 = f32x4.splat(0)
  let s01 = s00
  let s10 = s00
  let s11 = s00
  const end = b + count * bStride
  for (; b + bStride < end; b += bStride) {
    let factor = v128.load_splat<f32>(a)
    s00 = multiplyAdd(factor, v128.load(b), s00)
    s01 = multiplyAdd(factor, v128.load(b, vectorBytes), s01)
    a += aStride
    b += bStride
    factor = v128.load_splat<f32>(a)
    s10 = multiplyAdd(factor, v128.load(b), s10)
    s11 = multiplyAdd(factor, v128.load(b, vectorBytes), s11)
    a += aStride
  }
  if (b < end) {
    const factor = v128.load_splat<f32>(a)
    s00 = multiplyAdd(factor, v128.load(b), s00)
    s01 = multiplyAdd(factor, v128.load(b, vectorBytes), s01)
  }
  addPair(out, f32x4.add(s00, s10), f32x4.add(s01, s11))
}

function addPair(out: usize, first: v128, second: v128): void {
  v128.store(out, f32x4.add(v128.load(out), first))
  v128.store(out, f32x4.add(v128.load(out, vectorBytes), second), vectorBytes)
}
