/** Mean ± standard error at each place of a curve. */
export interface MeanCurve {
  readonly mean: Float64Array
  readonly error: Float64Array
}

/** Figure 8: what lower confidence does in the no-learning zone, and for networks trapped there. */
export interface Figure8Data {
  /** r*, r_z and x* of the toy. */
  readonly optimum: number
  readonly zoneEdge: number
  readonly threshold: number
  readonly zone: ZoneData
  readonly rescue: RescueData
  readonly trained: {
    /** Epochs before the confidence is set to 1, and after. */
    readonly epochs: number
    readonly seed: number | undefined
    /** Every epoch of both trainings; undefined if none was kept. */
    readonly history: { readonly loss: Float64Array; readonly gradientNorm: Float64Array } | undefined
  }
  readonly readOut: ReadOutData
}

/** The gradient of the toy's loss. */
export interface ZoneData {
  /** Ascending. */
  readonly r: Float64Array
  /** |dL/dr|, `[r]`. */
  readonly closedForm: Float64Array
  readonly simulated: readonly { readonly confidence: number; readonly gradient: Float64Array }[]
  /** Decay of the gradient with confidence at r = −speed², theory: threshold + speed. */
  readonly decays: readonly { readonly speed: number; readonly decay: number }[]
}

/** Trapped rank-one networks trained on at each confidence; curves `[confidences]`. */
export interface RescueData {
  readonly confidence: readonly number[]
  /** Networks that lost what they learned, of all. */
  readonly lost: number
  readonly seeds: number
  /** Share rescued with its interval; empty if none was lost. */
  readonly shares: readonly { readonly share: number; readonly low: number; readonly high: number }[]
  readonly accuracy: MeanCurve
  readonly gradient: MeanCurve
}

/** Driven networks before and after a limit on their read-out; curves of equal stretches of epochs. */
export interface ReadOutData {
  /** Epochs before the limit, and after. */
  readonly epochs: number
  readonly seeds: number
  /** Accuracy of a network that never answers. */
  readonly silentAccuracy: number
  readonly before: MeanCurve
  /** Undefined limit: left alone. */
  readonly after: readonly (MeanCurve & { readonly limit: number | undefined })[]
}
