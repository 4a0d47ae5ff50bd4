import type { Flow } from '../dynamics/flow.js'
import {
  latentNetworkFlow,
  latentOf,
  type NetworkWeights,
  stateFlow,
  stateOf,
} from '../dynamics/network-flow.js'
import type { FoundNetwork } from '../models/found-network.js'

/** The coordinates in which a network is looked at. */
export type Coordinates = 'state' | 'latent'

/** A network as it is analysed: plain data, which workers take. */
export interface AnalysedNetwork {
  readonly weights: NetworkWeights
  readonly coordinates: Coordinates
}

/** A network under a constant input, at a leak; in latent coordinates where there are fewer than neurons. */
export function analysedNetwork(
  { recurrent, bias, inputWeights, neurons }: FoundNetwork,
  input: readonly number[],
  leak: number,
): AnalysedNetwork {
  const constant = bias.map((value, i) =>
    input.reduce((sum, u, k) => sum + u * inputWeights![k * neurons + i]!, value),
  )
  const latent = recurrent.left !== undefined && recurrent.left.length < neurons ** 2
  return { weights: { recurrent, constant, leak }, coordinates: latent ? 'latent' : 'state' }
}

/** The flow in the coordinates of the analysis. */
export function flowOf({ weights, coordinates }: AnalysedNetwork): Flow {
  return coordinates === 'latent' ? latentNetworkFlow(weights) : stateFlow(weights)
}

/** A state `[N]` in the coordinates of the analysis. */
export function coordinatesOf({ weights, coordinates }: AnalysedNetwork, state: Float64Array): Float64Array {
  return coordinates === 'latent' ? latentOf(weights.recurrent, state) : state
}

/** A position as a state `[N]`: of latent variables, the state to which the neurons relax. */
export function liftedState({ weights, coordinates }: AnalysedNetwork, position: Float64Array): Float64Array {
  return coordinates === 'latent' ? stateOf(weights, position) : position
}

/** The linear read-out at a position, `[outputs]`; undefined if there is none. */
export function readOutAt(
  { readOut, neurons, recurrent }: FoundNetwork,
  network: AnalysedNetwork,
  position: Float64Array,
): number[] | undefined {
  if (readOut === undefined) return undefined
  const state = liftedState(network, position)
  const seen =
    readOut.sees === 'latent variables' && recurrent.left !== undefined ? latentOf(recurrent, state) : state
  const width = readOut.sees === 'state' ? neurons : seen.length
  return Array.from(readOut.bias, (bias, output) =>
    seen.reduce((sum, value, i) => sum + value * readOut.weights[output * width + i]!, bias),
  )
}
