import { initialState, type RankOneModel, readoutThreshold } from '../models/rank-one.js'
import type { Task } from '../tasks/task.js'
import { KernelInstance } from './kernel-module.js'
import { kernelViews } from './kernel-views.js'
import { epochsPerCall, type NetworkKernel } from './network-kernel.js'
import { StoredParameters } from './stored-parameters.js'

/**
 * The rank-one network in an instance of its own; see assembly/rank-one.ts. Parameters are m, n and b, and c
 * if it is trained.
 *
 * @throws RangeError if the task has several trials, an input, or an output other than the sigmoid
 * @throws InputError if it needs more memory than WebAssembly can address
 */
export async function rankOneKernel(model: RankOneModel, task: Task): Promise<NetworkKernel> {
  const { neurons, leak, trainConfidence } = model
  const { steps } = task
  refuseUnfit(task)
  const epochsAtOnce = epochsPerCall(neurons * steps)
  const instance = await KernelInstance.create()
  const bytes = instance.method('rankOneLayOut')(neurons, steps, epochsAtOnce)
  instance.provide(bytes, `rank-one kernel with ${neurons} neurons and ${steps} steps`)

  instance.floats('rankOneInitialState', neurons).fill(initialState)
  instance.doubles('rankOneTargets', steps).set(task.targets)
  instance.doubles('rankOneWeights', steps).set(task.weights)
  const width = instance.value('rankOneNeurons')
  const parameters = new StoredParameters([
    { rows: 3, columns: neurons, start: 0, rowStep: width, columnStep: 1 },
    { rows: 1, columns: trainConfidence ? 1 : 0, start: 3 * width, rowStep: 0, columnStep: 1 },
  ])
  const train = instance.method('rankOneTrain')
  return kernelViews(instance, {
    prefix: 'rankOne',
    parameters,
    epochsAtOnce,
    outputs: steps,
    train: (epochs, { optimizer, rate, updatesBefore, confidence }) => {
      const updates = optimizer === 'adam' ? updatesBefore : -1
      return train(epochs, rate, updates, leak, trainConfidence ? 0 : confidence, readoutThreshold)
    },
  })
}

function refuseUnfit({ trials, inputs, outputFunction }: Task): void {
  if (trials !== 1) throw new RangeError(`rank-one kernel: one trial only, the task has ${trials}`)
  if (inputs !== undefined) throw new RangeError('rank-one kernel: no input, the task has one')
  if (outputFunction === 'sigmoid') return
  throw new RangeError(`rank-one kernel: output sigmoid only, the task wants ${outputFunction}`)
}
