import type { Moments, NetworkKernel, TrainingCall } from '../kernel/network-kernel.js'
import { type ParameterShape, viewsOf } from '../models/parameters.js'
import type { Task } from '../tasks/task.js'
import { kernelTrainer, type TrainingStart } from './kernel-trainer.js'
import type { Objective } from './objective.js'
import { adamUpdate, sgdUpdate, zeroMoments } from './optimizer.js'
import { norm, type Trainer } from './trainer.js'

export interface ReferenceTrainerOptions extends TrainingStart {
  /** The objective at a confidence; a network without one returns the same for all. */
  readonly objectiveAt: (confidence: number) => Objective
  readonly layout: readonly ParameterShape[]
  readonly task: Task
  /** c of a rank-one network; without effect where it is a parameter. */
  readonly confidence?: number | undefined
}

/** Training in float64 on any objective. */
export function referenceTrainer({ objectiveAt, ...options }: ReferenceTrainerOptions): Trainer {
  return kernelTrainer({ ...options, kernel: referenceKernel(objectiveAt, options.layout) })
}

/** A float64 objective in the shape of a kernel that trains one epoch a call. */
export function referenceKernel(
  objectiveAt: (confidence: number) => Objective,
  layout: readonly ParameterShape[],
): NetworkKernel {
  let confidence = 1
  let objective = objectiveAt(confidence)
  const { size } = objective
  const parameters = new Float64Array(size)
  const gradient = new Float64Array(size)
  const { mean, square } = zeroMoments(size)
  const loss = new Float64Array(1)
  const gradientNorm = new Float64Array(1)
  const outputs = [objective.outputs]

  function train(epochs: number, call: TrainingCall): number {
    if (epochs === 0) return 0
    if (call.confidence !== confidence) {
      confidence = call.confidence
      objective = objectiveAt(confidence)
      outputs[0] = objective.outputs
    }
    if (call.readOutNorm !== undefined) rescaleReadOut(parameters, layout, call.readOutNorm)
    loss[0] = objective.evaluate(parameters, gradient, call.firstEpoch).loss
    gradientNorm[0] = norm(gradient)
    if (!Number.isFinite(loss[0]) || !Number.isFinite(gradientNorm[0])) return 0
    if (call.optimizer === 'sgd') sgdUpdate(parameters, gradient, call.rate)
    else adamUpdate(parameters, gradient, call.rate, { mean, square }, call.updatesBefore)
    return 1
  }

  return {
    size,
    epochsAtOnce: 1,
    loss,
    gradientNorm,
    outputs,
    train,
    readParameters: () => parameters.slice(),
    writeParameters: flat => parameters.set(flat),
    readGradient: () => gradient.slice(),
    readMoments: () => ({ mean: mean.slice(), square: square.slice() }),
    writeMoments(moments: Moments) {
      mean.set(moments.mean)
      square.set(moments.square)
    },
  }
}

/** Multiplies w_out and b_out by what makes ‖w_out‖₁ equal to `readOutNorm`. */
export function rescaleReadOut(
  parameters: Float64Array,
  layout: readonly ParameterShape[],
  readOutNorm: number,
): void {
  const views = viewsOf(layout, parameters)
  const arrays = ['w_out', 'b_out'].map(name => views[layout.findIndex(entry => entry.name === name)]!)
  const factor = readOutNorm / arrays[0]!.reduce((sum, weight) => sum + Math.abs(weight), 0)
  for (const array of arrays) for (let i = 0; i < array.length; i++) array[i] = array[i]! * factor
}
