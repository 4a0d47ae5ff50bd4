import { fitLine, mean } from '../../numerics/statistics.js'
import { criticalLearningRate } from '../../theory/critical-rate.js'
import { loss, optimum, zoneEdge } from '../../theory/delayed-activation.js'
import { lossFloor } from '../../theory/oscillation.js'
import { descendToy } from '../../training/toy-descent.js'
import { times } from './landscape.js'

/** The paper descends the un-normalised loss |T − t*|. */
export const normalisation = 'un-normalised'
/** One rate below the critical one, one above. */
export const descentRates = { learns: 1e-10, loses: 1e-9 } as const
export const descentEpochs = 3000
/** The paper's start, in units of r*. */
export const relativeStart = 10

/** r and normalised loss before each update and after the last, `[epochs + 1]`. */
export interface Descent {
  readonly rate: number
  readonly r: Float64Array
  readonly loss: Float64Array
}

export interface Descents {
  readonly learns: Descent
  readonly loses: Descent
  /** Largest loss drop in one epoch before the optimum is reached, over the first epoch's drop. */
  readonly slopeRatio: number
  /** Largest relative deviation of an epoch's drop, over the first epoch's, from (r₀/r)³ halfway through it. */
  readonly slopeDeviation: number
  /** First epoch with r ≤ r*. */
  readonly arrival: number
  /** First epoch in the no-learning zone at the higher rate; undefined if never. */
  readonly lostAt: number | undefined
}

/** The two descents of figures 2b and 2c. */
export function runDescents(): Descents {
  const top = optimum(times.delay)
  const edge = zoneEdge(times)
  const [learns, loses] = [descend(descentRates.learns), descend(descentRates.loses)]
  const arrival = learns.r.findIndex(r => r <= top)
  const lost = loses.r.findIndex(r => r <= edge)
  return {
    learns,
    loses,
    ...compareSlopes(learns, arrival),
    arrival,
    lostAt: lost === -1 ? undefined : lost,
  }
}

/** The loss drop of every epoch that ends before the optimum is passed, against theory. */
function compareSlopes(
  { r, loss }: Descent,
  arrival: number,
): Pick<Descents, 'slopeRatio' | 'slopeDeviation'> {
  let [slopeRatio, slopeDeviation] = [0, 0]
  for (let epoch = 0; epoch + 1 < arrival; epoch++) {
    const ratio = (loss[epoch]! - loss[epoch + 1]!) / (loss[0]! - loss[1]!)
    const expected = (r[0]! / ((r[epoch]! + r[epoch + 1]!) / 2)) ** 3
    slopeRatio = Math.max(slopeRatio, ratio)
    slopeDeviation = Math.max(slopeDeviation, Math.abs(ratio / expected - 1))
  }
  return { slopeRatio, slopeDeviation }
}

function descend(rate: number): Descent {
  const r = descendToy({ times, normalisation, rate }, relativeStart * optimum(times.delay), descentEpochs)
  return { rate, r, loss: r.map(at => loss(at, times, 'normalised')) }
}

/** How the late loss grows with the learning rate. */
export interface OscillationFloor {
  /** Rates over the critical rate. */
  readonly relativeRate: Float64Array
  /** Mean normalised loss over the last half of each descent. */
  readonly meanLoss: Float64Array
  /** Largest relative deviation of a mean loss from theory's floor. */
  readonly deviation: number
  /** d log loss / d log rate, fitted, with its standard error. */
  readonly exponent: number
  readonly exponentError: number
}

/**
 * Mean late loss at rates from 1% to 20% of the critical rate, from just above the optimum. At higher rates
 * the iterates settle on a cycle of three and the law ends (docs/theory.md §5).
 */
export function measureFloor(): OscillationFloor {
  const critical = criticalLearningRate(times, normalisation)
  const relativeRate = Float64Array.of(0.01, 0.02, 0.05, 0.1, 0.2)
  const meanLoss = relativeRate.map(share => {
    const descent = { times, normalisation, rate: share * critical } as const
    const path = descendToy(descent, 1.01 * optimum(times.delay), 40_000).subarray(20_000)
    return mean(path.map(r => loss(r, times, 'normalised')))
  })
  const fit = fitLine(relativeRate.map(Math.log), meanLoss.map(Math.log))
  const deviations = meanLoss.map((value, i) => {
    // The normalised loss at the un-normalised rate α is that of the normalised descent at α·T.
    const rate = relativeRate[i]! * criticalLearningRate(times, 'normalised')
    return Math.abs(value / lossFloor(rate, times, 'normalised') - 1)
  })
  return {
    relativeRate,
    meanLoss,
    deviation: Math.max(...deviations),
    exponent: fit.slope,
    exponentError: fit.slopeError,
  }
}
