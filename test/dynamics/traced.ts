import { expect } from 'vitest'
import type { Flow } from '../../src/dynamics/flow.js'
import { type IntegrateOptions, integrate } from '../../src/dynamics/integrate.js'
import { type GhostTrace, type TraceOptions, traceGhosts } from '../../src/dynamics/trace-ghosts.js'

/** What is traced along the trajectory from a start. */
export function traced(
  flow: Flow,
  start: readonly number[],
  options: IntegrateOptions,
  traceOptions?: TraceOptions,
): GhostTrace {
  return traceGhosts(flow, integrate(flow, start, options), traceOptions)
}

/** Why the other minima of the speed are none. */
export const reasons = ({ rejected }: GhostTrace) => rejected.map(({ reason }) => reason)

/** The one ghost of a trace. */
export function only({ ghosts }: GhostTrace) {
  expect(ghosts.length).toBe(1)
  return ghosts[0]!
}
