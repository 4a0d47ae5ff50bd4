import type { SettingsInput } from '../../src/settings/settings.js'
import type { Events } from '../../src/training/events.js'
import type { HistoryRow } from '../../src/training/history.js'
import type { Stretch } from '../../src/training/trainer.js'

/** Two trainings that are compared. */
export type PairJob =
  /** A rank-one network until it collapses, then two of it: one as before, one at another confidence. */
  | { readonly kind: 'confidence'; readonly settings: SettingsInput; readonly confidence: number }
  /** Two networks from the start. */
  | { readonly kind: 'two'; readonly settings: readonly [SettingsInput, SettingsInput] }

export type PairRequest =
  | {
      readonly kind: 'start'
      readonly id: number
      readonly job: PairJob
      /** Epochs to train as fast as it goes, before the pace counts. */
      readonly goal: number
      readonly playing: boolean
      readonly speed: number
      /** Milliseconds between two reports. */
      readonly reportInterval: number
    }
  | { readonly kind: 'pace'; readonly playing: boolean; readonly speed: number }
  | { readonly kind: 'step'; readonly epochs: number }
  | { readonly kind: 'look'; readonly epoch: number }
  /** Another confidence for the twin that has it lowered, from the same state on. */
  | { readonly kind: 'confidence'; readonly confidence: number }
  /** The next seed from this one on whose training collapses. Ends whatever trains. */
  | {
      readonly kind: 'search'
      readonly id: number
      readonly settings: SettingsInput
      readonly seed: number
      readonly tries: number
    }

export type PairReport =
  | {
      readonly kind: 'progress'
      readonly id: number
      /** Epochs done by both. */
      readonly epoch: number
      readonly ended: boolean
      /** Whether nothing goes on until it is asked for. */
      readonly settled: boolean
      /** One until there are two. */
      readonly twins: readonly TwinReport[]
      /** The networks at the last epoch that both have measured, before its update. */
      readonly lookEpoch: number
      readonly looks: readonly TwinLook[]
    }
  | {
      readonly kind: 'look'
      readonly id: number
      readonly epoch: number
      readonly looks: readonly TwinLook[]
    }
  | { readonly kind: 'searching'; readonly id: number; readonly seed: number }
  | { readonly kind: 'found'; readonly id: number; readonly seed: number | undefined }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string }

export interface TwinReport {
  readonly generation: number
  /** Epochs since the last report. */
  readonly stretch: Stretch
  readonly events: Events
  readonly firstCollapse: number | undefined
  readonly regained: number | undefined
  readonly divergedAt: number | undefined
}

/** A network at an epoch. */
export interface TwinLook {
  /** `[steps]`. */
  readonly outputs: Float64Array
  /** Undefined where it diverged. */
  readonly row: HistoryRow | undefined
}
