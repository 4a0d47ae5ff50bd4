import { initialState, type RankOneModel, readoutThreshold } from '../models/rank-one.js'
import type { Task } from '../tasks/task.js'
import { KernelInstance } from './kernel-module.js'
import { epochsPerCall, type NetworkKernel, PaddedRows } from './network-kernel.js'

/**
 * The rank-one network in an instance of its own; see assembly/rank-one.ts. Parameters are m, n and b.
 *
 * @param confidence c of the read-out σ(c(κ − 1))
 * @throws RangeError if the task has several trials, or needs more memory than WebAssembly can address
 */
export async function rankOneKernel(
  { neurons, leak }: RankOneModel,
  task: Task,
  confidence: number,
): Promise<NetworkKernel> {
  const { steps, trials } = task
  if (trials !== 1) throw new RangeError(`rank-one kernel: one trial only, the task has ${trials}`)
  const epochsAtOnce = epochsPerCall(neurons * steps)
  const instance = await KernelInstance.create()
  const bytes = instance.method('rankOneLayOut')(neurons, steps, epochsAtOnce)
  instance.provide(bytes, `rank-one kernel with ${neurons} neurons and ${steps} steps`)

  instance.floats('rankOneInitialState', neurons).fill(initialState)
  instance.doubles('rankOneTargets', steps).set(task.targets)
  instance.doubles('rankOneWeights', steps).set(task.weights)
  const stored = 3 * instance.value('rankOneNeurons')
  const parameters = new PaddedRows(instance.floats('rankOneParameters', stored), 3, neurons)
  const gradient = new PaddedRows(instance.floats('rankOneGradient', stored), 3, neurons)
  const outputs = instance.doubles('rankOneOutputs', epochsAtOnce * steps)
  const train = instance.method('rankOneTrain')
  return {
    size: 3 * neurons,
    epochsAtOnce,
    loss: instance.doubles('rankOneLoss', epochsAtOnce),
    gradientNorm: instance.doubles('rankOneGradientNorm', epochsAtOnce),
    outputs: Array.from({ length: epochsAtOnce }, (_, epoch) =>
      outputs.subarray(epoch * steps, (epoch + 1) * steps),
    ),
    train: (epochs, rate) => train(epochs, rate, leak, confidence, readoutThreshold),
    readParameters: () => parameters.read(),
    writeParameters: flat => parameters.write(flat),
    readGradient: () => gradient.read(),
  }
}
