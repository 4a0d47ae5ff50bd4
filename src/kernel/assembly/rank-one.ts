/**
 * The rank-one network, one trial, SGD or Adam; its confidence c fixed or trained.
 *
 *     κ_t = n·x_t,   x_{t+1} = (1 − α)x_t + α h_{t+1},   h_{t+1} = tanh(m κ_t + b),   y_t = σ(c(κ_t − θ))
 *
 * Three facts keep an epoch to one pass over `[steps, neurons]` forward and one back:
 *
 * 1. κ is a recursion of scalars, κ_{t+1} = (1 − α)κ_t + α n·h_{t+1}: the states x are never formed.
 * 2. dL/dx_t is always a scalar times n, dL/dx_t = s_t n. With the slopes q_t = Σ m n (1 − h_t²), gathered on
 *    the way forward, and e_t the derivative of the loss by κ_t through the output alone,
 *        s_t = (1 − α)s_{t+1} + e_t + α s_{t+1} q_{t+1}:
 *    back-propagation through time is a recursion of scalars as well.
 * 3. The weight gradients are then sums over the steps with a_t = α s_t, none of which needs x:
 *        dL/dm = n Σ a_t κ_{t−1}(1 − h_t²),   dL/db = n Σ a_t (1 − h_t²),   dL/dn = Σ a_t h_t + s_0 x_0.
 *
 * With z = c(κ − θ) and dL/dz from the read-out, e_t = c dL/dz_t and dL/dc = Σ dL/dz_t (κ_t − θ).
 *
 * Scalars are float64, vectors over the neurons float32. The neurons are padded with zeros in m, n, b and x_0,
 * the steps with a_t = 0. A product m n beyond float32 makes q, and so the gradient, not finite: a divergence.
 */
import { reserve, reset, used } from './arena'
import { adam, gradientDescent, norm } from './optimizer'
import { readOut } from './read-out'
import { combine, dot, flush, multiplyAdd, padded, sum, tanh, tanhSlope, vectorBytes } from './vector'

/** Neurons of one turn of the forward loop: two vectors, whose latencies overlap. */
const neuronsAtOnce: i32 = 8

/** Steps of one turn of the gradient pass. */
const stepsAtOnce: i32 = 4

/** Floats that hold c: a pair of vectors, as every row. */
const confidenceFloats: i32 = 8

// Sizes. Neurons are padded.
export let rankOneNeurons: i32 = 0
/** Floats of m, n, b and c. */
export let rankOneStored: i32 = 0
let steps: i32 = 0
let paddedSteps: i32 = 0

// What the host writes and reads.
/** m, n and b, each `[neurons]`, then c, float32; gradient and Adam's moments likewise. */
export let rankOneParameters: usize = 0
export let rankOneGradient: usize = 0
export let rankOneMeans: usize = 0
export let rankOneSquares: usize = 0
/** x_0, `[neurons]`, float32. */
export let rankOneInitialState: usize = 0
/** `[steps]`, float64. */
export let rankOneTargets: usize = 0
/** Weight of each squared error in the loss, `[steps]`, float64. */
export let rankOneWeights: usize = 0
/** Output of each step, `[epochs, steps]`, float64. */
export let rankOneOutputs: usize = 0
/** Loss of each epoch, `[epochs]`, float64. */
export let rankOneLoss: usize = 0
/** Norm of the gradient of each epoch, `[epochs]`, float64. */
export let rankOneGradientNorm: usize = 0

// Between forward and backward.
/** m n, `[neurons]`, float32. */
let products: usize = 0
/** h_1 … h_steps, `[paddedSteps, neurons]`, float32. */
let activations: usize = 0
/** κ_0 … κ_{steps−1}, `[paddedSteps]`, float32. */
let kappas: usize = 0
/** q_1 … q_steps, `[steps]`, float64. */
let slopes: usize = 0
/** κ_1 − θ … κ_steps − θ, `[steps]`, float64. */
let distances: usize = 0
/** z_t = c(κ_t − θ), `[paddedSteps]`, float32. */
let readOuts: usize = 0
let powers: usize = 0
/** dL/dz_1 … dL/dz_steps, `[paddedSteps]`, float32. */
let errors: usize = 0
/** a_1 … a_steps, `[paddedSteps]`, float32. */
let stateFactors: usize = 0
/** a_t κ_{t−1}, `[paddedSteps]`, float32. */
let inputFactors: usize = 0

/**
 * Lays out the memory for a network, a task and up to `epochs` epochs a call.
 * @returns the bytes that the host must provide before anything is written
 */
