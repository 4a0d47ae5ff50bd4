import { namedArrays, type ParameterShape } from '../models/parameters.js'
import type { Objective } from './objective.js'
import { norm, requireEpochs, type Snapshot, type Stretch, type Trainer } from './trainer.js'

export interface ReferenceTrainerOptions {
  readonly objective: Objective
  readonly layout: readonly ParameterShape[]
  /** Flat initial parameters, `[objective.size]`; copied. */
  readonly initial: Float64Array
  readonly rate: number
}

/** Plain gradient descent in float64 on any objective. */
export function referenceTrainer({ objective, layout, initial, rate }: ReferenceTrainerOptions): Trainer {
  const parameters = initial.slice()
  const gradient = new Float64Array(objective.size)
  let epoch = 0
  let divergedAt: number | undefined

  function advance(epochs: number): Stretch {
    requireEpochs(epochs)
    const firstEpoch = epoch
    const wanted = divergedAt === undefined ? epochs : 0
    const [loss, gradientNorm, accuracy] = [0, 1, 2].map(() => new Float64Array(wanted))
    let done = 0
    for (; done < wanted; done++) {
      const evaluation = objective.evaluate(parameters, gradient)
      const length = norm(gradient)
      if (!Number.isFinite(evaluation.loss) || !Number.isFinite(length)) {
        divergedAt = epoch
        break
      }
      loss![done] = evaluation.loss
      gradientNorm![done] = length
      accuracy![done] = evaluation.accuracy
      for (let i = 0; i < parameters.length; i++) parameters[i] = parameters[i]! - rate * gradient[i]!
      epoch++
    }
    return {
      firstEpoch,
      loss: loss!.subarray(0, done),
      gradientNorm: gradientNorm!.subarray(0, done),
      accuracy: accuracy!.subarray(0, done),
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
      return namedArrays(layout, parameters)
    },
    advance,
    snapshot: () => ({ epoch, parameters: parameters.slice(), divergedAt }),
    restore(snapshot: Snapshot) {
      if (snapshot.parameters.length !== parameters.length) {
        throw new RangeError(
          `restore: snapshot has ${snapshot.parameters.length} parameters, this network ${parameters.length}`,
        )
      }
      parameters.set(snapshot.parameters)
      epoch = snapshot.epoch
      divergedAt = snapshot.divergedAt
    },
  }
}
