import type { Moments } from '../kernel/network-kernel.js'
import type { ParameterArray } from '../models/parameters.js'
import type { Conditions } from './conditions.js'

/**
 * What a stretch of epochs measured, each value before that epoch's update; all arrays `[epochs]`.
 * A diverged training returns fewer epochs than asked for.
 */
export interface Stretch {
  /** Index of the first epoch of the stretch. */
  readonly firstEpoch: number
  readonly loss: Float64Array
  readonly gradientNorm: Float64Array
  readonly accuracy: Float64Array
}

/**
 * Everything needed to go on bit for bit: plain data, safe to store or to send to a worker. Noise has no state: it
 * follows from the seed of the settings and the epoch.
 */
export interface Snapshot {
  readonly epoch: number
  readonly parameters: Float64Array
  readonly divergedAt: number | undefined
  readonly conditions: Conditions
  /** Undefined for other optimisers. */
  readonly adam: AdamState | undefined
}

/** Adam's moments, and how many updates made them. */
export interface AdamState extends Moments {
  readonly updates: number
}

/** One training under way. Every state it has is in its snapshot. */
export interface Trainer {
  /** Epochs done. */
  readonly epoch: number
  /** The first epoch whose loss or gradient was not finite; the parameters are those it was measured at. */
  readonly divergedAt: number | undefined
  /** Trains `epochs` further epochs; stops at a divergence. @throws RangeError if not a whole number ≥ 0 */
  advance(epochs: number): Stretch
  /** The parameters by name, copied. */
  readonly parameters: Record<string, ParameterArray>
  /** What the next `advance` goes by. */
  readonly conditions: Conditions
  /**
   * Changes what the next `advance` goes by; what is not named stays. Another kind of optimiser starts afresh;
   * a new rate alone leaves Adam's moments as they are. Where the confidence is trained, `confidence` sets that
   * parameter.
   *
   * @throws RangeError naming a value that is not positive, or that this network has no use for
   */
  change(changes: Partial<Conditions>): void
  snapshot(): Snapshot
  /** @throws RangeError if the snapshot is of a network of another size */
  restore(snapshot: Snapshot): void
}

/** Euclidean norm. */
export function norm(vector: Float64Array): number {
  let sum = 0
  for (const value of vector) sum += value * value
  return Math.sqrt(sum)
}

/** @throws RangeError naming the value */
export function requireEpochs(caller: string, epochs: number): void {
  if (Number.isSafeInteger(epochs) && epochs >= 0) return
  throw new RangeError(`${caller}: epochs must be a whole number from 0, got ${epochs}`)
}
