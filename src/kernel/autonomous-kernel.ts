import type { AutonomousModel } from '../models/autonomous.js'
import { initialState } from '../models/rank-one.js'
import type { Task } from '../tasks/task.js'
import type { NetworkKernel } from './network-kernel.js'
import { recurrentKernel } from './recurrent-kernel.js'

/**
 * An autonomous network of any rank in an instance of its own. Parameters in the order of `autonomousLayout`.
 *
 * @throws RangeError if the task has an input or several trials
 * @throws InputError if it needs more memory than WebAssembly can address
 */
export async function autonomousKernel(shape: AutonomousModel, task: Task): Promise<NetworkKernel> {
  const { inputs, trials } = task
  if (inputs !== undefined) throw new RangeError('autonomous kernel: no input, the task has one')
  if (trials !== 1) throw new RangeError(`autonomous kernel: one trial only, the task has ${trials}`)
  const chance = { initialNoise: 0, noise: 0, seed: 0 }
  const network = { shape, name: 'autonomous', driven: false, initialState, ...chance }
  return recurrentKernel(network, task, ({ recurrent, latent, bias, readOut, readOutBias }) => [
    latent,
    recurrent,
    bias,
    readOut,
    readOutBias,
  ])
}
