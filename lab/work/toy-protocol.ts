import type { Normalisation } from '../../src/theory/delayed-activation.js'

/** One descent of the toy. */
export interface ToyDescentTask {
  /** T = T_R, time units. */
  readonly delay: number
  readonly normalisation: Normalisation
  readonly rate: number
  /** r₀, 1/time². */
  readonly start: number
  /** Infinity: the closed form. */
  readonly confidence: number
  readonly epochs: number
}

/** Which of many starts are lost, at each of many rates. */
export interface RateOutcomesTask {
  readonly delay: number
  readonly normalisation: Normalisation
  readonly rates: Float64Array
  /** r₀ of each start, 1/time². */
  readonly starts: Float64Array
}

/** The simulated loss at each r. */
export interface LandscapeTask {
  readonly delay: number
  readonly normalisation: Normalisation
  readonly confidence: number
  readonly r: Float64Array
}

/** What the page asks of a toy worker; of each kind, the last one asked counts. */
export type ToyRequest =
  | { readonly kind: 'descend'; readonly id: number; readonly task: ToyDescentTask }
  | { readonly kind: 'outcomes'; readonly id: number; readonly task: RateOutcomesTask }
  | { readonly kind: 'landscape'; readonly id: number; readonly task: LandscapeTask }

/** Consecutive epochs of a descent, each before its update: r (1/time²), loss and dL/dr, `[epochs]`. */
export interface PathStretch {
  readonly from: number
  readonly r: Float64Array
  readonly loss: Float64Array
  readonly gradient: Float64Array
}

export type ToyReport =
  | { readonly kind: 'path'; readonly id: number; readonly stretch: PathStretch }
  | {
      readonly kind: 'outcomes'
      readonly id: number
      /** Starts that end in the no-learning zone, at each rate. */
      readonly lost: Float64Array
    }
  | { readonly kind: 'landscape'; readonly id: number; readonly loss: Float64Array }
