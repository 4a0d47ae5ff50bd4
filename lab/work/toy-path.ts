import { publishedToy, simulateToy, toyLossGradient } from '../../src/models/toy.js'
import { loss, lossGradient } from '../../src/theory/delayed-activation.js'
import { toyUpdate } from '../../src/training/toy-descent.js'
import type { LandscapeTask, PathStretch, ToyDescentTask } from './toy-protocol.js'

/** The state at one epoch of a descent. */
interface Slope {
  readonly loss: number
  readonly gradient: number
  /** r after the update. */
  readonly next: number
}

/**
 * A descent of the toy, epoch by epoch: on the closed form at infinite confidence, else on the loss of the paper's
 * simulated trial, whose gradient is not exactly 0 in the no-learning zone.
 */
export class ToyPath {
  private epoch = 0
  private r: number
  private readonly slopeAt: (r: number) => Slope

  constructor(private readonly task: ToyDescentTask) {
    this.r = task.start
    this.slopeAt = task.confidence === Number.POSITIVE_INFINITY ? closedForm(task) : simulated(task)
  }

  /** Epochs 0 … `epochs` have all been taken, or r is no longer a number. */
  get ended(): boolean {
    return this.epoch > this.task.epochs || !Number.isFinite(this.r)
  }

  /** The next epochs, `most` of them at most. */
  take(most: number): PathStretch {
    const from = this.epoch
    const count = Math.min(most, this.task.epochs + 1 - from)
    const [r, loss, gradient] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)]
    for (let i = 0; i < count && Number.isFinite(this.r); i++) {
      const here = this.slopeAt(this.r)
      r[i] = this.r
      loss[i] = here.loss
      gradient[i] = here.gradient
      this.r = here.next
      this.epoch++
    }
    const taken = this.epoch - from
    return { from, r: r.slice(0, taken), loss: loss.slice(0, taken), gradient: gradient.slice(0, taken) }
  }
}

function closedForm({ delay, normalisation, rate }: ToyDescentTask): (r: number) => Slope {
  const times = { delay, response: delay }
  const update = toyUpdate({ times, normalisation, rate })
  return r => ({
    loss: loss(r, times, normalisation),
    gradient: lossGradient(r, times, normalisation),
    next: update(r),
  })
}

function simulated(task: ToyDescentTask): (r: number) => Slope {
  const { simulation, weight } = simulationOf(task)
  return r => {
    const gradient = weight * toyLossGradient(r, simulation)
    return {
      loss: weight * simulateToy(r, simulation).loss,
      gradient,
      next: r - task.rate * gradient,
    }
  }
}

/** The loss of simulated trials. */
export function simulatedLandscape(task: LandscapeTask): Float64Array {
  const { simulation, weight } = simulationOf(task)
  return task.r.map(r => weight * simulateToy(r, simulation).loss)
}

/** The paper's simulation with other times; its loss is normalised. */
function simulationOf({
  delay,
  confidence,
  normalisation,
}: Pick<ToyDescentTask, 'delay' | 'confidence' | 'normalisation'>) {
  const simulation = { ...publishedToy, delay, response: delay, confidence }
  return { simulation, weight: normalisation === 'normalised' ? 1 : delay }
}
