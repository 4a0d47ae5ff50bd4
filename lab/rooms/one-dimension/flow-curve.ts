import { computed } from '@preact/signals'
import { linspace } from '../../../src/numerics/spacing.js'
import { loss } from '../../../src/theory/delayed-activation.js'
import { type GradientFlow, gradientFlowParameter } from '../../../src/theory/gradient-flow.js'
import { type Run, run } from './run.js'

/** Gradient flow in closed form, over the epochs of the run. */
export interface FlowCurve {
  readonly epoch: Float64Array
  /** In units of r*. */
  readonly relative: Float64Array
  readonly loss: Float64Array
}

const points = 200

export function createFlowCurve({
  start,
  rate,
  times,
  normalisation,
  best,
  arrival,
  horizon,
}: Run): FlowCurve {
  const flow: GradientFlow = { start, learningRate: rate, times, normalisation }
  // Even in r on the way down, where the fall is, and level from the arrival on.
  const towards = linspace(0, 1, points).map(share => Math.min(horizon, arrival * (1 - (1 - share) ** 2)))
  const epoch = Float64Array.of(...towards, Math.max(horizon, arrival))
  const r = epoch.map(at => gradientFlowParameter(at, flow))
  return {
    epoch,
    relative: r.map(at => at / best),
    loss: r.map(at => loss(at, times, normalisation)),
  }
}

export const flowCurve = computed(() => createFlowCurve(run.value))
