import { parentPort, workerData } from 'node:worker_threads'
import { type MinimiseOptions, type MinimumSearch, minimiseSpeed } from '../../dynamics/minimise-speed.js'
import { type SlowPointSearch, slowPointsOf } from '../../dynamics/slow-points.js'
import { type GhostTrace, traceGhosts } from '../../dynamics/trace-ghosts.js'
import { type AnalysedNetwork, flowOf } from './analysed-network.js'

/** What a worker is started with. */
export interface SearchWorkerData {
  readonly network: AnalysedNetwork
  /** `[starts][d]`, in the flow's coordinates. */
  readonly starts: readonly Float64Array[]
  readonly limits: MinimiseOptions
  /** Trials to trace, `[trials][steps][d]`. */
  readonly trials: readonly (readonly Float64Array[])[]
}

/** Searches to run from some of the starts, the description of all that was found, or a trial to trace. */
export type SearchOrder =
  | { readonly searchFrom: number; readonly searchTo: number }
  | { readonly describe: readonly (MinimumSearch | undefined)[] }
  | { readonly trace: number }

/** What a worker answers: what came of an order, piece by piece, and that it is carried out. */
export type SearchAnswer =
  | { readonly start: number; readonly search: MinimumSearch }
  | { readonly described: SlowPointSearch }
  | { readonly trial: number; readonly trace: GhostTrace }
  | 'done'

// What the pool in search-pool.ts gives it.
const { network, starts, limits, trials } = workerData as SearchWorkerData
const flow = flowOf(network)
const answer = (message: SearchAnswer) => parentPort?.postMessage(message)

parentPort?.on('message', (order: SearchOrder) => {
  if ('describe' in order) answer({ described: described(order.describe) })
  else if ('trace' in order) answer({ trial: order.trace, trace: traced(trials[order.trace]!) })
  else {
    for (let start = order.searchFrom; start < order.searchTo; start++) {
      answer({ start, search: minimiseSpeed(flow, starts[start]!, limits) })
    }
  }
  answer('done')
})

/** The ghosts along a trial, of which each step takes the leak of time constants. */
function traced(states: readonly Float64Array[]): GhostTrace {
  const times = Float64Array.from(states, (_, step) => step * network.weights.leak)
  return traceGhosts(flow, { times, states })
}

/** The slow points of the searches that have ended; starts that were not reached are left out. */
function described(searches: readonly (MinimumSearch | undefined)[]): SlowPointSearch {
  const reached = [...starts.keys()].filter(start => searches[start] !== undefined)
  const { points, rejected } = slowPointsOf(
    flow,
    reached.map(start => starts[start]!),
    reached.map(start => searches[start]!),
  )
  return { points, rejected: rejected.map(search => ({ ...search, start: reached[search.start]! })) }
}
