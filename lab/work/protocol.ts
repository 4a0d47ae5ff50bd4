import type { SettingsInput } from '../../src/settings/settings.js'
import type { HistoryRow } from '../../src/training/history.js'
import type { LabChange } from '../state/fields.js'
import type { Look, SessionProgress } from './training-session.js'

/** What the page asks of a training worker. Every request but the first is about the training last started. */
export type TrainingRequest =
  | {
      readonly kind: 'start'
      /** Tells its reports from those of the training before. */
      readonly id: number
      readonly settings: SettingsInput
      /** Epochs to train at once, before the first report. */
      readonly catchUp: number
      readonly playing: boolean
      readonly speed: number
    }
  /** Epochs a second; infinity is as fast as it goes. */
  | { readonly kind: 'pace'; readonly playing: boolean; readonly speed: number }
  | { readonly kind: 'step'; readonly epochs: number }
  | { readonly kind: 'change'; readonly change: Omit<LabChange, 'epoch'> }
  | { readonly kind: 'look'; readonly epoch: number }

/** What a training worker tells the page. */
export type TrainingReport =
  | {
      readonly kind: 'progress'
      readonly id: number
      readonly progress: SessionProgress
      /** Rows of the history since the last report. */
      readonly rows: readonly HistoryRow[]
      /** At the present epoch. */
      readonly parameters: Float64Array
      readonly ended: boolean
    }
  | { readonly kind: 'look'; readonly id: number; readonly look: Look }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string }
