import type { RankOneModel } from '../../src/models/rank-one.js'
import type { LatentView, Looked } from './latent-view.js'
import type { KeptReport } from './protocol.js'

/** What the page asks of the worker that takes latent flows apart. */
export type LatentRequest =
  | { readonly kind: 'view'; readonly id: number; readonly model: RankOneModel; readonly looked: Looked }
  /** Answered little by little, after whatever views are asked for. */
  | { readonly kind: 'life'; readonly id: number; readonly model: RankOneModel; readonly report: KeptReport }

/** What it answers. Its id is that of the question. */
export type LatentReport =
  | { readonly kind: 'view'; readonly id: number; readonly view: LatentView }
  | {
      readonly kind: 'life'
      readonly id: number
      readonly spacing: number
      readonly sights: readonly FlowSight[]
    }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string }

/** A latent flow in two numbers, at an epoch and at the one after. */
export interface FlowSight {
  readonly epoch: number
  /** Their number. */
  readonly fixedPoints: readonly [number, number]
  /** Of the ghost, in steps; NaN where there is none. */
  readonly dwell: readonly [number, number]
}
