/**
 * Autonomous and driven networks of any rank, any number of trials; SGD or Adam. With κ the latent variables
 * (of full rank the neurons x themselves, L = 1; of rank K κ = x·L), c_t = [κ_t | u_t | 1] the coefficients and
 * R the input rows [recurrent weights; W_in; b]:
 *
 *     h_{t+1} = tanh(c_t·R + ξ_t),   κ_{t+1} = (1 − α)κ_t + α h_{t+1}·L,   z_t = c_t · read-out row
 *
 * Of rank K the states x are never formed, forward or back: dL/dx_t is always L s_t, with one number s for
 * each latent variable. With e_t = dloss/dz_t and w the read-out row's weights,
 *
 *     s_t = (1 − α)s_{t+1} + e_t w + p_{t+1}·Rᵀ,   p_{t+1} = (1 − h²_{t+1}) α s_{t+1}·Lᵀ
 *
 * and the gradients are one product each over all samples (steps and trials), at the end of a block of trials:
 *
 *     dR = Σ c_tᵀ p_{t+1},   dLᵀ = Σ α s_tᵀ h_t + s_0ᵀ x_0,   d(read-out row) = Σ e_t c_t
 */
import {
  coefficients,
  errors,
  feedback,
  firstOutput,
  fullRank,
  inputRows,
  inputs,
  neurons,
  readOutDirection,
  readOutLatents,
  readOuts,
  powers,
  recurrentCoefficients,
  recurrentGradient,
  recurrentGradientNorm,
  recurrentLoss,
  recurrentMeans,
  recurrentOutputs,
  recurrentParameters,
  recurrentSquares,
  recurrentStored,
  recurrentTargets,
  recurrentWeights,
  recurrentWidth,
  latentRows,
  roundKeys,
  steps,
  trials,
  trialsAtOnce,
} from './recurrent-memory'
import { backward } from './recurrent-backward'
import { forward } from './recurrent-forward'
import { writeRoundKeys } from './normals'
import { adam, gradientDescent, norm } from './optimizer'
import { dots } from './dots'
import { readOut } from './read-out'

let leak: f64 = 0
let tanhOutput: bool = false
let initialValue: f32 = 0
let initialNoise: f32 = 0
let noise: f32 = 0

/**
 * What stays the same in all epochs. States start at `initial`, or at tanh(`initialSpread`·N(0, 1)) if that
 * is not 0; `noiseSpread`·N(0, 1) is added to the input of every neuron in every step.
 */
export function recurrentSetUp(
  leakRate: f64,
  outputIsTanh: i32,
  initial: f64,
  initialSpread: f64,
  noiseSpread: f64,
  seedLow: i32,
  seedHigh: i32,
): void {
  leak = leakRate
  tanhOutput = outputIsTanh != 0
  initialValue = <f32>initial
  initialNoise = <f32>initialSpread
  noise = <f32>noiseSpread
  writeRoundKeys(roundKeys, seedLow, seedHigh)
}

/**
 * Trains `epochs` epochs, writing loss, gradient norm and outputs of each, from before its update.
 * Stops before the update of an epoch whose loss or gradient is not finite.
 *
 * @param adamUpdates Adam's updates before this call; −1 for plain gradient descent
 * @param readOutNorm ‖w_out‖₁ to which the read-out is scaled before each epoch; 0 to leave it alone
 * @returns the number of epochs trained
 */
export function recurrentTrain(
  epochs: i32,
  rate: f64,
  adamUpdates: f64,
  firstEpoch: i32,
  readOutNorm: f64,
): i32 {
  const bytes = (<usize>recurrentStored) << 2
  for (let epoch = 0; epoch < epochs; epoch++) {
    const row = <usize>epoch
    if (readOutNorm > 0) limitReadOut(readOutNorm)
    const loss = evaluate(recurrentOutputs + 8 * row * <usize>trials * <usize>steps, firstEpoch + epoch)
    const size = norm(recurrentGradient, bytes)
    if (!isFinite(loss) || !isFinite(size)) return epoch
    f64.store(recurrentLoss + 8 * row, loss)
    f64.store(recurrentGradientNorm + 8 * row, size)
    if (adamUpdates < 0) {
      gradientDescent(recurrentParameters, recurrentGradient, bytes, rate)
    } else {
      const update = adamUpdates + <f64>epoch + 1
      adam(recurrentParameters, recurrentGradient, recurrentMeans, recurrentSquares, bytes, rate, update)
    }
  }
  return epochs
}

/** Loss and gradient of all trials, block by block. */
function evaluate(outputs: usize, epoch: i32): f64 {
  memory.fill(recurrentGradient, 0, (<usize>recurrentStored) << 2)
  directReadOut()
  let loss: f64 = 0
  for (let first = 0; first < trials; first += trialsAtOnce) {
    const count = min(trialsAtOnce, trials - first)
    const entries = (<usize>(first * steps)) << 3
    forward(first, count, epoch, leak, initialValue, initialNoise, noise)
    readStates(count)
    const targets = recurrentTargets + entries
    const weights = recurrentWeights + entries
    loss += readOut(
      tanhOutput,
      readOuts,
      powers,
      errors,
      targets,
      weights,
      outputs + entries,
      <usize>count,
      <usize>steps,
    )
    backward(count, leak)
  }
  maskReadOutGradient()
  return loss
}

/** z of every state that has an output. */
function readStates(count: i32): void {
  const stride = (<usize>recurrentCoefficients) << 2
  const states = coefficients + <usize>(firstOutput * count) * stride
  dots(readOuts, 4, 4, readOutRow(), stride, 1, states, stride, <usize>(steps * count), stride)
}

/** What an error does to the latent variables: the read-out row without its bias. */
function directReadOut(): void {
  const row = readOutRow()
  if (readOutLatents) f32.store(row, 1)
  memory.copy(readOutDirection, row, (<usize>(readOutLatents + feedback)) << 2)
}

/** Entries of the read-out row that are no parameters: the fixed 1 and what follows it, the input's 0. */
function maskReadOutGradient(): void {
  const row = readOutRow() - recurrentParameters + recurrentGradient
  if (readOutLatents) memory.fill(row, 0, (<usize>(readOutLatents + feedback)) << 2)
  if (inputs) f32.store(row + ((<usize>feedback) << 2), 0)
}

/** Scales w_out and b_out so that ‖w_out‖₁ is `limit`. */
function limitReadOut(limit: f64): void {
  const row = readOutRow()
  const bias = row + ((<usize>(readOutLatents + feedback + inputs)) << 2)
  const weights = readOutLatents ? recurrentParameters + ((<usize>(inputRows() * recurrentWidth)) << 2) : row
  const end = weights + ((<usize>(readOutLatents ? neurons : feedback)) << 2)
  let total: f64 = 0
  for (let entry = weights; entry < end; entry += 4) total += <f64>abs(f32.load(entry))
  const factor = limit / total
  for (let entry = weights; entry < end; entry += 4) f32.store(entry, <f32>(factor * <f64>f32.load(entry)))
  f32.store(bias, <f32>(factor * <f64>f32.load(bias)))
}

function readOutRow(): usize {
  return recurrentParameters + ((<usize>((inputRows() + latentRows()) * recurrentWidth)) << 2)
}
