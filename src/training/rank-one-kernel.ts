import { rankOneKernel } from '../kernel/rank-one-kernel.js'
import { type RankOneModel, rankOneLayout } from '../models/rank-one.js'
import type { Task } from '../tasks/task.js'
import { kernelTrainer, type TrainingStart } from './kernel-trainer.js'
import type { Trainer } from './trainer.js'

export interface RankOneKernelTrainerOptions extends TrainingStart {
  readonly model: RankOneModel
  readonly task: Task
  /** c of the read-out σ(c(κ − 1)); where it is trained, its start is in `initial` and this is not used. */
  readonly confidence: number
}

/**
 * The rank-one network trained in float32 by its WebAssembly kernel; `rankOneReference` is its float64 oracle.
 *
 * @throws RangeError if the shapes do not fit
 * @throws InputError if they need more memory than WebAssembly can address
 * @throws Error if this host has no WebAssembly SIMD
 */
export async function rankOneKernelTrainer(options: RankOneKernelTrainerOptions): Promise<Trainer> {
  const { model, task, confidence, ...start } = options
  const kernel = await rankOneKernel(model, task)
  const layout = rankOneLayout(model)
  return kernelTrainer({
    kernel,
    layout,
    task,
    confidence: model.trainConfidence ? undefined : confidence,
    ...start,
  })
}
