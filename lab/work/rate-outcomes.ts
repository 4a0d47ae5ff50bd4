import { arrivalEpoch } from '../../src/theory/gradient-flow.js'
import { entersZone } from '../../src/training/toy-descent.js'
import type { RateOutcomesTask } from './toy-protocol.js'

/** How many epochs each start is given after it should have arrived: at 1.05 α_c all are lost long before. */
const epochsAfterArrival = 3000

/** Epochs that a start is followed for. */
export function epochsGiven(
  start: number,
  rate: number,
  { delay, normalisation }: Pick<RateOutcomesTask, 'delay' | 'normalisation'>,
): number {
  const arrival = arrivalEpoch({ start, learningRate: rate, times: { delay }, normalisation })
  return Math.ceil(1.2 * arrival) + epochsAfterArrival
}

/** At each rate, the number of starts that end in the no-learning zone. */
export function countLost({ delay, normalisation, rates, starts }: RateOutcomesTask): Float64Array {
  const times = { delay, response: delay }
  return rates.map(rate => {
    const descent = { times, normalisation, rate }
    const lost = (start: number) =>
      entersZone(descent, start, epochsGiven(start, rate, { delay, normalisation }))
    return starts.filter(lost).length
  })
}
