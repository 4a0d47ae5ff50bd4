import { EventDetector, type Events } from './events.js'
import { requireEpochs, type Stretch } from './trainer.js'

/** A training in numbers, without its history. Losses are those before each epoch's update. */
export interface TrainingSummary {
  /** Epochs seen. */
  readonly epochs: number
  readonly firstLoss: number
  readonly finalLoss: number
  readonly finalGradientNorm: number
  readonly finalAccuracy: number
  /** Means over all epochs seen. */
  readonly meanLoss: number
  readonly meanGradientNorm: number
  readonly meanAccuracy: number
  /** Loss at each of the epochs asked for; NaN where the training ended before. */
  readonly lossAt: readonly number[]
  readonly events: Events
}

/** Sums a training up from its stretches, fed in order; keeps no history. */
export class Summariser {
  private readonly detector: EventDetector
  private readonly lossAt: number[]
  private epochs = 0
  private firstLoss = Number.NaN
  private last = { loss: Number.NaN, gradientNorm: Number.NaN, accuracy: Number.NaN }
  private sum = { loss: 0, gradientNorm: 0, accuracy: 0 }

  /**
   * @param silentLoss the task's loss of a silent network, by which events are told
   * @param lossEpochs epochs whose loss is kept
   * @throws RangeError if one of them is not a whole number from 0
   */
  constructor(
    silentLoss: number,
    private readonly lossEpochs: readonly number[] = [],
  ) {
    for (const epoch of lossEpochs) requireEpochs('Summariser', epoch)
    this.detector = new EventDetector(silentLoss)
    this.lossAt = lossEpochs.map(() => Number.NaN)
  }

  observe(stretch: Stretch): void {
    const { firstEpoch, loss, gradientNorm, accuracy } = stretch
    const last = loss.length - 1
    if (last < 0) return
    this.detector.observe(stretch)
    if (this.epochs === 0) this.firstLoss = loss[0]!
    for (let i = 0; i <= last; i++) {
      this.sum.loss += loss[i]!
      this.sum.gradientNorm += gradientNorm[i]!
      this.sum.accuracy += accuracy[i]!
    }
    for (const [index, epoch] of this.lossEpochs.entries()) {
      const i = epoch - firstEpoch
      if (i >= 0 && i <= last) this.lossAt[index] = loss[i]!
    }
    this.last = { loss: loss[last]!, gradientNorm: gradientNorm[last]!, accuracy: accuracy[last]! }
    this.epochs += loss.length
  }

  get summary(): TrainingSummary {
    const { epochs, firstLoss, last, sum, lossAt } = this
    return {
      epochs,
      firstLoss,
      finalLoss: last.loss,
      finalGradientNorm: last.gradientNorm,
      finalAccuracy: last.accuracy,
      meanLoss: sum.loss / epochs,
      meanGradientNorm: sum.gradientNorm / epochs,
      meanAccuracy: sum.accuracy / epochs,
      lossAt: [...lossAt],
      events: this.detector.events,
    }
  }
}
