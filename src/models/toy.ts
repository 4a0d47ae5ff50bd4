/**
 * The one-dimensional system of arXiv:2501.02378 on the delayed-activation task, simulated:
 * x ← x + dt·(x² + r) from x = 0, clamped; output σ(a(x − x*)) read after each update;
 * loss Σ(output − target)²·dt / T, target 0 until T and 1 for T_R after it.
 * Source: docs/theory.md §2 and §6.
 */
export interface ToySimulation {
  /** Delay T, in time units. */
  readonly delay: number
  /** Response window T_R, in time units. */
  readonly response: number
  /** Confidence a, the steepness of the output sigmoid. */
  readonly confidence: number
  /** Time step dt. */
  readonly step: number
  /** Read-out threshold x*. */
  readonly threshold: number
  /** States are clamped to at most this. */
  readonly clamp: number
}

/** The paper's simulation: T = T_R = 100, dt = 0.1, x* = 10, clamp 10⁶. */
export const publishedToy = { delay: 100, response: 100, step: 0.1, threshold: 10, clamp: 1e6 } as const

/** What one trial gave. */
export interface ToyTrial {
  readonly loss: number
  /** Time of the first update after which x > x*; undefined if the output never switches on. */
  readonly switchedOn: number | undefined
  readonly finalState: number
}

/** Runs one trial at bifurcation parameter r. @throws RangeError if r is not finite */
export function simulateToy(r: number, simulation: ToySimulation): ToyTrial {
  if (!Number.isFinite(r)) throw new RangeError(`simulateToy: r must be finite, got ${r}`)
  const { delay, response, confidence, step, threshold, clamp } = simulation
  const delaySteps = Math.round(delay / step)
  const steps = delaySteps + Math.round(response / step)
  let x = 0
  let loss = 0
  let switchedOn: number | undefined
  for (let i = 0; i < steps; i++) {
    x = Math.min(clamp, x + step * (x * x + r))
    if (x > threshold) switchedOn ??= (i + 1) * step
    const output = 1 / (1 + Math.exp(-confidence * (x - threshold)))
    const target = i < delaySteps ? 0 : 1
    loss += ((output - target) ** 2 * step) / delay
  }
  return { loss, switchedOn, finalState: x }
}

/**
 * dL/dr of the simulated trial, normalised, by forward differentiation: x′ follows the same updates as x, and is 0 once
 * x is clamped. Where the state blows up between two steps the simulated loss is no longer smooth on the scale that
 * matters; in the no-learning zone it is.
 *
 * @throws RangeError if r is not finite
 */
export function toyLossGradient(r: number, simulation: ToySimulation): number {
  if (!Number.isFinite(r)) throw new RangeError(`toyLossGradient: r must be finite, got ${r}`)
  const { delay, response, confidence, step, threshold, clamp } = simulation
  const delaySteps = Math.round(delay / step)
  const steps = delaySteps + Math.round(response / step)
  let [x, slope, gradient] = [0, 0, 0]
  for (let i = 0; i < steps; i++) {
    slope += step * (2 * x * slope + 1)
    x += step * (x * x + r)
    if (x >= clamp) [x, slope] = [clamp, 0]
    // Written for the tails of the sigmoid, where 1 − o would be rounded to 0 or 1.
    const decay = Math.exp(-confidence * Math.abs(x - threshold))
    const [output, silence] = x < threshold ? [decay, 1] : [1, decay]
    const error = i < delaySteps ? output / (1 + decay) : -silence / (1 + decay)
    gradient += 2 * error * (decay / (1 + decay) ** 2) * confidence * slope * (step / delay)
  }
  return gradient
}
