import type { Events } from '../../training/events.js'
import type { History } from '../../training/history.js'

/** Figure 3: the rank-one network at a rate at which it learns and at one at which learning is lost. */
export interface Figure3Data {
  readonly slow: TrainingPicture
  readonly fast: TrainingPicture
  /** Copies of the fast training with perturbed initial parameters; all arrays `[copies]`. */
  readonly copies: PerturbedCopies
}

/** What became of perturbed copies of a training. */
export interface PerturbedCopies {
  /** Epoch of the collapse; undefined where learning is kept. */
  readonly collapse: readonly (number | undefined)[]
  readonly finalLoss: readonly number[]
}

/** A training and the latent flow through it. */
export interface TrainingPicture {
  readonly rate: number
  readonly epochs: number
  readonly history: History
  readonly events: Events
  /** First and last epoch of the close-up. */
  readonly closeUp: readonly [number, number] | undefined
  /** Every epoch of the close-up. */
  readonly closeUpHistory: History | undefined
  /** The latent flow at chosen epochs, ascending. */
  readonly flows: readonly FlowPicture[]
  /** The latent flow's life; all arrays of one length. */
  readonly life: {
    readonly epoch: Float64Array
    /** How many there are. */
    readonly fixedPoints: Float64Array
    /** Steps, NaN where there is no ghost. */
    readonly ghostDwell: Float64Array
  }
}

/** The latent flow F(κ) at one epoch. */
export interface FlowPicture {
  readonly epoch: number
  /** Ascending. */
  readonly kappa: Float64Array
  readonly flow: Float64Array
  /** κ(0). */
  readonly start: number
  readonly fixedPoints: readonly { readonly x: number; readonly stable: boolean }[]
  readonly ghost: { readonly kappa: number; readonly speed: number; readonly dwellSteps: number } | undefined
}
