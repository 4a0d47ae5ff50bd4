import type { Flow } from '../dynamics/flow.js'
import { type FlowMap, flowMap } from '../dynamics/flow-map.js'
import type { SlowPoint } from '../dynamics/slow-point.js'
import { plusScaled } from '../numerics/linear-algebra.js'
import { principalComponents } from '../numerics/principal-components.js'

/** How long a path is if the network is left to itself, in time constants. */
const pathLength = 60

/** Where a network goes from a state when it is left to itself. */
export function freePath(flow: Flow, start: Float64Array): Float64Array[] {
  const { step = 1 } = flow
  const states = [start]
  for (let time = 0; time < pathLength; time += step) {
    states.push(plusScaled(states.at(-1)!, flow.velocity(states.at(-1)!), step))
  }
  return states
}

/** The flow of a network on one or two coordinates. */
export interface NetworkMap {
  readonly map: FlowMap
  /** Shares of the variance, where the coordinates are components; undefined where they are the flow's own. */
  readonly shares: readonly number[] | undefined
}

/**
 * Maps a flow: of one or two dimensions as it is, of more on the first two principal components of the paths.
 * @param paths in the coordinates of the analysis, `[paths][steps]`
 * @throws RangeError if there is nothing that a map could show, e.g. paths that do not move
 */
export function mapNetwork(
  flow: Flow,
  slowPoints: readonly SlowPoint[],
  paths: readonly (readonly Float64Array[])[],
): NetworkMap {
  const shown = { slowPoints, paths: paths.map(states => ({ states })) }
  if (flow.dimension <= 2) return { map: flowMap(flow, shown), shares: undefined }
  const section = principalComponents(paths.flat(), 2)
  return { map: flowMap(flow, { section, ...shown }), shares: [...section.shares] }
}
