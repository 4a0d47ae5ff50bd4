import type { NetworkNames } from '../../src/models/recognise-network.js'
import type { MemoryLook, MemorySubject } from './memory-look.js'
import type { ListedArray, OwnAnalysis, OwnNetwork } from './own-network.js'
import type { FrameSize, PlaneLayout } from './plane-layout.js'

/** What the page asks of a memory worker. */
export type MemoryRequest =
  /** Answered by `look`. */
  | {
      readonly kind: 'look'
      readonly id: number
      readonly subject: MemorySubject
      readonly epoch: number
      readonly parameters: Float64Array
      /** Of the picture that will show it; nothing is laid out without. */
      readonly frame: FrameSize | undefined
    }
  /** A reader's own file: answered by `opened`, `recognised`, `searched` again and again, `analysed`; or by `refused`. */
  | {
      readonly kind: 'analyse'
      readonly file: string
      readonly bytes: Uint8Array
      readonly names: NetworkNames
      /** Searches; as many as take some seconds unless given. */
      readonly starts: number | undefined
    }

/** What a memory worker tells the page. */
export type MemoryReport =
  | {
      readonly kind: 'look'
      readonly id: number
      readonly look: MemoryLook
      readonly layout: PlaneLayout | undefined
    }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string }
  | { readonly kind: 'opened'; readonly arrays: readonly ListedArray[] }
  | { readonly kind: 'recognised'; readonly network: OwnNetwork; readonly starts: number }
  | { readonly kind: 'searched'; readonly done: number; readonly seconds: number }
  | { readonly kind: 'analysed'; readonly analysis: OwnAnalysis }
  | { readonly kind: 'refused'; readonly message: string }
