import type { ParameterArray } from '../models/parameters.js'

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

/** Everything needed to go on bit for bit: plain data, safe to store or to send to a worker. */
export interface Snapshot {
  readonly epoch: number
  readonly parameters: Float64Array
  readonly divergedAt: number | undefined
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
export function requireEpochs(epochs: number): void {
  if (Number.isSafeInteger(epochs) && epochs >= 0) return
  throw new RangeError(`advance: epochs must be a whole number from 0, got ${epochs}`)
}
