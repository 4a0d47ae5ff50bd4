import type { Events } from '../../training/events.js'
import type { History } from '../../training/history.js'

/** Figure 3: the rank-one network at a rate at which it learns and at one at which learning is lost. */
export interface Figure3Data {
  readonly slow: TrainingPicture
  readonly fast: TrainingPicture
  /** Copies of the fast training with perturbed initial parameters; all arrays `[copies]`. */
  readonly copies: PerturbedCopies
  readonly seeds: SeedsPicture
}

/** What networks of other seeds do at the two rates. */
export interface SeedsPicture {
  readonly rates: { readonly slow: number; readonly fast: number }
  /** How many are trained at the slow rate. */
  readonly trained: number
  /** Those of them that learn. */
  readonly learned: readonly LearnedSeed[]
  readonly shares: readonly SeedShare[]
}

/** Epochs of a seed's events. */
export interface LearnedSeed {
  readonly firstFall: number
  readonly secondFall: number
  readonly firstGhost: number | undefined
}

/** How many of some seeds do something. */
export interface SeedShare {
  readonly label: string
  readonly rate: 'slow' | 'fast'
  readonly count: number
  readonly total: number
  readonly colour: 'measurement' | 'ghost' | 'lost'
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
