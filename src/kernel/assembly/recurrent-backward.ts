/** Back-propagation through time for a block of trials; see recurrent.ts for the equations. */
import { combineRows } from './combine'
import { addOuterProducts } from './outer'
import { dots } from './dots'
import {
  activations,
  adjoint,
  adjoints,
  coefficients,
  errors,
  feedback,
  firstOutput,
  fullRank,
  inputRows,
  latentRows,
  latentWidth,
  preGradients,
  readOutDirection,
  readOutLatents,
  recurrentCoefficients,
  recurrentGradient,
  recurrentParameters,
  recurrentWidth,
  returned,
  steps,
  updates,
} from './recurrent-memory'
import { flushLanes, multiplyAdd, tanhSlope, vectorBytes } from './vector'

/** Adds the gradient of `count` trials, after their forward pass and read-out. */
export function backward(count: i32, leak: f64): void {
  const width = (<usize>recurrentWidth) << 2
  const latentBytes = (<usize>latentWidth) << 2
  const block = <usize>count
  memory.fill(adjoint, 0, block * latentBytes)
  memory.fill(returned, 0, block * latentBytes)
  for (let t = updates; t > 0; t--) {
    const scaled = fullRank
      ? preGradients + <usize>(t - 1) * block * width
      : adjoints + <usize>t * block * latentBytes
    stepBack(t, block, leak, scaled, <f32>leak)
    const rows = preGradients + <usize>(t - 1) * block * width
    if (!fullRank) {
      const weights = recurrentParameters + <usize>inputRows() * width
      combineRows(rows, width, block, scaled, latentBytes, weights, width, <usize>latentRows(), width)
    }
    slope(rows, activations + <usize>t * block * width, block * width)
    if (t > 1 || !fullRank) giveBack(rows, block)
  }
  if (!fullRank) stepBack(0, block, leak, adjoints, 1)
  addGradients(block)
}

/** s_t = (1 − α)s_{t+1} + e_t w + what the update gave back; and s_t times `factor` to `scaled`. */
function stepBack(t: i32, block: usize, leak: f64, scaled: usize, factor: f32): void {
  const bytes = (<usize>latentWidth) << 2
  const kept = f32x4.splat(<f32>(1 - leak))
  const scale = f32x4.splat(factor)
  let row = adjoint
  let added = returned
  for (let trial: usize = 0; trial < block; trial++) {
    let error: f32 = 0
    if (t >= firstOutput) error = f32.load(errors + ((<usize>(t - firstOutput) * block + trial) << 2))
    const errorLanes = f32x4.splat(error)
    for (let i: usize = 0; i < bytes; i += vectorBytes) {
      const read = multiplyAdd(errorLanes, v128.load(readOutDirection + i), v128.load(added + i))
      const value = flushLanes(multiplyAdd(kept, v128.load(row + i), read))
      v128.store(row + i, value)
      v128.store(scaled + i, f32x4.mul(scale, value))
    }
    row += bytes
    added += bytes
    scaled += bytes
  }
}

/** Through tanh: times 1 − h². */
function slope(rows: usize, h: usize, bytes: usize): void {
  for (const end = rows + bytes; rows < end; rows += 2 * vectorBytes) {
    v128.store(rows, f32x4.mul(v128.load(rows), tanhSlope(v128.load(h))))
    v128.store(
      rows,
      f32x4.mul(v128.load(rows, vectorBytes), tanhSlope(v128.load(h, vectorBytes))),
      vectorBytes,
    )
    h += 2 * vectorBytes
  }
}

/** p·Rᵀ, for the latent variables that feed back. */
function giveBack(rows: usize, block: usize): void {
  const width = (<usize>recurrentWidth) << 2
  const bytes = (<usize>latentWidth) << 2
  const out = returned + ((<usize>readOutLatents) << 2)
  const count = <usize>feedback
  if (block >= 4) dots(out, 4, bytes, recurrentParameters, width, count, rows, width, block, width)
  else dots(out, bytes, 4, rows, width, block, recurrentParameters, width, count, width)
}

/** The sums over all samples. */
function addGradients(block: usize): void {
  const width = (<usize>recurrentWidth) << 2
  const stride = (<usize>recurrentCoefficients) << 2
  const latentBytes = (<usize>latentWidth) << 2
  const inputGradient = recurrentGradient
  const latentGradient = inputGradient + <usize>inputRows() * width
  const readOutGradient = latentGradient + <usize>latentRows() * width
  const factors = coefficients + ((<usize>readOutLatents) << 2)
  const samples = <usize>updates * block
  addOuterProducts(
    inputGradient,
    width,
    <usize>inputRows(),
    factors,
    stride,
    preGradients,
    width,
    samples,
    width,
  )
  if (!fullRank) {
    const states = samples + block
    const count = <usize>latentRows()
    addOuterProducts(latentGradient, width, count, adjoints, latentBytes, activations, width, states, width)
  }
  const read = coefficients + <usize>firstOutput * block * stride
  addOuterProducts(readOutGradient, 0, 1, errors, 4, read, stride, <usize>steps * block, stride)
}