export function rankOneLayOut(neuronCount: i32, stepCount: i32, epochs: i32): f64 {
  rankOneNeurons = padded(neuronCount, neuronsAtOnce)
  steps = stepCount
  paddedSteps = padded(stepCount, stepsAtOnce)
  const vector = 4 * <f64>rankOneNeurons
  const stepFloats = 4 * <f64>paddedSteps
  const stepDoubles = 8 * <f64>steps
  reset()
  rankOneStored = 3 * rankOneNeurons + confidenceFloats
  const stored = 4 * <f64>rankOneStored
  rankOneParameters = reserve(stored)
  rankOneGradient = reserve(stored)
  rankOneMeans = reserve(stored)
  rankOneSquares = reserve(stored)
  rankOneInitialState = reserve(vector)
  rankOneTargets = reserve(stepDoubles)
  rankOneWeights = reserve(stepDoubles)
  rankOneLoss = reserve(8 * <f64>epochs)
  rankOneGradientNorm = reserve(8 * <f64>epochs)
  products = reserve(vector)
  kappas = reserve(stepFloats)
  slopes = reserve(stepDoubles)
  distances = reserve(stepDoubles)
  readOuts = reserve(stepFloats)
  powers = reserve(stepFloats)
  errors = reserve(stepFloats)
  stateFactors = reserve(stepFloats)
  inputFactors = reserve(stepFloats)
  activations = reserve(vector * <f64>paddedSteps)
  rankOneOutputs = reserve(stepDoubles * <f64>epochs)
  return used()
}

/**
 * Trains `epochs` epochs, writing loss, gradient norm and outputs of each, from before its update.
 * Stops before the update of an epoch whose loss or gradient is not finite.
 *
 * @param adamUpdates Adam's updates before this call; −1 for plain gradient descent
 * @param confidence c if it is fixed; 0 if it is a parameter
 * @returns the number of epochs trained
 */
export function rankOneTrain(
  epochs: i32,
  rate: f64,
  adamUpdates: f64,
  leak: f64,
  confidence: f64,
  threshold: f64,
): i32 {
  const bytes = (<usize>rankOneStored) << 2
  const trained = confidence == 0
  for (let epoch = 0; epoch < epochs; epoch++) {
    const row = <usize>epoch
    if (trained) confidence = <f64>f32.load(confidenceOf(rankOneParameters))
    forward(leak, confidence, threshold)
    const loss = measure(rankOneOutputs + 8 * row * <usize>steps)
    backward(leak, confidence)
    if (trained) f32.store(confidenceOf(rankOneGradient), confidenceGradient())
    const size = norm(rankOneGradient, bytes)
    if (!isFinite(loss) || !isFinite(size)) return epoch
    f64.store(rankOneLoss + 8 * row, loss)
    f64.store(rankOneGradientNorm + 8 * row, size)
    if (adamUpdates < 0) gradientDescent(rankOneParameters, rankOneGradient, bytes, rate)
    else {
      const update = adamUpdates + <f64>epoch + 1
      adam(rankOneParameters, rankOneGradient, rankOneMeans, rankOneSquares, bytes, rate, update)
    }
  }
  return epochs
}

/** Outputs, errors and the loss. */
function measure(outputs: usize): f64 {
  const count = <usize>steps
  return readOut(false, readOuts, powers, errors, rankOneTargets, rankOneWeights, outputs, 1, count)
}

function confidenceOf(storage: usize): usize {
  return storage + 12 * <usize>rankOneNeurons
}

function confidenceGradient(): f32 {
  let total: f64 = 0
  for (let t: usize = 0; t < <usize>steps; t++) {
    total += <f64>f32.load(errors + 4 * t) * f64.load(distances + 8 * t)
  }
  return <f32>total
}

