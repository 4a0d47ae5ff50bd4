import type { Estimate } from '../figure-6/data.js'

/** Figure 7: driven networks against the learning rate, and what becomes of them in a collapse. */
export interface Figure7Data {
  readonly tasks: readonly TaskSweep[]
  /** A training that collapsed; undefined if none did. */
  readonly collapse: CollapsePicture | undefined
  /** Share of saturated rates before and after each collapse; same length. */
  readonly saturated: {
    readonly before: Float64Array
    readonly after: Float64Array
    /** At the end of every training, of networks that learned and of those that did not. */
    readonly learned: Float64Array
    readonly failed: Float64Array
  }
}

/** One task at several learning rates. */
export interface TaskSweep {
  readonly name: string
  /** Ascending. */
  readonly rate: Float64Array
  /** Means over the epochs of a training, `[rates][seeds]`. */
  readonly loss: readonly Float64Array[]
  readonly gradientNorm: readonly Float64Array[]
  readonly recurrentNorm: readonly Float64Array[]
  /** The highest rate at which networks learn. */
  readonly limit: Estimate
  /** Trainings of one seed, `exampleSeed`. */
  readonly exampleSeed: number
  readonly examples: readonly {
    readonly rate: number
    readonly epoch: Float64Array
    readonly loss: Float64Array
  }[]
}

export interface CollapsePicture {
  readonly task: string
  readonly rate: number
  readonly seed: number
  /** `[trials, steps]` */
  readonly targets: Float64Array
  readonly trials: number
  readonly before: CollapseSide
  readonly after: CollapseSide
}

export interface CollapseSide {
  readonly epoch: number
  /** Share of the rates in equal bins from −1 to 1. */
  readonly histogram: Float64Array
  /** `[trials, steps]` */
  readonly outputs: Float64Array
}
