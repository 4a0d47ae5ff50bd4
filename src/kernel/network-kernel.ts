/**
 * A network on a task inside its own kernel instance, whatever the network: flat float32 parameters, plain
 * gradient descent, several epochs a call. To add a network, write its kernel under `assembly/` and a
 * function that returns one of these.
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
  train(epochs: number, rate: number): number
  /** The parameters, `[size]`, copied. */
  readParameters(): Float64Array
  /** Sets the parameters, rounded to float32. @throws RangeError if there are not `size` */
  writeParameters(parameters: Float64Array): void
  /** The gradient of the last epoch that was evaluated, `[size]`, copied. */
  readGradient(): Float64Array
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

/** Rows of unpadded length, at the front of rows of padded length. */
export class PaddedRows {
  /** @param storage float32, `[rows, storedLength]` */
  constructor(
    private readonly storage: Float32Array,
    private readonly rows: number,
    private readonly length: number,
  ) {}

  /** `[rows, length]`, copied. */
  read(): Float64Array {
    const flat = new Float64Array(this.rows * this.length)
    for (let row = 0; row < this.rows; row++) flat.set(this.row(row), row * this.length)
    return flat
  }

  /** @throws RangeError if `flat` is not `[rows, length]` */
  write(flat: Float64Array): void {
    const size = this.rows * this.length
    if (flat.length !== size) {
      throw new RangeError(`kernel: ${flat.length} parameters for a network with ${size}`)
    }
    for (let row = 0; row < this.rows; row++) {
      this.row(row).set(flat.subarray(row * this.length, (row + 1) * this.length))
    }
  }

  private row(row: number): Float32Array {
    const start = (row * this.storage.length) / this.rows
    return this.storage.subarray(start, start + this.length)
  }
}
