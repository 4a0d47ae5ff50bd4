import type { NetworkShape } from '../models/recurrence.js'
import type { Task } from '../tasks/task.js'
import { KernelInstance } from './kernel-module.js'
import { kernelViews } from './kernel-views.js'
import { epochsPerCall, type NetworkKernel } from './network-kernel.js'
import { type StoredArray, StoredParameters } from './stored-parameters.js'

/** What tells the networks apart that assembly/recurrent.ts trains. */
export interface RecurrentNetwork {
  readonly shape: NetworkShape
  /** Name of the network, for messages. */
  readonly name: string
  /** Whether the task's input drives the network. */
  readonly driven: boolean
  /** State of every neuron before the first step, unless `initialNoise` is given. */
  readonly initialState: number
  /** σ_r of the initial state tanh(σ_r·N(0, 1)); 0 for none. */
  readonly initialNoise: number
  /** σ of the noise in every step; 0 for none. */
  readonly noise: number
  /** Selects initial states and noise. */
  readonly seed: number
}

/** Where each array of such a network is stored. */
export interface RecurrentArrays {
  /** N × N, or of rank K the latent variables' output weights K × N. */
  readonly recurrent: StoredArray
  /** What the latent variables read, N × K; empty of full rank. */
  readonly latent: StoredArray
  /** Empty of an autonomous network. */
  readonly inputWeights: StoredArray
  readonly bias: StoredArray
  readonly readOut: StoredArray
  readonly readOutBias: StoredArray
}

/**
 * An autonomous or driven network in an instance of its own; see assembly/recurrent.ts.
 *
 * @param order the stored arrays in the order of the flat parameter vector
 * @throws InputError if it needs more memory than WebAssembly can address
 */
export async function recurrentKernel(
  network: RecurrentNetwork,
  task: Task,
  order: (arrays: RecurrentArrays) => readonly StoredArray[],
): Promise<NetworkKernel> {
  const { steps, trials } = task
  const epochsAtOnce = epochsPerCall(costOfEpoch(network.shape, trials * steps))
  const instance = await KernelInstance.create()
  layOut(instance, network, task, epochsAtOnce)
  instance.doubles('recurrentTargets', trials * steps).set(task.targets)
  instance.doubles('recurrentWeights', trials * steps).set(task.weights)
  if (task.inputs) instance.floats('recurrentInputs', trials * steps).set(task.inputs)

  const train = instance.method('recurrentTrain')
  return kernelViews(instance, {
    prefix: 'recurrent',
    parameters: new StoredParameters(order(storedArrays(instance, network))),
    epochsAtOnce,
    outputs: trials * steps,
    train: (epochs, { optimizer, rate, updatesBefore, firstEpoch, readOutNorm }) =>
      train(epochs, rate, optimizer === 'adam' ? updatesBefore : -1, firstEpoch, readOutNorm ?? 0),
  })
}

/** In neuron updates: each of the rank's 6 multiply-adds costs a thirtieth of an update and its derivative. */
function costOfEpoch({ neurons, rank }: NetworkShape, samples: number): number {
  return neurons * samples * (1 + 0.2 * (rank === 'full' ? neurons : rank))
}

function layOut(instance: KernelInstance, network: RecurrentNetwork, task: Task, epochs: number): void {
  const { shape, name, driven, initialState, initialNoise, noise, seed } = network
  const { steps, trials } = task
  const { neurons, rank, leak } = shape
  const bytes = instance.method('recurrentLayOut')(
    neurons,
    rank === 'full' ? 0 : rank,
    driven ? 1 : 0,
    driven ? 0 : 1,
    trials,
    steps,
    epochs,
  )
  instance.provide(bytes, `${name} kernel with ${neurons} neurons, ${trials} trials and ${steps} steps`)
  const tanhOutput = task.outputFunction === 'tanh' ? 1 : 0
  const high = Math.floor(seed / 2 ** 32)
  instance.method('recurrentSetUp')(leak, tanhOutput, initialState, initialNoise, noise, seed, high)
}

function storedArrays(instance: KernelInstance, { shape, driven }: RecurrentNetwork): RecurrentArrays {
  const { neurons, rank } = shape
  const width = instance.value('recurrentWidth')
  const latents = rank === 'full' ? neurons : rank
  const inputs = driven ? 1 : 0
  const inputRows = latents + inputs + 1
  // A read-out of the neurons is a latent variable of its own, before the others.
  const readOutRow = rank !== 'full' && !driven
  const latentRows = rank === 'full' ? 0 : rank + (readOutRow ? 1 : 0)
  const row = (index: number, length: number): StoredArray => ({
    rows: 1,
    columns: length,
    start: index * width,
    rowStep: 0,
    columnStep: 1,
  })
  const firstLatent = inputRows + (readOutRow ? 1 : 0)
  const last = (inputRows + latentRows) * width
  return {
    recurrent: { rows: latents, columns: neurons, start: 0, rowStep: width, columnStep: 1 },
    latent: {
      rows: neurons,
      columns: rank === 'full' ? 0 : rank,
      start: firstLatent * width,
      rowStep: 1,
      columnStep: width,
    },
    inputWeights: row(latents, driven ? neurons : 0),
    bias: row(latents + inputs, neurons),
    readOut: readOutRow
      ? row(inputRows, neurons)
      : { rows: 1, columns: latents, start: last, rowStep: 0, columnStep: 1 },
    readOutBias: {
      rows: 1,
      columns: 1,
      start: last + (readOutRow ? 1 : 0) + latents + inputs,
      rowStep: 0,
      columnStep: 1,
    },
  }
}
