import type { DrivenModel } from '../models/driven.js'
import { argumentError } from '../numerics/require-number.js'
import type { Task } from '../tasks/task.js'
import type { NetworkKernel } from './network-kernel.js'
import { recurrentKernel } from './recurrent-kernel.js'

/**
 * A network driven by a task's input, of any rank, in an instance of its own. Parameters in the order of
 * `drivenLayout`. Initial states and noise are those of `noiseSource` for the same seed, to float32.
 *
 * @param seed of initial states and noise
 * @throws RangeError if the task has no input, or `seed` is not a whole number from 0
 * @throws InputError if it needs more memory than WebAssembly can address
 */
export async function drivenKernel(model: DrivenModel, task: Task, seed: number): Promise<NetworkKernel> {
  if (task.inputs === undefined) throw new RangeError('driven kernel: the task has no input')
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw argumentError('driven kernel', 'seed', 'a whole number from 0', seed)
  }
  const { initialNoise, noise } = model
  const network = { shape: model, name: 'driven', driven: true, initialState: 0, initialNoise, noise, seed }
  return recurrentKernel(network, task, ({ inputWeights, bias, latent, recurrent, readOut, readOutBias }) => [
    inputWeights,
    bias,
    latent,
    recurrent,
    readOut,
    readOutBias,
  ])
}
