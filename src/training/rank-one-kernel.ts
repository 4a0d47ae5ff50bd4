import { rankOneKernel } from '../kernel/rank-one-kernel.js'
import { type RankOneModel, rankOneLayout } from '../models/rank-one.js'
import type { Task } from '../tasks/task.js'
import { kernelTrainer } from './kernel-trainer.js'
import type { Trainer } from './trainer.js'

export interface RankOneKernelTrainerOptions {
  readonly model: RankOneModel
  readonly task: Task
  /** c of the read-out σ(c(κ − 1)). */
  readonly confidence: number
  /** Learning rate. */
  readonly rate: number
  /** m, n and b, `[3 · neurons]`; copied and rounded to float32. */
  readonly initial: Float64Array
}

/**
 * The rank-one network trained in float32 by its WebAssembly kernel; `rankOneReference` is its float64 oracle.
 *
 * @throws RangeError if the shapes do not fit, or need more memory than WebAssembly can address
 * @throws Error if this host has no WebAssembly SIMD
 */
export async function rankOneKernelTrainer(options: RankOneKernelTrainerOptions): Promise<Trainer> {
  const { model, task, confidence, rate, initial } = options
  const kernel = await rankOneKernel(model, task, confidence)
  return kernelTrainer({ kernel, layout: rankOneLayout(model), task, initial, rate })
}
