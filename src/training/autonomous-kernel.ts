import { autonomousKernel } from '../kernel/autonomous-kernel.js'
import { type AutonomousModel, autonomousLayout } from '../models/autonomous.js'
import type { Task } from '../tasks/task.js'
import { kernelTrainer, type TrainingStart } from './kernel-trainer.js'
import type { Trainer } from './trainer.js'

export interface AutonomousKernelTrainerOptions extends TrainingStart {
  readonly model: AutonomousModel
  readonly task: Task
}

/**
 * An autonomous network trained in float32 by its WebAssembly kernel; `autonomousReference` is its float64 oracle.
 *
 * @throws RangeError if the shapes do not fit
 * @throws InputError if they need more memory than WebAssembly can address
 * @throws Error if this host has no WebAssembly SIMD
 */
export async function autonomousKernelTrainer({
  model,
  task,
  ...start
}: AutonomousKernelTrainerOptions): Promise<Trainer> {
  const kernel = await autonomousKernel(model, task)
  return kernelTrainer({ kernel, layout: autonomousLayout(model), task, ...start })
}
