import type { NetworkKernel } from '../kernel/network-kernel.js'
import { namedArrays, type ParameterArray, type ParameterShape } from '../models/parameters.js'
import { requirePositive } from '../numerics/require-number.js'
import type { Task } from '../tasks/task.js'
import { type Conditions, changedConditions } from './conditions.js'
import { type OptimizerChoice, zeroMoments } from './optimizer.js'
import { type AdamState, requireEpochs, type Snapshot, type Stretch, type Trainer } from './trainer.js'

/** Where a training starts from, whatever the network. */
export interface TrainingStart {
  /** Flat initial parameters; copied, and rounded to float32 by float32 kernels. */
  readonly initial: Float64Array
  readonly optimizer: OptimizerChoice
  /** See {@link Conditions}. */
  readonly readOutNorm?: number | undefined
}

export interface KernelTrainerOptions extends TrainingStart {
  /** Used by this trainer alone. */
  readonly kernel: NetworkKernel
  readonly layout: readonly ParameterShape[]
  /** Scores the outputs of every epoch. */
  readonly task: Task
  /** c of a rank-one network; without effect where it is a parameter. */
  readonly confidence?: number | undefined
}

/**
 * Trains any kernel, float32 or the float64 reference in a kernel's shape. The kernel trains some epochs a call and
 * leaves their outputs behind, which the task then scores: no kernel knows any task. All that a kernel keeps are
 * parameters and Adam's moments; everything else is here, and handed over with each call.
 *
 * @throws RangeError if `initial` does not fit the network, or a start value is out of bounds
 */
export function kernelTrainer(options: KernelTrainerOptions): Trainer {
  return new KernelTrainer(options)
}

class KernelTrainer implements Trainer {
  epoch = 0
  divergedAt: number | undefined
  conditions: Conditions
  private adamUpdates = 0
  private readonly kernel: NetworkKernel
  private readonly layout: readonly ParameterShape[]
  private readonly task: Task

  constructor({ kernel, layout, task, initial, optimizer, confidence, readOutNorm }: KernelTrainerOptions) {
    this.kernel = kernel
    this.layout = layout
    this.task = task
    const fixed = this.trainsConfidence ? undefined : confidence
    this.conditions = changedConditions({ optimizer, confidence: fixed, readOutNorm }, {}, layout)
    this.requireSize('initial', initial)
    kernel.writeParameters(initial)
  }

  get parameters(): Record<string, ParameterArray> {
    return namedArrays(this.layout, this.kernel.readParameters())
  }

  private get trainsConfidence(): boolean {
    return this.layout.at(-1)?.name === 'c'
  }

  advance(epochs: number): Stretch {
    requireEpochs('advance', epochs)
    const { epoch: firstEpoch, kernel } = this
    const wanted = this.divergedAt === undefined ? epochs : 0
    const loss = new Float64Array(wanted)
    const gradientNorm = new Float64Array(wanted)
    const accuracy = new Float64Array(wanted)
    let done = 0
    while (done < wanted && this.divergedAt === undefined) {
      const asked = Math.min(kernel.epochsAtOnce, wanted - done)
      const trained = this.train(asked)
      loss.set(kernel.loss.subarray(0, trained), done)
      gradientNorm.set(kernel.gradientNorm.subarray(0, trained), done)
      for (let i = 0; i < trained; i++) accuracy[done + i] = this.task.accuracy(kernel.outputs[i]!)
      done += trained
      if (trained < asked) this.divergedAt = this.epoch
    }
    return {
      firstEpoch,
      loss: loss.subarray(0, done),
      gradientNorm: gradientNorm.subarray(0, done),
      accuracy: accuracy.subarray(0, done),
    }
  }

  change({ confidence, ...others }: Partial<Conditions>): void {
    const fixed = confidence === undefined || this.trainsConfidence ? {} : { confidence }
    const conditions = changedConditions(this.conditions, { ...others, ...fixed }, this.layout)
    if (confidence !== undefined && this.trainsConfidence) this.writeConfidence(confidence)
    if (conditions.optimizer.kind !== this.conditions.optimizer.kind) this.startOptimizer()
    this.conditions = conditions
  }

  snapshot(): Snapshot {
    const { epoch, divergedAt, conditions, kernel, adamUpdates: updates } = this
    const adam = conditions.optimizer.kind === 'adam' ? { updates, ...kernel.readMoments() } : undefined
    return { epoch, parameters: kernel.readParameters(), divergedAt, conditions, adam }
  }

  restore({ epoch, parameters, divergedAt, conditions, adam }: Snapshot): void {
    requireEpochs('restore', epoch)
    for (const vector of [parameters, adam?.mean, adam?.square]) this.requireSize('restore', vector)
    this.conditions = changedConditions(conditions, {}, this.layout)
    this.kernel.writeParameters(parameters)
    this.startOptimizer(adam)
    this.epoch = epoch
    this.divergedAt = divergedAt
  }

  /** Trains as many epochs as one call may do; returns how many it did. */
  private train(epochs: number): number {
    const { optimizer, confidence = 1, readOutNorm } = this.conditions
    const trained = this.kernel.train(epochs, {
      optimizer: optimizer.kind,
      rate: optimizer.rate,
      updatesBefore: this.adamUpdates,
      firstEpoch: this.epoch,
      confidence,
      readOutNorm,
    })
    this.epoch += trained
    if (optimizer.kind === 'adam') this.adamUpdates += trained
    return trained
  }

  private startOptimizer(adam?: AdamState): void {
    this.adamUpdates = adam?.updates ?? 0
    this.kernel.writeMoments(adam ?? zeroMoments(this.kernel.size))
  }

  /** Sets the last parameter, which is c where it is trained. */
  private writeConfidence(confidence: number): void {
    requirePositive('trainer', 'confidence', confidence)
    const parameters = this.kernel.readParameters()
    parameters[parameters.length - 1] = confidence
    this.kernel.writeParameters(parameters)
  }

  private requireSize(caller: string, vector: Float64Array | undefined): void {
    const { size } = this.kernel
    if (vector === undefined || vector.length === size) return
    throw new RangeError(`${caller}: ${vector.length} parameters for a network with ${size}`)
  }
}
