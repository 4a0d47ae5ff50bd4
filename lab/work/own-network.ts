import { unzipSync } from 'fflate'
import {
  type AnalysedNetwork,
  analysedNetwork,
  flowOf,
  readOutAt,
} from '../../src/analysis/analysed-network.js'
import { freePath, mapNetwork } from '../../src/analysis/network-map.js'
import { startsOf, usualStarts } from '../../src/analysis/starts.js'
import type { Flow } from '../../src/dynamics/flow.js'
import type { FlowMap } from '../../src/dynamics/flow-map.js'
import type { SlowPoint } from '../../src/dynamics/slow-point.js'
import { findSlowPoints } from '../../src/dynamics/slow-points.js'
import { openNpz } from '../../src/formats/npz.js'
import { openSafetensors } from '../../src/formats/safetensors.js'
import type { FoundNetwork } from '../../src/models/found-network.js'
import { type NetworkNames, recogniseNetwork } from '../../src/models/recognise-network.js'
import type { StoredArray } from '../../src/models/stored-array.js'
import { InputError } from '../../src/settings/input-error.js'

/**
 * A network from a reader's file and what is slow in it: the same searches as those of `ghostpoint analyse`, from the
 * network's own runs without input, with the same seeds.
 */

/** Bytes that an archive may unpack to. */
const mostUnpacked = 256e6
/** Neurons of a network that a page can search in minutes. */
const mostNeurons = 1024
/** Trajectories in a map. */
const pathCount = 5
/** Seconds that searches should take, and what one takes at 200 dimensions; it grows with their cube. */
const [wanted, searchSeconds] = [15, 1.1] as const
const startCount = { least: 4, most: 200 } as const

/** An array of a file as it is listed. */
export type ListedArray = Pick<StoredArray, 'name' | 'shape' | 'type'>

/** A network as it is analysed, without input. */
export interface OwnNetwork extends AnalysedNetwork {
  readonly found: FoundNetwork
  /** Of the analysis: K in latent variables, else N. */
  readonly dimension: number
}

export interface OwnAnalysis {
  readonly points: readonly SlowPoint[]
  /** The linear read-out at each point, `[outputs]`; empty without one. */
  readonly readOuts: readonly (readonly number[])[]
  /** How many searches ended at no minimum, by reason. */
  readonly rejected: readonly (readonly [string, number])[]
  readonly map: FlowMap | undefined
  /** Names of the map's coordinates are those of components, with their shares of the variance; of the flow's own unless given. */
  readonly shares: readonly number[] | undefined
  /** Why there is no map. */
  readonly noMap: string | undefined
}

/** The arrays of a file. @throws InputError if it is none, is not whole or unpacks to too much */
export function openArrays(file: string, bytes: Uint8Array): StoredArray[] {
  const accepted = 'a whole .npz or .safetensors file'
  try {
    if (/\.safetensors$/i.test(file)) return openSafetensors(bytes)
    requireSmall(bytes)
    return openNpz(bytes)
  } catch (error) {
    throw error instanceof RangeError ? new InputError(file, error.message, accepted) : error
  }
}

/** Adds up what the archive's list says before anything is unpacked. */
function requireSmall(bytes: Uint8Array): void {
  let total = 0
  try {
    const count = ({ originalSize }: { readonly originalSize: number }) => {
      total += originalSize
      return false
    }
    unzipSync(bytes, { filter: count })
  } catch {
    // What is wrong with it is said where it is read.
    return
  }
  if (total > mostUnpacked) {
    throw new RangeError(
      `unpacks to ${Math.round(total / 1e6)} MB, and this page unpacks at most ${mostUnpacked / 1e6} MB`,
    )
  }
}

/** The network in a file's arrays. @throws InputError if there is none that can be analysed here */
export function ownNetwork(file: string, arrays: readonly StoredArray[], names: NetworkNames): OwnNetwork {
  const found = recogniseNetwork(file, arrays, names)
  const { recurrent, neurons, leak } = found
  if (neurons > mostNeurons) {
    const problem = `has ${neurons} neurons, and this page searches networks of at most ${mostNeurons}`
    throw new InputError(file, problem, 'a smaller network, or ghostpoint analyse on the command line')
  }
  const network = analysedNetwork(found, [], leak)
  const dimension = network.coordinates === 'latent' ? recurrent.left!.length / neurons : neurons
  return { found, ...network, dimension }
}

/** Searches that take some seconds. */
export function startsWithin({ dimension }: Pick<OwnNetwork, 'dimension'>): number {
  const affordable = Math.floor(wanted / (searchSeconds * (dimension / 200) ** 3))
  return Math.min(startCount.most, Math.max(startCount.least, affordable))
}

/**
 * Searches for slow points, and maps the flow: of one or two dimensions as it is, of more on the first two principal
 * components of some trajectories.
 * @param onSearched called after each search with how many are done
 */
export function analyse(
  network: OwnNetwork,
  count: number,
  onSearched: (done: number) => void = () => {},
): OwnAnalysis {
  const flow = flowOf(network)
  const starts = startsOf(network, network.found, { ...usualStarts, starts: count })
  const { points, rejected } = findSlowPoints(flow, starts, {
    onProgress: share => onSearched(Math.round(share * count)),
  })
  const reasons = new Map<string, number>()
  for (const { reason } of rejected) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  return {
    points,
    readOuts: points.map(({ position }) => readOutAt(network.found, network, position) ?? []),
    rejected: [...reasons],
    ...mapOf(flow, points, starts),
  }
}

function mapOf(
  flow: Flow,
  points: readonly SlowPoint[],
  starts: readonly Float64Array[],
): Pick<OwnAnalysis, 'map' | 'shares' | 'noMap'> {
  const paths = starts.slice(0, pathCount).map(start => freePath(flow, start))
  try {
    return { ...mapNetwork(flow, points, paths), noMap: undefined }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return { map: undefined, shares: undefined, noMap: error.message }
  }
}
