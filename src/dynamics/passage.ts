import { plusScaled } from '../numerics/linear-algebra.js'
import { argumentError } from '../numerics/require-number.js'
import { windowPassageTime } from '../theory/saddle-node.js'
import type { CanonicalForm } from './canonical-form.js'
import type { Flow } from './flow.js'
import { coreHalfWidth, passageCoordinate } from './ghost-tests.js'
import { type ComputedTrajectory, integrate, iterate } from './integrate.js'

/** A passage through the window |y| ≤ halfWidth around a ghost, predicted and simulated: how good the canonical form is. */
export interface Passage {
  /** In units of y, the state along the slow direction. */
  readonly halfWidth: number
  /** The time that y' = r + a·y² takes, [2·atan(halfWidth·√(a/r))]/√s, in the time of the flow. */
  readonly predictedTime: number
  /** The time that the flow takes; undefined if it does not come out at the far end within twenty times the prediction. */
  readonly simulatedTime: number | undefined
}

const mostPatience = 20
const mostSteps = 1e5
const samples = 2000

/**
 * Simulates the passage of a ghost from one edge of a window to the other, from a start on the slow direction. Where the
 * flow has a step the state moves by it, elsewhere the flow is integrated to a relative 1e-9.
 *
 * @param form of a ghost, `scale` above 0
 * @param halfWidth of the window, in units of y; unless given √(r/a), within which half of the dwell time is spent
 * @throws RangeError if the form is not that of a ghost
 */
export function simulatePassage(flow: Flow, form: CanonicalForm, halfWidth = coreHalfWidth(form)): Passage {
  if (!(form.scale > 0)) throw argumentError('simulatePassage', 'form.scale', 'above 0', form.scale)
  const { effectiveR, scale, centre, direction } = form
  const predictedTime = windowPassageTime(effectiveR, scale / effectiveR, halfWidth, halfWidth)
  const start = plusScaled(centre, direction, -Math.sign(effectiveR) * halfWidth)
  const isOut = (x: Float64Array) => passageCoordinate(form, x) >= halfWidth
  const trajectory = follow(flow, start, predictedTime, isOut)
  return { halfWidth, predictedTime, simulatedTime: crossingTime(trajectory, form, halfWidth) }
}

function follow(
  flow: Flow,
  start: Float64Array,
  predicted: number,
  stopWhen: (x: Float64Array) => boolean,
): ComputedTrajectory {
  const { step } = flow
  if (step !== undefined) {
    return iterate(flow, start, {
      steps: Math.min(mostSteps, Math.ceil((mostPatience * predicted) / step)),
      stopWhen,
    })
  }
  return integrate(flow, start, {
    until: mostPatience * predicted,
    relativeTolerance: 1e-9,
    absoluteTolerance: 1e-12,
    sampleEvery: predicted / samples,
    maxSteps: mostSteps,
    stopWhen,
  })
}

/** When y reached the far edge, between the last two samples. */
function crossingTime(
  { times, states, end }: ComputedTrajectory,
  form: CanonicalForm,
  halfWidth: number,
): number | undefined {
  const last = states.length - 1
  if (end !== 'stopped' || last < 1) return undefined
  const [before, after] = [passageCoordinate(form, states[last - 1]!), passageCoordinate(form, states[last]!)]
  const share = (halfWidth - before) / (after - before)
  return times[last - 1]! + share * (times[last]! - times[last - 1]!)
}
