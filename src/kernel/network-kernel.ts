/**
 * A network on a task inside its own kernel instance, whatever the network: flat float32 parameters, several
 * epochs a call. To add a network, write its kernel under `assembly/` and a function that returns one of these.
 */
export interface NetworkKernel {
  /** Number of parameters. */
  readonly size: number
  /** The most epochs one `train` may do. */
  readonly epochsAtOnce: number
  /** Of each epoch of the last `train`, `[epochsAtOnce]`; read-only views. */
  readonly loss: Float64Array
  readonly gradientNorm: Float64Array
  /** Outputs of each epoch of the last `train`, one view `[trials, steps]` an epoch. */
  readonly outputs: readonly Float64Array[]
  /**
   * Trains up to `epochsAtOnce` epochs; loss, gradient norm and outputs are those before each update.
   * Stops before the update of an epoch whose loss or gradient is not finite.
   * @returns the number of epochs trained
   */
  train(epochs: number, call: TrainingCall): number
  /** The parameters, `[size]`, copied. */
  readParameters(): Float64Array
  /** Sets the parameters, rounded to float32. @throws RangeError if there are not `size` */
  writeParameters(parameters: Float64Array): void
  /** The gradient of the last epoch that was evaluated, `[size]`, copied. */
  readGradient(): Float64Array
  /** Adam's moments, zero at first; copied. */
  readMoments(): Moments
  /** Sets Adam's moments, rounded to float32. @throws RangeError if there are not `size` of each */
  writeMoments(moments: Moments): void
}

/** What holds for the epochs of one call. A kernel keeps nothing between calls but parameters and moments. */
export interface TrainingCall {
  readonly optimizer: 'sgd' | 'adam'
  /** Learning rate. */
  readonly rate: number
  /** Adam updates done before this call: its bias correction goes by their number. */
  readonly updatesBefore: number
  /** Number of the first epoch: it selects the noise. */
  readonly firstEpoch: number
  /** c of a rank-one network whose confidence is fixed; others ignore it. */
  readonly confidence: number
  /**
   * If given, w_out and b_out are multiplied by this over ‖w_out‖₁ before every forward pass: overwritten in
   * place, outside the gradient. A rank-one network has no read-out and ignores it.
   */
  readonly readOutNorm: number | undefined
}

/** Adam's exponential means of the gradient and of its square, `[size]` each. */
export interface Moments {
  readonly mean: Float64Array
  readonly square: Float64Array
}

/** Neuron updates of one call, about a millisecond: V8 exchanges a function by a faster one between calls. */
const updatesAtOnce = 400_000
const mostEpochsAtOnce = 100

/**
 * Epochs of one call of a kernel. V8 never replaces a running function by its optimised version, so that a
 * training in a single call would stay slow; from a millisecond a call on the calls cost nothing.
 *
 * @param updates neuron updates of one epoch: neurons × steps × trials
 */
export function epochsPerCall(updates: number): number {
  return Math.min(mostEpochsAtOnce, Math.max(1, Math.round(updatesAtOnce / updates)))
}
