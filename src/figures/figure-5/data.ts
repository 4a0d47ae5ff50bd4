import type { MappedPoint } from '../../dynamics/flow-map.js'
import type { SpectrumPicture } from '../flow-map/spectrum.js'
import type { MemoryTrainingData } from '../memory/data.js'

/** Figure 5: networks of full rank on the two working-memory tasks. */
export interface Figure5Data {
  readonly cue: FullRankData
  readonly match: FullRankData
}

/** One task: training and looks, states at chosen epochs, and the spectra at the slow points nearest to them. */
export interface FullRankData extends MemoryTrainingData {
  readonly views: readonly StateView[]
  readonly spectra: readonly SpectrumPicture[]
}

/** Visited states and slow points in three principal components, in units of the farthest state's distance from their middle. */
export interface StateView {
  readonly epoch: number
  /** Share of the variance along each component. */
  readonly shares: readonly number[]
  /** The length of one unit in the space of states. */
  readonly unit: number
  readonly paths: readonly {
    readonly name: string
    readonly places: readonly Place3D[]
    /** ‖F‖ without input, for each place. */
    readonly speed: Float64Array
  }[]
  /** Those near the paths. */
  readonly points: readonly (Pick<MappedPoint, 'kind' | 'stable' | 'index' | 'speed' | 'dwell'> & {
    readonly at: Place3D
  })[]
  /** How many slow points are not near. */
  readonly far: number
}

/** Along the first, the second and the third component. */
export type Place3D = readonly [number, number, number]
