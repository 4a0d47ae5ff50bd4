import { constant, multiplyAdd, squares, vectorBytes } from './vector'

/**
 * The updates of PyTorch's SGD and Adam, in float32 and in its order of operations, on a contiguous block of
 * parameters. Padding has no gradient, and so never moves.
 */

const meanDecay: f64 = 0.9
const squareDecay: f64 = 0.999

/**
 * 1 − 0.9, 0.999, 1 − 0.999, ε; then the mean and the mean square below which they are nothing beside ε. Not
 * dropped they would decay to denormal numbers, which are slow.
 */
const adamTable = memory.data<f32>([
  <f32>(1 - meanDecay),
  <f32>squareDecay,
  <f32>(1 - squareDecay),
  1e-8,
  1e-25,
  1e-35,
])

/** Euclidean norm, in float64. */
export function norm(gradient: usize, bytes: usize): f64 {
  let even = f64x2.splat(0)
  let odd = even
  for (const end = gradient + bytes; gradient < end; gradient += 2 * vectorBytes) {
    even = f64x2.add(even, squares(v128.load(gradient)))
    odd = f64x2.add(odd, squares(v128.load(gradient, vectorBytes)))
  }
  const total = f64x2.add(even, odd)
  return sqrt(f64x2.extract_lane(total, 0) + f64x2.extract_lane(total, 1))
}

/** p ← p − rate·g. */
export function gradientDescent(parameters: usize, gradient: usize, bytes: usize, rate: f64): void {
  const factor = f32x4.splat(<f32>-rate)
  for (const end = parameters + bytes; parameters < end; parameters += vectorBytes) {
    v128.store(parameters, multiplyAdd(factor, v128.load(gradient), v128.load(parameters)))
    gradient += vectorBytes
  }
}

/**
 * Adam's `update`-th update, from 1: mean ← 0.9 mean + 0.1 g, square ← 0.999 square + 0.001 g²,
 * p ← p − rate/(1 − 0.9^k) · mean / (√square/√(1 − 0.999^k) + 1e-8).
 */
export function adam(
  parameters: usize,
  gradient: usize,
  means: usize,
  meanSquares: usize,
  bytes: usize,
  rate: f64,
  update: f64,
): void {
  const step = f32x4.splat(<f32>(-rate / (1 - power(meanDecay, update))))
  const correction = f32x4.splat(<f32>sqrt(1 - power(squareDecay, update)))
  for (let i: usize = 0; i < bytes; i += vectorBytes) {
    const g = v128.load(gradient + i)
    const before = v128.load(means + i)
    const change = f32x4.mul(f32x4.sub(g, before), constant(adamTable, 0))
    const mean = dropBelow(f32x4.add(before, change), constant(adamTable, 4))
    const kept = f32x4.mul(v128.load(meanSquares + i), constant(adamTable, 1))
    const added = f32x4.mul(f32x4.mul(constant(adamTable, 2), g), g)
    const square = dropBelow(f32x4.add(kept, added), constant(adamTable, 5))
    v128.store(means + i, mean)
    v128.store(meanSquares + i, square)
    const scale = f32x4.add(f32x4.div(f32x4.sqrt(square), correction), constant(adamTable, 3))
    const moved = f32x4.div(f32x4.mul(step, mean), scale)
    v128.store(parameters + i, f32x4.add(v128.load(parameters + i), moved))
  }
}

function dropBelow(value: v128, limit: v128): v128 {
  return v128.andnot(value, f32x4.lt(f32x4.abs(value), limit))
}

/** base to a whole power: a function of the two alone, however many epochs a call has. */
function power(base: f64, exponent: f64): f64 {
  let result: f64 = 1
  let remaining = <u64>exponent
  for (; remaining > 0; remaining >>= 1) {
    if (remaining & 1) result *= base
    base *= base
  }
  return result
}
