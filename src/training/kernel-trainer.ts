import type { NetworkKernel } from '../kernel/network-kernel.js'
import { namedArrays, type ParameterShape } from '../models/parameters.js'
import type { Task } from '../tasks/task.js'
import { requireEpochs, type Snapshot, type Stretch, type Trainer } from './trainer.js'

export interface KernelTrainerOptions {
  /** Used by this trainer alone. */
  readonly kernel: NetworkKernel
  readonly layout: readonly ParameterShape[]
  /** Scores the outputs of every epoch. */
  readonly task: Task
  /** Flat initial parameters, `[kernel.size]`; copied and rounded to float32. */
  readonly initial: Float64Array
  readonly rate: number
}

/**
 * Plain gradient descent in float32 on any kernel. The kernel trains some epochs a call and leaves their
 * outputs behind, which the task then scores: no kernel knows any task.
 *
 * @throws RangeError if `initial` does not fit the network
 */
export function kernelTrainer({ kernel, layout, task, initial, rate }: KernelTrainerOptions): Trainer {
  let epoch = 0
  let divergedAt: number | undefined
  kernel.writeParameters(initial)

  function advance(epochs: number): Stretch {
    requireEpochs(epochs)
    const firstEpoch = epoch
    const wanted = divergedAt === undefined ? epochs : 0
    const loss = new Float64Array(wanted)
    const gradientNorm = new Float64Array(wanted)
    const accuracy = new Float64Array(wanted)
    let done = 0
    while (done < wanted && divergedAt === undefined) {
      const asked = Math.min(kernel.epochsAtOnce, wanted - done)
      const trained = kernel.train(asked, rate)
      loss.set(kernel.loss.subarray(0, trained), done)
      gradientNorm.set(kernel.gradientNorm.subarray(0, trained), done)
      for (let i = 0; i < trained; i++) accuracy[done + i] = task.accuracy(kernel.outputs[i]!)
      done += trained
      epoch += trained
      if (trained < asked) divergedAt = epoch
    }
    return {
      firstEpoch,
      loss: loss.subarray(0, done),
      gradientNorm: gradientNorm.subarray(0, done),
      accuracy: accuracy.subarray(0, done),
    }
  }

  return {
    get epoch() {
      return epoch
    },
    get divergedAt() {
      return divergedAt
    },
    get parameters() {
      return namedArrays(layout, kernel.readParameters())
    },
    advance,
    snapshot: () => ({ epoch, parameters: kernel.readParameters(), divergedAt }),
    restore(snapshot: Snapshot) {
      kernel.writeParameters(snapshot.parameters)
      epoch = snapshot.epoch
      divergedAt = snapshot.divergedAt
    },
  }
}
