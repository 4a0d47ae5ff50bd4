/** Figure 2: the toy's loss landscape, descents on it and its critical learning rate. */
export interface Figure2Data {
  /** T of the landscape, the descents and the sweep, in time units. */
  readonly delay: number
  /** r*. */
  readonly optimum: number
  /** r_z, below which the gradient is 0. */
  readonly zoneEdge: number
  /** Critical learning rate of the loss that is descended. */
  readonly criticalRate: number
  /** Normalised loss against r ascending: the closed form first, then simulations. */
  readonly landscape: {
    readonly r: Float64Array
    readonly curves: readonly { readonly label: string; readonly loss: Float64Array }[]
  }
  readonly descents: readonly Descent[]
  readonly sweep: readonly RateCurve[]
  readonly scaling: readonly RateLaw[]
}

/** A descent; index = epoch. */
export interface Descent {
  readonly rate: number
  readonly r: Float64Array
  readonly loss: Float64Array
}

/** Mean loss over several starts at one epoch, against the learning rate, ascending. */
export interface RateCurve {
  readonly epoch: number
  readonly rate: Float64Array
  readonly mean: Float64Array
  readonly standardError: Float64Array
}

/** The critical learning rate against the delay, predicted and measured. */
export interface RateLaw {
  readonly normalisation: 'normalised' | 'un-normalised'
  readonly delay: Float64Array
  readonly predicted: Float64Array
  readonly measured: Float64Array
  /** d log rate / d log delay, fitted to the measured rates. */
  readonly exponent: number
}

/** Whether a descent ends where the gradient is 0. */
export function endsInZone({ r }: Descent, { zoneEdge }: Figure2Data): boolean {
  return (r.at(-1) ?? Infinity) <= zoneEdge
}
