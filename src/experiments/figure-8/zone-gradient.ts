import { publishedToy, simulateToy, toyLossGradient } from '../../models/toy.js'
import { linspace } from '../../numerics/spacing.js'
import { fitLine } from '../../numerics/statistics.js'
import { optimum, switchingSlope, zoneEdge } from '../../theory/delayed-activation.js'

const times = { delay: publishedToy.delay, response: publishedToy.response }

/** Confidences of figure 8a. */
export const toyConfidences = [0.01, 0.1, 0.5, 1, 2] as const

/** √(−r) at which the decay with confidence is measured: a trial of T = 100 is at rest after 1/√(−r). */
export const restingSpeeds = [0.05, 0.1, 0.2, 0.5, 1] as const

/** Confidences of the fit: high enough for the exponential limit. */
export const fittedConfidences = linspace(1, 2, 11)

/** The gradient of the toy's loss against r, and its decay with confidence in the no-learning zone. */
export interface ZoneGradient {
  /** `[100]`, ascending. */
  readonly r: Float64Array
  /** |dL/dr| of the closed form, normalised. */
  readonly closedForm: Float64Array
  /** |dL/dr| of the simulated loss, by differences between neighbouring points of r, a curve for each confidence. */
  readonly simulated: readonly { readonly confidence: number; readonly gradient: Float64Array }[]
  /** At each resting speed: −d ln(|dL/dr|/a)/da, fitted, and |dL/dr| at the fitted confidences. */
  readonly decays: readonly ZoneDecay[]
}

export interface ZoneDecay {
  /** √(−r). */
  readonly speed: number
  /** Fitted decay; theory: x* + √(−r). */
  readonly decay: number
  readonly decayError: number
  /** |dL/dr| at `fittedConfidences`. */
  readonly gradient: Float64Array
}

/** Measures figure 8a on 100 points of [−r*, 2r*]. */
export function measureZoneGradient(): ZoneGradient {
  const top = optimum(times.delay)
  const r = linspace(-top, 2 * top, 100)
  return {
    r,
    closedForm: r.map(at => (at > zoneEdge(times) ? switchingSlope(at) / times.delay : 0)),
    simulated: toyConfidences.map(confidence => {
      const loss = r.map(at => simulateToy(at, { ...publishedToy, confidence }).loss)
      return { confidence, gradient: differences(r, loss).map(Math.abs) }
    }),
    decays: restingSpeeds.map(measureDecay),
  }
}

/** Central differences, one-sided at the ends. */
function differences(x: Float64Array, y: Float64Array): Float64Array {
  return x.map((_, i) => {
    const [low, high] = [Math.max(0, i - 1), Math.min(x.length - 1, i + 1)]
    return (y[high]! - y[low]!) / (x[high]! - x[low]!)
  })
}

function measureDecay(speed: number): ZoneDecay {
  const gradient = fittedConfidences.map(confidence =>
    Math.abs(toyLossGradient(-speed * speed, { ...publishedToy, confidence })),
  )
  const scaled = gradient.map((size, i) => Math.log(size / fittedConfidences[i]!))
  const { slope, slopeError } = fitLine(fittedConfidences, scaled)
  return { speed, decay: -slope, decayError: slopeError, gradient }
}
