import type { RateCurve } from '../figure-2/data.js'

/** An estimate with its 95% interval. */
export interface Estimate {
  readonly estimate: number
  readonly low: number
  readonly high: number
}

/** Figure 6: at which learning rates networks of low and of high rank learn. */
export interface Figure6Data {
  /** Mean loss against the learning rate, and the highest rate that still learns; rank one first. */
  readonly networks: readonly {
    readonly name: string
    readonly curves: readonly RateCurve[]
    readonly limit: Estimate
  }[]
  /** Highest rate of full rank over that of rank one. */
  readonly ratio: Estimate
  /** Loss over its first value at one learning rate, the median over seeds, by rank ascending. */
  readonly training: {
    readonly rate: number
    readonly curves: readonly {
      readonly rank: number
      readonly epoch: Float64Array
      readonly loss: Float64Array
    }[]
  }
  /** The share of networks that learn, against the rank. */
  readonly ranks: {
    /** Share of its first loss below which a network counts as having learned. */
    readonly threshold: number
    readonly rank: Float64Array
    readonly byRate: readonly {
      readonly rate: number
      readonly share: Float64Array
      readonly low: Float64Array
      readonly high: Float64Array
    }[]
    readonly pooled: readonly Estimate[]
    /** Rise of the pooled share with every tenfold rank, and the fit's share at rank 1. */
    readonly slope: Estimate
    readonly intercept: number
  }
}