/** κ, h and q of every step, and the read-outs. */
function forward(leak: f64, confidence: f64, threshold: f64): void {
  const bytes = (<usize>rankOneNeurons) << 2
  const m = rankOneParameters
  const n = m + bytes
  const b = n + bytes
  const mn = products
  for (let i: usize = 0; i < bytes; i += vectorBytes) {
    v128.store(mn + i, f32x4.mul(v128.load(m + i), v128.load(n + i)))
  }
  let kappa = flush(<f64>dot(n, rankOneInitialState, rankOneNeurons))
  let row = activations
  for (let t: usize = 0; t < <usize>steps; t++) {
    const input = <f32>kappa
    f32.store(kappas + 4 * t, input)
    const inputs = f32x4.splat(input)
    let drive = f32x4.splat(0)
    let slope = f32x4.splat(0)
    for (let i: usize = 0; i < bytes; i += 2 * vectorBytes) {
      const h0 = tanh(multiplyAdd(v128.load(m + i), inputs, v128.load(b + i)))
      const h1 = tanh(multiplyAdd(v128.load(m + i, vectorBytes), inputs, v128.load(b + i, vectorBytes)))
      v128.store(row + i, h0)
      v128.store(row + i, h1, vectorBytes)
      drive = multiplyAdd(v128.load(n + i), h0, drive)
      slope = multiplyAdd(v128.load(mn + i), tanhSlope(h0), slope)
      drive = multiplyAdd(v128.load(n + i, vectorBytes), h1, drive)
      slope = multiplyAdd(v128.load(mn + i, vectorBytes), tanhSlope(h1), slope)
    }
    row += bytes
    kappa = flush((1 - leak) * kappa + leak * <f64>sum(drive))
    f64.store(slopes + 8 * t, <f64>sum(slope))
    f64.store(distances + 8 * t, kappa - threshold)
    f32.store(readOuts + 4 * t, <f32>(confidence * (kappa - threshold)))
  }
}

/** Back-propagation through time. */
function backward(leak: f64, confidence: f64): void {
  let later: f64 = 0
  let slope: f64 = 0
  for (let t = <usize>steps - 1; t < <usize>steps; t--) {
    const error = confidence * <f64>f32.load(errors + 4 * t)
    later = flush((1 - leak) * later + error + leak * later * slope)
    const factor = <f32>flush(leak * later)
    f32.store(stateFactors + 4 * t, factor)
    f32.store(inputFactors + 4 * t, factor * f32.load(kappas + 4 * t))
    slope = f64.load(slopes + 8 * t)
  }
  const first = flush((1 - leak) * later + leak * later * slope)
  sumOverSteps()
  finishGradient(<f32>first)
}

/** Σ a_t κ_{t−1}(1 − h_t²), Σ a_t h_t and Σ a_t (1 − h_t²) into the places of the gradients of m, n and b. */
function sumOverSteps(): void {
  const bytes = (<usize>rankOneNeurons) << 2
  const m = rankOneGradient
  const n = m + bytes
  const b = n + bytes
  memory.fill(m, 0, 3 * bytes)
  for (let t: usize = 0; t < <usize>paddedSteps; t += <usize>stepsAtOnce) {
    const a = stateFactors + 4 * t
    const a0 = v128.load_splat<f32>(a)
    const a1 = v128.load_splat<f32>(a, 4)
    const a2 = v128.load_splat<f32>(a, 8)
    const a3 = v128.load_splat<f32>(a, 12)
    const k = inputFactors + 4 * t
    const k0 = v128.load_splat<f32>(k)
    const k1 = v128.load_splat<f32>(k, 4)
    const k2 = v128.load_splat<f32>(k, 8)
    const k3 = v128.load_splat<f32>(k, 12)
    let row = activations + t * bytes
    for (let i: usize = 0; i < bytes; i += vectorBytes) {
      const h0 = v128.load(row + i)
      const h1 = v128.load(row + bytes + i)
      const h2 = v128.load(row + 2 * bytes + i)
      const h3 = v128.load(row + 3 * bytes + i)
      v128.store(n + i, f32x4.add(v128.load(n + i), combine(a0, h0, a1, h1, a2, h2, a3, h3)))
      const d0 = tanhSlope(h0)
      const d1 = tanhSlope(h1)
      const d2 = tanhSlope(h2)
      const d3 = tanhSlope(h3)
      v128.store(m + i, f32x4.add(v128.load(m + i), combine(k0, d0, k1, d1, k2, d2, k3, d3)))
      v128.store(b + i, f32x4.add(v128.load(b + i), combine(a0, d0, a1, d1, a2, d2, a3, d3)))
    }
  }
}

/** The factors that all steps share, and what x_0 adds; `first` is s_0. */
function finishGradient(first: f32): void {
  const bytes = (<usize>rankOneNeurons) << 2
  const gradientN = rankOneGradient + bytes
  const gradientB = gradientN + bytes
  const weights = rankOneParameters + bytes
  for (let i: usize = 0; i < bytes; i += vectorBytes) {
    const weight = v128.load(weights + i)
    const start = v128.load(rankOneInitialState + i)
    v128.store(rankOneGradient + i, f32x4.mul(weight, v128.load(rankOneGradient + i)))
    v128.store(gradientN + i, multiplyAdd(f32x4.splat(first), start, v128.load(gradientN + i)))
    v128.store(gradientB + i, f32x4.mul(weight, v128.load(gradientB + i)))
  }
}
