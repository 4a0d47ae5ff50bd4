import { unzipSync } from 'fflate'
import type { Flow } from '../../src/dynamics/flow.js'
import { type FlowMap, flowMap, type Path } from '../../src/dynamics/flow-map.js'
import {
  latentNetworkFlow,
  latentOf,
  type NetworkWeights,
  stateFlow,
  stateOf,
} from '../../src/dynamics/network-flow.js'
import type { SlowPoint } from '../../src/dynamics/slow-point.js'
import { findSlowPoints } from '../../src/dynamics/slow-points.js'
import { drawStarts, ownVisits } from '../../src/dynamics/visited-states.js'
import { openNpz } from '../../src/formats/npz.js'
import { openSafetensors } from '../../src/formats/safetensors.js'
import type { FoundNetwork } from '../../src/models/found-network.js'
import { type NetworkNames, recogniseNetwork } from '../../src/models/recognise-network.js'
import type { StoredArray } from '../../src/models/stored-array.js'
import { plusScaled } from '../../src/numerics/linear-algebra.js'
import { principalComponents } from '../../src/numerics/principal-components.js'
import { InputError } from '../../src/settings/input-error.js'

/**
 * A network from a reader's file and what is slow in it: the same searches as those of `ghostpoint analyse`, from the
 * network's own runs without input, with the same seeds.
 */

/** Bytes that an archive may unpack to. */
const mostUnpacked = 256e6
/** Neurons of a network that a page can search in minutes. */
export const mostNeurons = 1024
/** Of starts: one of the network's own runs for so many, noise on each, as `ghostpoint analyse` has them. */
const [startsPerRun, startNoise, seed] = [10, 0.1, 0] as const
/** Trajectories in a map, and how long each is, in time constants. */
const [pathCount, pathLength] = [5, 60] as const
/** Seconds that searches should take, and what one takes at 200 dimensions; it grows with their cube. */
const [wanted, searchSeconds] = [15, 1.1] as const
const startCount = { least: 4, most: 200 } as const

/** An array of a file as it is listed. */
export type ListedArray = Pick<StoredArray, 'name' | 'shape' | 'type'>

/** A network as it is analysed. */
export interface OwnNetwork {
  readonly found: FoundNetwork
  /** Without input. */
  readonly weights: NetworkWeights
  readonly coordinates: 'state' | 'latent'
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
  const { recurrent, bias, neurons, leak } = found
  if (neurons > mostNeurons) {
    const problem = `has ${neurons} neurons, and this page searches networks of at most ${mostNeurons}`
    throw new InputError(file, problem, 'a smaller network, or ghostpoint analyse on the command line')
  }
  const latent = recurrent.left !== undefined && recurrent.left.length < neurons ** 2
  return {
    found,
    weights: { recurrent, constant: bias, leak },
    coordinates: latent ? 'latent' : 'state',
    dimension: latent ? recurrent.left!.length / neurons : neurons,
  }
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
  const starts = startsOf(network, count)
  const { points, rejected } = findSlowPoints(flow, starts, {
    onProgress: share => onSearched(Math.round(share * count)),
  })
  const reasons = new Map<string, number>()
  for (const { reason } of rejected) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  return {
    points,
    readOuts: points.map(({ position }) => readOutAt(network, position)),
    rejected: [...reasons],
    ...mapOf(flow, points, starts),
  }
}

/** The flow in the coordinates of the analysis. */
export function flowOf({ weights, coordinates }: OwnNetwork): Flow {
  return coordinates === 'latent' ? latentNetworkFlow(weights) : stateFlow(weights)
}

/** Where searches start, in the coordinates of the analysis. */
export function startsOf({ weights, coordinates, found }: OwnNetwork, count: number): Float64Array[] {
  const visited = ownVisits(weights, found.initialState, { runs: Math.ceil(count / startsPerRun), seed })
  const states = drawStarts(visited, { count, noise: startNoise, seed })
  return coordinates === 'latent' ? states.map(state => latentOf(weights.recurrent, state)) : states
}

function readOutAt({ found, weights, coordinates }: OwnNetwork, position: Float64Array): number[] {
  const { readOut, recurrent } = found
  if (readOut === undefined) return []
  const state = coordinates === 'latent' ? stateOf(weights, position) : position
  const seen = readOut.sees === 'latent variables' ? latentOf(recurrent, state) : state
  return Array.from(readOut.bias, (bias, output) =>
    seen.reduce((sum, value, i) => sum + value * readOut.weights[output * seen.length + i]!, bias),
  )
}

function mapOf(
  flow: Flow,
  points: readonly SlowPoint[],
  starts: readonly Float64Array[],
): Pick<OwnAnalysis, 'map' | 'shares' | 'noMap'> {
  const paths: Path[] = starts.slice(0, pathCount).map(start => ({ states: pathFrom(flow, start) }))
  try {
    if (flow.dimension <= 2) {
      return { map: flowMap(flow, { slowPoints: points, paths }), shares: undefined, noMap: undefined }
    }
    const section = principalComponents(
      paths.flatMap(({ states }) => states),
      2,
    )
    const map = flowMap(flow, { section, slowPoints: points, paths })
    return { map, shares: [...section.shares], noMap: undefined }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return { map: undefined, shares: undefined, noMap: error.message }
  }
}

/** Where a network goes from a state when it is left to itself. */
function pathFrom(flow: Flow, start: Float64Array): Float64Array[] {
  const { step = 1 } = flow
  const states = [start]
  for (let time = 0; time < pathLength; time += step) {
    states.push(plusScaled(states.at(-1)!, flow.velocity(states.at(-1)!), step))
  }
  return states
}
