import { parentPort, workerData } from 'node:worker_threads'
import { type MinimiseOptions, type MinimumSearch, minimiseSpeed } from '../../dynamics/minimise-speed.js'
import { type SlowPointSearch, slowPointsOf } from '../../dynamics/slow-points.js'
import { type AnalysedNetwork, flowOf } from './analysed-network.js'

/** What a worker is started with. */
export interface SearchWorkerData {
  readonly network: AnalysedNetwork
  /** `[starts][d]`, in the flow's coordinates. */
  readonly starts: readonly Float64Array[]
  readonly limits: MinimiseOptions
}

/** Searches to run from some of the starts, or the description of all that was found. */
export type SearchOrder =
  | { readonly searchFrom: number; readonly searchTo: number }
  | { readonly describe: readonly (MinimumSearch | undefined)[] }

/** What a worker answers: each search when it ends, and that an order is carried out. */
export type SearchAnswer =
  | { readonly start: number; readonly search: MinimumSearch }
  | { readonly done: SlowPointSearch | undefined }

// What the pool in search-pool.ts gives it.
const { network, starts, limits } = workerData as SearchWorkerData
const flow = flowOf(network)
const answer = (message: SearchAnswer) => parentPort?.postMessage(message)

parentPort?.on('message', (order: SearchOrder) => {
  if ('describe' in order) return answer({ done: described(order.describe) })
  for (let start = order.searchFrom; start < order.searchTo; start++) {
    answer({ start, search: minimiseSpeed(flow, starts[start]!, limits) })
  }
  answer({ done: undefined })
})

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
