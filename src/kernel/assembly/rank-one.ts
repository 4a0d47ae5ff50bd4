/**
 * The rank-one network, one trial, plain gradient descent.
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
 * Scalars are float64, vectors over the neurons float32. The neurons are padded with zeros in m, n, b and x_0,
 * the steps with a_t = 0. A product m n beyond float32 makes q, and so the gradient, not finite: a divergence.
 */
import { reserve, reset, used } from './arena'
import { readOut } from './read-out'
import { combine, dot, flush, multiplyAdd, squares, sum, tanh, tanhSlope, vectorBytes } from './vector'

/** Neurons of one turn of the forward loop: two vectors, whose latencies overlap. */
const neuronsAtOnce: i32 = 8

/** Steps of one turn of the gradient pass. */
const stepsAtOnce: i32 = 4

// Sizes. Neurons are padded.
export let rankOneNeurons: i32 = 0
let steps: i32 = 0
let paddedSteps: i32 = 0

// What the host writes and reads.
/** m, n and b, each `[neurons]`, float32. */
export let rankOneParameters: usize = 0
/** dL/dm, dL/dn and dL/db, each `[neurons]`, float32. */
export let rankOneGradient: usize = 0
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
/** −c(κ_t − θ), then e to that power, `[paddedSteps]`, float32. */
let exponents: usize = 0
/** e_1 … e_steps, `[steps]`, float64. */
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
  rankOneParameters = reserve(3 * vector)
  rankOneGradient = reserve(3 * vector)
  rankOneInitialState = reserve(vector)
  rankOneTargets = reserve(stepDoubles)
  rankOneWeights = reserve(stepDoubles)
  rankOneLoss = reserve(8 * <f64>epochs)
  rankOneGradientNorm = reserve(8 * <f64>epochs)
  products = reserve(vector)
  kappas = reserve(stepFloats)
  slopes = reserve(stepDoubles)
  exponents = reserve(stepFloats)
  errors = reserve(stepDoubles)
  stateFactors = reserve(stepFloats)
  inputFactors = reserve(stepFloats)
  activations = reserve(vector * <f64>paddedSteps)
  rankOneOutputs = reserve(stepDoubles * <f64>epochs)
  return used()
}

/** The next multiple of `unit`, a power of two. */
function padded(count: i32, unit: i32): i32 {
  return (count + unit - 1) & ~(unit - 1)
}

/**
 * Trains `epochs` epochs, writing loss, gradient norm and outputs of each, from before its update.
 * Stops before the update of an epoch whose loss or gradient is not finite.
 * @returns the number of epochs trained
 */
export function rankOneTrain(epochs: i32, rate: f64, leak: f64, confidence: f64, threshold: f64): i32 {
  for (let epoch = 0; epoch < epochs; epoch++) {
    const row = <usize>epoch
    const outputs = rankOneOutputs + 8 * row * <usize>steps
    forward(leak, confidence, threshold)
    const loss = readOut(exponents, rankOneTargets, rankOneWeights, outputs, errors, steps, confidence)
    const norm = backward(leak)
    if (!isFinite(loss) || !isFinite(norm)) return epoch
    f64.store(rankOneLoss + 8 * row, loss)
    f64.store(rankOneGradientNorm + 8 * row, norm)
    update(<f32>rate)
  }
  return epochs
}

/** κ, h and q of every step, and the exponents of the outputs. */
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
    f32.store(exponents + 4 * t, <f32>(confidence * (threshold - kappa)))
  }
}

/** Back-propagation through time. @returns the norm of the gradient */
function backward(leak: f64): f64 {
  let later: f64 = 0
  let slope: f64 = 0
  for (let t = <usize>steps - 1; t < <usize>steps; t--) {
    later = flush((1 - leak) * later + f64.load(errors + 8 * t) + leak * later * slope)
    const factor = <f32>flush(leak * later)
    f32.store(stateFactors + 4 * t, factor)
    f32.store(inputFactors + 4 * t, factor * f32.load(kappas + 4 * t))
    slope = f64.load(slopes + 8 * t)
  }
  const first = flush((1 - leak) * later + leak * later * slope)
  sumOverSteps()
  return finishGradient(<f32>first)
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

/** The factors that all steps share, and what x_0 adds; `first` is s_0. @returns the norm of the gradient */
function finishGradient(first: f32): f64 {
  const bytes = (<usize>rankOneNeurons) << 2
  const gradientN = rankOneGradient + bytes
  const gradientB = gradientN + bytes
  const weights = rankOneParameters + bytes
  let total = f64x2.splat(0)
  for (let i: usize = 0; i < bytes; i += vectorBytes) {
    const weight = v128.load(weights + i)
    const m = f32x4.mul(weight, v128.load(rankOneGradient + i))
    const b = f32x4.mul(weight, v128.load(gradientB + i))
    const start = v128.load(rankOneInitialState + i)
    const n = multiplyAdd(f32x4.splat(first), start, v128.load(gradientN + i))
    v128.store(rankOneGradient + i, m)
    v128.store(gradientN + i, n)
    v128.store(gradientB + i, b)
    total = f64x2.add(total, f64x2.add(f64x2.add(squares(m), squares(n)), squares(b)))
  }
  return sqrt(f64x2.extract_lane(total, 0) + f64x2.extract_lane(total, 1))
}

/** One step of gradient descent. */
function update(rate: f32): void {
  const end = <usize>rankOneNeurons * 12
  for (let i: usize = 0; i < end; i += vectorBytes) {
    const step = f32x4.mul(f32x4.splat(rate), v128.load(rankOneGradient + i))
    v128.store(rankOneParameters + i, f32x4.sub(v128.load(rankOneParameters + i), step))
  }
}
