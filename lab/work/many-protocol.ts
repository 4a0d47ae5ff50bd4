import type { SettingsInput } from '../../src/settings/settings.js'
import type { Events } from '../../src/training/events.js'

/** What the page asks of the worker that trains many seeds. */
export type ManyRequest =
  | {
      readonly kind: 'start'
      readonly id: number
      readonly settings: SettingsInput
      readonly seeds: readonly number[]
      /** The confidence that a rank-one network gets once it collapses; undefined to leave it. */
      readonly lowerTo: number | undefined
      readonly goal: number
      readonly playing: boolean
      readonly speed: number
      readonly reportInterval: number
    }
  | { readonly kind: 'pace'; readonly playing: boolean; readonly speed: number }
  | { readonly kind: 'step'; readonly epochs: number }

export type ManyReport =
  | {
      readonly kind: 'progress'
      readonly id: number
      /** Epochs done by all that go on. */
      readonly epoch: number
      readonly ended: boolean
      readonly settled: boolean
      readonly runs: readonly SeedReport[]
    }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string }

/** One of many seeds. */
export interface SeedReport {
  readonly seed: number
  readonly epoch: number
  readonly verdict: Verdict
  readonly events: Events
  /** Of the last epoch; undefined before the first. */
  readonly loss: number | undefined
  readonly divergedAt: number | undefined
  /** From this epoch on its confidence is lower. */
  readonly loweredAt: number | undefined
  /** Epoch and loss, alternately. */
  readonly points: Float64Array
}

/**
 * Learned: the loss has fallen below half of the plateau, and the training has not collapsed since. Lost: it has, or it
 * diverged. Again: learned once more after its confidence was lowered.
 */
export type Verdict = 'learned' | 'again' | 'lost' | 'not yet'
