import { type AnalysedNetwork, analysedNetwork } from '../../analysis/analysed-network.js'
import { type StartOptions, startsOf } from '../../analysis/starts.js'
import { type ArrayFileType, arrayFileTypes, readArrays } from '../../files/read-arrays.js'
import type { FoundNetwork } from '../../models/found-network.js'
import { NamedArrays } from '../../models/named-arrays.js'
import { type NetworkNames, recogniseNetwork } from '../../models/recognise-network.js'
import { readTrajectories, type Trajectories } from '../../models/trajectories.js'
import { InputError } from '../../settings/input-error.js'

/** What `ghostpoint analyse` is asked: flags that say which network, and where to search. */
export interface QuestionFlags extends NetworkNames, StartOptions {
  readonly leak?: number
  readonly input?: readonly number[]
  readonly trajectories?: string
  readonly states?: string
}

/** A question ready to be answered. */
export interface Question {
  readonly file: string
  readonly found: FoundNetwork
  readonly network: AnalysedNetwork
  /** Constant input; undefined if the network takes none. */
  readonly input: readonly number[] | undefined
  readonly visited: { readonly file: string; readonly trajectories: Trajectories } | undefined
  /** Where searches start, in the coordinates of the analysis. */
  readonly starts: readonly Float64Array[]
}

const networkFiles: readonly ArrayFileType[] = arrayFileTypes.filter(type => type !== '.npy')

/** Reads the network and the trajectories, and draws the starts. @throws InputError */
export function readQuestion(file: string, flags: QuestionFlags): Question {
  requireWeights(flags)
  const arrays = readArrays(file, networkFiles)
  const found = recogniseNetwork(file, arrays, flags)
  const input = inputOf(file, found, flags.input)
  const network = analysedNetwork(found, input ?? [], flags.leak ?? found.leak)
  const visited = visitedStates(file, new NamedArrays(file, arrays), found.neurons, flags)
  const starts = startsOf(network, found, flags, visited?.trajectories.trials.flat())
  return { file, found, network, input, visited, starts }
}

/** Names of other arrays mean nothing where the names in the file decide. */
function requireWeights({ weights, bias, inputWeights, readOut, transpose }: QuestionFlags): void {
  if (weights !== undefined) return
  const flags = {
    '--bias': bias,
    '--input-weights': inputWeights,
    '--read-out': readOut,
    '--transpose': transpose,
  }
  const given = Object.entries(flags).find(([, value]) => value !== undefined)
  if (given !== undefined) throw new InputError(given[0], 'given without --weights', 'both, or neither')
}

/** The constant input: as many numbers as the network takes, zeros unless given. */
function inputOf(
  file: string,
  { inputWeights, neurons }: FoundNetwork,
  given: readonly number[] | undefined,
): readonly number[] | undefined {
  const wanted = (inputWeights?.length ?? 0) / neurons
  if (wanted === 0 && given !== undefined) {
    throw new InputError('--input', `${file} has no input weights`, 'a network with input weights')
  }
  if (given !== undefined && given.length !== wanted) {
    const numbers = `${wanted} number${wanted === 1 ? '' : 's'}, separated by commas`
    throw new InputError('--input', `got ${given.length} numbers`, numbers)
  }
  return wanted === 0 ? undefined : (given ?? Array.from({ length: wanted }, () => 0))
}

function visitedStates(
  file: string,
  own: NamedArrays,
  neurons: number,
  { trajectories, states }: QuestionFlags,
): Question['visited'] {
  if (trajectories === undefined && states === undefined) return undefined
  const from = trajectories ?? file
  const arrays = trajectories === undefined ? own : new NamedArrays(from, readArrays(from))
  return { file: from, trajectories: readTrajectories(arrays, neurons, states) }
}
