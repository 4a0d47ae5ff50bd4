import type { ShareInterval } from '../../numerics/statistics.js'
import type { Events } from '../../training/events.js'
import type { History } from '../../training/history.js'

/** A network's training on a working-memory task, of one seed and of all: what figures 4 and 5 share. */
export interface MemoryTrainingData {
  /** Of the task, such as `Cue discrimination`. */
  readonly name: string
  /** Optimiser and rate, such as `SGD 0.001`. */
  readonly optimizer: string
  readonly seed: number
  readonly epochs: number
  readonly history: History
  readonly events: Events
  /** Losses of the other seeds. */
  readonly others: readonly { readonly epoch: Float64Array; readonly loss: Float64Array }[]
  /** Ascending by stage. */
  readonly stages: readonly StageShares[]
  /** Seeds that learn, of all that were run. */
  readonly learning: { readonly seeds: number; readonly of: number }
}

/** What is near the trials' paths at one stage of the way to the first fall, as shares of the seeds that learn. */
export interface StageShares {
  /** Epoch over that of the first fall; 0 for the initial network. */
  readonly stage: number
  readonly ghost: ShareInterval
  /** Two stable fixed points or more. */
  readonly bistable: ShareInterval
}

/** What a network answers at one epoch. */
export interface MemoryOutputs {
  readonly epoch: number
  /** Mean over trials of each class and what it should be, `[steps]`. */
  readonly classes: readonly {
    readonly name: string
    readonly output: Float64Array
    readonly target: Float64Array
  }[]
  /** First step and one past the last of each cue, and of the reaction. */
  readonly cues: readonly (readonly [number, number])[]
  readonly reaction: readonly [number, number]
}
