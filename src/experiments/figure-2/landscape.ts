import { publishedToy, simulateToy } from '../../models/toy.js'
import { linspace } from '../../numerics/spacing.js'
import { loss, optimum } from '../../theory/delayed-activation.js'

/** The paper's toy: delay and response of 100 time units. */
export const times = { delay: publishedToy.delay, response: publishedToy.response }

/** Confidences at which the landscape is simulated. */
export const confidences = [0.1, 1] as const

/** The loss against r, closed form and simulated, all `[100]`, normalised. */
export interface Landscape {
  readonly r: Float64Array
  readonly closedForm: Float64Array
  readonly simulated: readonly { readonly confidence: number; readonly loss: Float64Array }[]
  /** The simulated zone's edge: the smallest r at which the output still switches on before T + T_R. */
  readonly simulatedEdge: number
  /** The simulated plateau: mean loss over r in the zone, r ≤ 0, at the higher confidence. */
  readonly zoneLoss: number
}

/** Measures the landscape on the paper's 100 points of [−r*, 2r*]. */
export function measureLandscape(): Landscape {
  const top = optimum(times.delay)
  const r = linspace(-top, 2 * top, 100)
  const simulated = confidences.map(confidence => ({
    confidence,
    loss: r.map(at => simulateToy(at, { ...publishedToy, confidence }).loss),
  }))
  const sharpest = simulated.at(-1)!.loss
  const inZone = sharpest.filter((_, i) => r[i]! <= 0)
  return {
    r,
    closedForm: r.map(at => loss(at, times, 'normalised')),
    simulated,
    simulatedEdge: findSimulatedEdge(top),
    zoneLoss: inZone.reduce((sum, value) => sum + value, 0) / inZone.length,
  }
}

/** Bisects simulated trials for the r at which the output switches on just in time. */
function findSimulatedEdge(top: number): number {
  const switches = (r: number) => simulateToy(r, { ...publishedToy, confidence: 1 }).switchedOn !== undefined
  let [never, always] = [0, 2 * top]
  while ((always - never) / top > 1e-6) {
    const middle = (never + always) / 2
    if (switches(middle)) always = middle
    else never = middle
  }
  return always
}
