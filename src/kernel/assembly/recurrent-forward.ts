/** The forward pass of a block of trials; see recurrent.ts for the equations. */
import { combineRows } from './combine'
import { dots } from './dots'
import { fillNormals, normalsAtOnce } from './normals'
import {
  activations,
  coefficients,
  feedback,
  fullRank,
  inputRows,
  inputs,
  latentRows,
  latentWidth,
  neurons,
  normals,
  readOutLatents,
  recurrentCoefficients,
  recurrentInputs,
  recurrentParameters,
  recurrentWidth,
  returned,
  roundKeys,
  steps,
  updates,
} from './recurrent-memory'
import { flushLanes, multiplyAdd, padded, tanh, vectorBytes } from './vector'

/** Coefficients and activations of all states of `count` trials from trial `first`. */
export function forward(
  first: i32,
  count: i32,
  epoch: i32,
  leak: f64,
  initialValue: f32,
  initialNoise: f32,
  noise: f32,
): void {
  const width = (<usize>recurrentWidth) << 2
  const stride = (<usize>recurrentCoefficients) << 2
  const block = <usize>count
  start(first, block, epoch, initialValue, initialNoise)
  for (let t = 0; t < updates; t++) {
    const before = coefficients + <usize>t * block * stride
    const row = activations + <usize>(t + 1) * block * width
    closeCoefficients(before, first, block, t)
    const factors = before + ((<usize>readOutLatents) << 2)
    combineRows(row, width, block, factors, stride, recurrentParameters, width, <usize>inputRows(), width)
    if (noise != 0) addNoise(row, first, block, epoch, t + 1, noise)
    activate(row, block * width)
    advance(before, before + block * stride, row, block, leak)
  }
  closeCoefficients(coefficients + <usize>updates * block * stride, first, block, updates)
}

/** The states before the first step, and their latent variables. */
function start(first: i32, block: usize, epoch: i32, initialValue: f32, initialNoise: f32): void {
  const width = (<usize>recurrentWidth) << 2
  const stride = (<usize>recurrentCoefficients) << 2
  const rowStride = fullRank ? stride : width
  const states = fullRank ? coefficients : activations
  for (let trial: usize = 0; trial < block; trial++) {
    const row = states + trial * rowStride
    if (initialNoise != 0) {
      drawRow(initialNoise, epoch, 0, first + <i32>trial)
      for (let i: usize = 0; i < width; i += vectorBytes) v128.store(row + i, tanh(v128.load(normals + i)))
    } else {
      for (let i: usize = 0, end = (<usize>neurons) << 2; i < end; i += 4) f32.store(row + i, initialValue)
    }
  }
  if (!fullRank) project(coefficients, stride, activations, block)
}

/** The latent variables of rows of neurons. */
function project(out: usize, outStride: usize, rows: usize, block: usize): void {
  const width = (<usize>recurrentWidth) << 2
  const weights = recurrentParameters + <usize>inputRows() * width
  const count = <usize>latentRows()
  if (block >= 4) dots(out, 4, outStride, weights, width, count, rows, width, block, width)
  else dots(out, outStride, 4, rows, width, block, weights, width, count, width)
}

/** The input and the 1 behind the latent variables. */
function closeCoefficients(row: usize, first: i32, block: usize, t: i32): void {
  const stride = (<usize>recurrentCoefficients) << 2
  let end = row + ((<usize>(readOutLatents + feedback)) << 2)
  for (let trial: usize = 0; trial < block; trial++) {
    if (inputs) {
      const entry = (<usize>first + trial) * <usize>steps + <usize>t
      f32.store(end, f32.load(recurrentInputs + (entry << 2)))
      f32.store(end, 1, 4)
    } else f32.store(end, 1)
    end += stride
  }
}

function addNoise(rows: usize, first: i32, block: usize, epoch: i32, step: i32, noise: f32): void {
  const width = (<usize>recurrentWidth) << 2
  for (let trial: usize = 0; trial < block; trial++) {
    drawRow(noise, epoch, step, first + <i32>trial)
    for (let i: usize = 0; i < width; i += vectorBytes) {
      v128.store(rows + i, f32x4.add(v128.load(rows + i), v128.load(normals + i)))
    }
    rows += width
  }
}

/** Normals for one row of neurons; none for its padding. */
function drawRow(scale: f32, epoch: i32, step: i32, trial: i32): void {
  const count = padded(neurons, normalsAtOnce)
  fillNormals(normals, count, scale, roundKeys, epoch, step, trial)
  for (let i = neurons; i < count; i++) f32.store(normals + ((<usize>i) << 2), 0)
}

function activate(rows: usize, bytes: usize): void {
  for (const end = rows + bytes; rows < end; rows += 2 * vectorBytes) {
    const h0 = tanh(v128.load(rows))
    const h1 = tanh(v128.load(rows, vectorBytes))
    v128.store(rows, h0)
    v128.store(rows, h1, vectorBytes)
  }
}

/** κ_{t+1} = (1 − α)κ_t + α h_{t+1}·L. */
function advance(before: usize, after: usize, rows: usize, block: usize, leak: f64): void {
  const stride = (<usize>recurrentCoefficients) << 2
  const bytes = (<usize>latentWidth) << 2
  let drives = rows
  if (!fullRank) {
    drives = returned
    project(drives, bytes, rows, block)
  }
  const kept = f32x4.splat(<f32>(1 - leak))
  const added = f32x4.splat(<f32>leak)
  for (let trial: usize = 0; trial < block; trial++) {
    for (let i: usize = 0; i < bytes; i += vectorBytes) {
      const driven = f32x4.mul(added, v128.load(drives + i))
      v128.store(after + i, flushLanes(multiplyAdd(kept, v128.load(before + i), driven)))
    }
    before += stride
    after += stride
    drives += bytes
  }
}
