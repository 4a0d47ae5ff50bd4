import { euclideanNorm } from '../numerics/linear-algebra.js'
import type { Flow } from './flow.js'

/** Most norms that a median is taken of. */
const most = 1000

/** The typical ‖x‖ of states, their median; 1 if that is 0 or there are none. What is small is small against it. */
export function typicalSize(states: readonly Float64Array[]): number {
  const stride = Math.max(1, Math.floor(states.length / most))
  const norms = states.filter((_, i) => i % stride === 0).map(euclideanNorm)
  norms.sort((a, b) => a - b)
  const median = norms[Math.floor(norms.length / 2)] ?? 0
  return median > 0 && Number.isFinite(median) ? median : 1
}

/** A flow with its differences taken on the scale of the coordinates of some states. */
export function onScaleOf(flow: Flow, states: readonly Float64Array[]): Flow {
  return flow.atScale?.(typicalSize(states) / Math.sqrt(flow.dimension)) ?? flow
}
