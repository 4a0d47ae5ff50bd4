import { drivenKernel } from '../kernel/driven-kernel.js'
import { type DrivenModel, drivenLayout } from '../models/driven.js'
import type { Task } from '../tasks/task.js'
import { kernelTrainer, type TrainingStart } from './kernel-trainer.js'
import type { Trainer } from './trainer.js'

export interface DrivenKernelTrainerOptions extends TrainingStart {
  readonly model: DrivenModel
  readonly task: Task
  /** Selects initial states and noise. */
  readonly seed: number
}

/**
 * A driven network trained in float32 by its WebAssembly kernel; `drivenReference` is its float64 oracle.
 *
 * @throws RangeError if the shapes do not fit
 * @throws InputError if they need more memory than WebAssembly can address
 * @throws Error if this host has no WebAssembly SIMD
 */
export async function drivenKernelTrainer({
  model,
  task,
  seed,
  ...start
}: DrivenKernelTrainerOptions): Promise<Trainer> {
  const kernel = await drivenKernel(model, task, seed)
  return kernelTrainer({ kernel, layout: drivenLayout(model), task, ...start })
}
