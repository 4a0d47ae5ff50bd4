import type { SettingsInput } from '../../src/settings/settings.js'
import type { HistoryRow } from '../../src/training/history.js'
import type { LabChange } from '../state/fields.js'
import type { Bins } from './envelope.js'
import type { Kept, Look, SessionProgress } from './training-session.js'

/** What the page asks of a training worker. Every request but the first is about the training last started. */
export type TrainingRequest =
  | {
      readonly kind: 'start'
      /** Tells its reports from those of the training before. */
      readonly id: number
      readonly settings: SettingsInput
      /** Epochs to train as fast as it goes, whether or not it plays. */
      readonly catchUp: number
      readonly playing: boolean
      readonly speed: number
      readonly wants: Wants
    }
  /** Epochs a second; infinity is as fast as it goes. */
  | { readonly kind: 'pace'; readonly playing: boolean; readonly speed: number }
  | { readonly kind: 'step'; readonly epochs: number }
  /** To so many epochs as fast as it goes. */
  | { readonly kind: 'reach'; readonly epochs: number }
  | { readonly kind: 'change'; readonly change: Omit<LabChange, 'epoch'> }
  /** Moves the end of the training, but not before what is done. */
  | { readonly kind: 'end'; readonly epochs: number }
  /** Answered once that epoch is trained, if it lies within what is caught up. */
  | { readonly kind: 'look'; readonly epoch: number; readonly margin: number }

/** What a training's reports hold beside its progress. */
export interface Wants {
  /** Lowest and highest values of all epochs in bins. */
  readonly bins?: boolean
  /** Evenly spaced networks. */
  readonly kept?: boolean
}

/** What a training worker tells the page. */
export type TrainingReport =
  | {
      readonly kind: 'progress'
      readonly id: number
      readonly progress: SessionProgress
      /** Rows of the history since the last report. */
      readonly rows: readonly HistoryRow[]
      /** The network at the last epoch measured, before its update. */
      readonly present: Look
      readonly ended: boolean
      readonly bins: Bins | undefined
      readonly kept: KeptReport | undefined
    }
  | { readonly kind: 'look'; readonly id: number; readonly look: Look }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string }

/** The networks kept since the last report; those at other epochs than multiples of the spacing are kept no longer. */
export interface KeptReport {
  readonly spacing: number
  readonly kept: readonly Kept[]
}
