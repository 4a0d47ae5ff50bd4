import { autonomousKernelTrainer } from '../../dist/training/autonomous-kernel.js'
import { drivenKernelTrainer } from '../../dist/training/driven-kernel.js'
import { rankOneKernelTrainer } from '../../dist/training/rank-one-kernel.js'
import { confidence, initialParameters, rate, seed } from '../jobs.mjs'

/** The library's own trainer on the float32 kernels, by default at the job's initial parameters. */
export async function kernelTrainerOf({ kind, model, task, ...job }, initial) {
  const start = {
    model,
    task,
    initial: initial ?? initialParameters({ model, ...job }),
    optimizer: { kind: 'sgd', rate },
  }
  if (kind === 'rank-one') return rankOneKernelTrainer({ ...start, confidence })
  return kind === 'autonomous' ? autonomousKernelTrainer(start) : drivenKernelTrainer({ ...start, seed })
}

export async function kernel(job, epochs) {
  const trainer = await kernelTrainerOf(job)
  const { loss, gradientNorm } = trainer.advance(1)
  return {
    name: 'kernel',
    loss: loss[0],
    norm: gradientNorm[0],
    time: timer(trainer, epochs),
    close: () => {},
  }
}

/**
 * Microseconds of processor time per epoch of a stretch of epochs: of the whole process, V8's own work included,
 * and nothing of what other programs take.
 */
export function timer(trainer, epochs) {
  return async () => {
    const start = process.cpuUsage()
    trainer.advance(epochs)
    const { user, system } = process.cpuUsage(start)
    if (trainer.divergedAt !== undefined) throw new Error('the training diverged while it was timed')
    return (user + system) / epochs
  }
}
