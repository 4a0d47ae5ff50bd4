/**
 * Sizes and memory of the one network that autonomous and driven networks of any rank are cases of; the
 * algorithm is in recurrent.ts. A row of N neurons is stored as `width` floats, the rest of it zero.
 *
 *   coefficients  one row for each state of each trial: [latent variables | input | 1]
 *   input rows    what each coefficient does to the neurons: [N × N or K × N recurrent weights, W_in, b]
 *   latent rows   how latent variables read the neurons, Lᵀ: `[latents, N]`; none of full rank, where the
 *                 latent variables are the neurons
 *   read-out row  z = coefficients · read-out row: [w_out, 0, b_out]
 *
 * A read-out that acts on the neurons of a network of rank K is one more latent variable, in front, that
 * feeds nothing back (`readOutLatents` = 1): its latent row is w_out, its entry in the read-out row a fixed 1.
 */
import { normalsAtOnce, roundKeyBytes } from './normals'
import { reserve, reset, used } from './arena'
import { padded, vectorBytes } from './vector'

/** Floats of two vectors: every row is a whole number of them. */
const rowUnit: i32 = 8

/** Trials that go forward and back together, so that what lies between stays in the cache. */
const mostTrialsAtOnce: i32 = 16

// Counts.
export let neurons: i32 = 0
export let fullRank: bool = false
/** K, or N of full rank: latent variables that feed back. */
export let feedback: i32 = 0
/** Latent variables in front of them that only the read-out sees: 0 or 1. */
export let readOutLatents: i32 = 0
export let inputs: i32 = 0
export let trials: i32 = 0
export let steps: i32 = 0
/** Updates that show in an output. */
export let updates: i32 = 0
/** The first state that has an output: 1 where it is read after the update, else 0. */
export let firstOutput: i32 = 0
export let trialsAtOnce: i32 = 0

// Lengths of rows in floats.
export let recurrentWidth: i32 = 0
export let recurrentCoefficients: i32 = 0
/** Latent variables as a row of their own: adjoints and drives. */
export let latentWidth: i32 = 0

// What the host writes and reads.
/** Input rows, latent rows and read-out row, float32; gradient and Adam's moments likewise. */
export let recurrentParameters: usize = 0
export let recurrentGradient: usize = 0
export let recurrentMeans: usize = 0
export let recurrentSquares: usize = 0
/** Floats of each of the four. */
export let recurrentStored: i32 = 0
/** `[trials, steps]`, float64. */
export let recurrentTargets: usize = 0
/** Weight of each squared error in the loss, `[trials, steps]`, float64. */
export let recurrentWeights: usize = 0
/** `[trials, steps]`, float32. */
export let recurrentInputs: usize = 0
/** `[epochs, trials, steps]`, float64. */
export let recurrentOutputs: usize = 0
/** Loss of each epoch, `[epochs]`, float64. */
export let recurrentLoss: usize = 0
/** Norm of the gradient of each epoch, `[epochs]`, float64. */
export let recurrentGradientNorm: usize = 0

// Of a block of trials; samples are `[state, trial]`. Rows of float32.
/** Coefficients of states 0 … updates. */
export let coefficients: usize = 0
/** x_0 (of rank K only), then h_1 … h_updates. */
export let activations: usize = 0
/** Derivative of the loss by the argument of each h. */
export let preGradients: usize = 0
/** Of rank K: s_0, then α s_1 … α s_updates. */
export let adjoints: usize = 0
/** The adjoint s of the state at hand, `[trials]` rows. */
export let adjoint: usize = 0
/** What the update after it adds to it, `[trials]` rows; also the drives of the latent variables. */
export let returned: usize = 0
/** The read-out row where it acts on latent variables, else zero. */
export let readOutDirection: usize = 0
/** z, its powers and the errors, `[steps, trials]` each. */
export let readOuts: usize = 0
export let powers: usize = 0
export let errors: usize = 0
/** Normals of one row of neurons. */
export let normals: usize = 0
export let roundKeys: usize = 0

/**
 * Lays out the memory for a network, a task and up to `epochs` epochs a call.
 * @param rank K, or 0 for full rank
 * @param readAfter 1: outputs are read after each update, from the neurons; 0: before, from the latent variables
 * @returns the bytes that the host must provide before anything is written
 */
export function recurrentLayOut(
  neuronCount: i32,
  rank: i32,
  inputCount: i32,
  readAfter: i32,
  trialCount: i32,
  stepCount: i32,
  epochs: i32,
): f64 {
  neurons = neuronCount
  fullRank = rank == 0
  feedback = fullRank ? neurons : rank
  readOutLatents = readAfter && !fullRank ? 1 : 0
  inputs = inputCount
  trials = trialCount
  steps = stepCount
  firstOutput = readAfter
  updates = steps - 1 + readAfter
  trialsAtOnce = min(trials, mostTrialsAtOnce)
  recurrentWidth = padded(neurons, rowUnit)
  latentWidth = fullRank ? recurrentWidth : padded(feedback + readOutLatents, 4)
  recurrentCoefficients = padded(max(latentWidth, readOutLatents + inputRows()), rowUnit)
  recurrentStored = (inputRows() + latentRows()) * recurrentWidth + recurrentCoefficients
  reset()
  layOutForHost(<f64>epochs)
  layOutBlock()
  return used()
}

/** Rows of the input weights: the feedback, W_in, b. */
export function inputRows(): i32 {
  return feedback + inputs + 1
}

/** Rows of the latent variables' weights. */
export function latentRows(): i32 {
  return fullRank ? 0 : readOutLatents + feedback
}

function layOutForHost(epochs: f64): void {
  const entries = <f64>trials * <f64>steps
  recurrentParameters = reserve(4 * <f64>recurrentStored)
  recurrentGradient = reserve(4 * <f64>recurrentStored)
  recurrentMeans = reserve(4 * <f64>recurrentStored)
  recurrentSquares = reserve(4 * <f64>recurrentStored)
  recurrentTargets = reserve(8 * entries)
  recurrentWeights = reserve(8 * entries)
  recurrentInputs = reserve(4 * entries)
  recurrentOutputs = reserve(8 * entries * epochs)
  recurrentLoss = reserve(8 * epochs)
  recurrentGradientNorm = reserve(8 * epochs)
}

function layOutBlock(): void {
  const count = <f64>trialsAtOnce
  const states = count * <f64>(updates + 1)
  const outputs = 4 * count * <f64>steps + <f64>vectorBytes
  coefficients = reserve(4 * states * <f64>recurrentCoefficients)
  activations = reserve(4 * states * <f64>recurrentWidth)
  preGradients = reserve(4 * states * <f64>recurrentWidth)
  if (!fullRank) adjoints = reserve(4 * states * <f64>latentWidth)
  adjoint = reserve(4 * count * <f64>latentWidth)
  returned = reserve(4 * count * <f64>latentWidth)
  readOutDirection = reserve(4 * <f64>recurrentCoefficients)
  readOuts = reserve(outputs)
  powers = reserve(outputs)
  errors = reserve(outputs)
  normals = reserve(4 * <f64>padded(neurons, normalsAtOnce))
  roundKeys = reserve(roundKeyBytes)
}
