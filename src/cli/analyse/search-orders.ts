import { type AnalysedNetwork, flowOf } from '../../analysis/analysed-network.js'
import type { Flow } from '../../dynamics/flow.js'
import { type MinimiseOptions, type MinimumSearch, minimiseSpeed } from '../../dynamics/minimise-speed.js'
import { type SlowPointSearch, slowPointsOf } from '../../dynamics/slow-points.js'
import { type GhostTrace, traceGhosts } from '../../dynamics/trace-ghosts.js'

/** What orders are carried out on. */
export interface SearchData {
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

/** What came of an order, piece by piece. */
export type SearchAnswer =
  | { readonly start: number; readonly search: MinimumSearch }
  | { readonly described: SlowPointSearch }
  | { readonly trial: number; readonly trace: GhostTrace }

/** Carries out an order, here or in a worker; `answer` gets each piece when it is there. */
export function carryOutOrder(
  data: SearchData,
  order: SearchOrder,
  answer: (piece: SearchAnswer) => void,
): void {
  const flow = flowOf(data.network)
  if ('describe' in order) answer({ described: described(flow, data.starts, order.describe) })
  else if ('trace' in order) answer({ trial: order.trace, trace: traced(flow, data, order.trace) })
  else {
    for (let start = order.searchFrom; start < order.searchTo; start++) {
      answer({ start, search: minimiseSpeed(flow, data.starts[start]!, data.limits) })
    }
  }
}

/** The ghosts along a trial, each step of which takes the leak of time constants. */
function traced(flow: Flow, { network, trials }: SearchData, trial: number): GhostTrace {
  const states = trials[trial]!
  const times = Float64Array.from(states, (_, step) => step * network.weights.leak)
  return traceGhosts(flow, { times, states })
}

/** The slow points of the searches that have ended; starts that were not reached are left out. */
function described(
  flow: Flow,
  starts: readonly Float64Array[],
  searches: readonly (MinimumSearch | undefined)[],
): SlowPointSearch {
  const reached = [...starts.keys()].filter(start => searches[start] !== undefined)
  const { points, rejected } = slowPointsOf(
    flow,
    reached.map(start => starts[start]!),
    reached.map(start => searches[start]!),
  )
  return { points, rejected: rejected.map(search => ({ ...search, start: reached[search.start]! })) }
}
