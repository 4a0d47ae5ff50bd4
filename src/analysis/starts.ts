import { drawStarts, ownVisits } from '../dynamics/visited-states.js'
import type { FoundNetwork } from '../models/found-network.js'
import { type AnalysedNetwork, coordinatesOf } from './analysed-network.js'

/** How searches start. */
export interface StartOptions {
  /** How many searches. */
  readonly starts: number
  /** Spread of the noise that moves each start, in every neuron. */
  readonly noise: number
  /** Of noise and own runs. */
  readonly seed: number
}

/** What an analysis takes unless told otherwise. */
export const usualStarts: StartOptions = { starts: 500, noise: 0.1, seed: 0 }

/** One of the network's own runs for so many starts. */
const startsPerRun = 10

/**
 * Where searches start, `[starts]`, in the coordinates of the analysis: visited states, moved by noise.
 * @param visited states `[N]`; those of the network's own runs unless given
 */
export function startsOf(
  network: AnalysedNetwork,
  { initialState }: Pick<FoundNetwork, 'initialState'>,
  { starts: count, noise, seed }: StartOptions,
  visited?: readonly Float64Array[],
): Float64Array[] {
  const states =
    visited ?? ownVisits(network.weights, initialState, { runs: Math.ceil(count / startsPerRun), seed })
  return drawStarts(states, { count, noise, seed }).map(state => coordinatesOf(network, state))
}
