import { addVectorMatrix } from '../numerics/matrix.js'
import { TorchGenerator } from '../numerics/torch-generator.js'
import { latentOf, type NetworkWeights } from './network-flow.js'

/** Where a search for slow points starts: states that the network visits, each moved by noise. */

/** For how many time constants runs of a network's own go on. */
const runLength = 100
/** Multiplications that all runs may take together. */
const work = 1e9

/**
 * States `[N]` of a network's own runs: from its initial state, and from states drawn evenly from [−1, 1]; of each
 * those at steps 0, 1, 2, 4, 8 … up to 100 time constants. Networks too large for all the runs get fewer.
 *
 * @param initialState of every neuron, in the first run
 * @param runs how many, from 1
 */
export function ownVisits(
  weights: NetworkWeights,
  initialState: number,
  { runs, seed }: { readonly runs: number; readonly seed: number },
): Float64Array[] {
  const neurons = weights.constant.length
  const steps = Math.ceil(runLength / weights.leak)
  const affordable = Math.max(2, Math.floor(work / (steps * weights.recurrent.right.length)))
  const generator = new TorchGenerator(seed)
  const visited: Float64Array[] = []
  for (let run = 0; run < Math.min(runs, affordable); run++) {
    let state = run === 0 ? new Float64Array(neurons).fill(initialState) : generator.uniform64(neurons, -1, 1)
    for (let step = 0, kept = 0; step <= steps; step++) {
      if (step === kept) {
        visited.push(state)
        kept = Math.max(1, 2 * kept)
      }
      state = nextState(weights, state)
    }
  }
  return visited
}

/** x ← (1 − α)x + α·tanh(x·left·right + c). */
function nextState({ recurrent, constant, leak }: NetworkWeights, state: Float64Array): Float64Array {
  const drive = constant.slice()
  addVectorMatrix(drive, latentOf(recurrent, state), recurrent.right)
  return state.map((value, i) => value + leak * (Math.tanh(drive[i]!) - value))
}

/**
 * Starts of searches: states drawn from those visited, each as likely, moved by normal noise in every neuron.
 * @param visited at least one, each `[N]`
 * @param noise its standard deviation, from 0
 */
export function drawStarts(
  visited: readonly Float64Array[],
  { count, noise, seed }: { readonly count: number; readonly noise: number; readonly seed: number },
): Float64Array[] {
  const generator = new TorchGenerator(seed)
  return Array.from({ length: count }, () => {
    const [share] = generator.uniform64(1)
    const state = visited[Math.min(visited.length - 1, Math.floor(share! * visited.length))]!
    const moved = generator.normal64(state.length, 0, noise)
    return moved.map((value, i) => value + state[i]!)
  })
}
