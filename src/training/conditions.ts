import type { ParameterShape } from '../models/parameters.js'
import { requirePositive } from '../numerics/require-number.js'
import type { OptimizerChoice } from './optimizer.js'

/** What a training goes by, and what may be changed between two advances. */
export interface Conditions {
  readonly optimizer: OptimizerChoice
  /** c of a rank-one network whose confidence is fixed; undefined for all others. */
  readonly confidence: number | undefined
  /**
   * ‖w_out‖₁ to which the read-out, weights and bias alike, is rescaled before every pass, outside the gradient;
   * undefined to leave it alone. A read-out of zeros cannot be rescaled: the training diverges.
   */
  readonly readOutLimit: number | undefined
}

/**
 * The conditions after some of them are changed.
 * @throws RangeError naming a value that is not positive and finite, or that a network of this layout has no use for
 */
export function changedConditions(
  conditions: Conditions,
  changes: Partial<Conditions>,
  layout: readonly ParameterShape[],
): Conditions {
  const { optimizer, confidence, readOutLimit } = { ...conditions, ...changes }
  requirePositive('trainer', 'rate', optimizer.rate)
  if (confidence !== undefined) requirePositive('trainer', 'confidence', confidence)
  if (confidence !== undefined && hasArray(layout, 'w_out')) {
    throw new RangeError('trainer: confidence: only a rank-one network has one')
  }
  if (readOutLimit !== undefined) requirePositive('trainer', 'readOutLimit', readOutLimit)
  if (readOutLimit !== undefined && !hasArray(layout, 'w_out')) {
    throw new RangeError('trainer: readOutLimit: a rank-one network has no read-out weights to rescale')
  }
  return { optimizer, confidence, readOutLimit }
}

function hasArray(layout: readonly ParameterShape[], name: string): boolean {
  return layout.some(entry => entry.name === name)
}
