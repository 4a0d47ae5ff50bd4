import type { ParameterShape } from '../models/parameters.js'
import { requirePositive } from '../numerics/require-number.js'
import { type OptimizerChoice, optimizerKinds } from './optimizer.js'

/** What a training goes by, and what may be changed between two advances. */
export interface Conditions {
  readonly optimizer: OptimizerChoice
  /** c of a rank-one network whose confidence is fixed; undefined for all others. */
  readonly confidence: number | undefined
  /**
   * ‖w_out‖₁ to which the read-out, weights and bias alike, is rescaled before every pass, outside the gradient;
   * undefined to leave it alone. A read-out of zeros cannot be rescaled: the training diverges.
   */
  readonly readOutNorm: number | undefined
}

const names: readonly string[] = ['optimizer', 'confidence', 'readOutNorm'] satisfies (keyof Conditions)[]

/**
 * The conditions after some of them are changed; a copy.
 * @throws RangeError naming what is not a condition, a value that is not positive and finite, or one that a network
 *   of this layout has no use for
 */
export function changedConditions(
  conditions: Conditions,
  changes: Partial<Conditions>,
  layout: readonly ParameterShape[],
): Conditions {
  const unknown = Object.keys(changes).find(key => !names.includes(key))
  if (unknown !== undefined) {
    throw new RangeError(`trainer: no condition "${unknown}"; there are ${names.join(', ')}`)
  }
  const { optimizer, confidence, readOutNorm } = { ...conditions, ...changes }
  const { kind, rate } = optimizer
  if (!optimizerKinds.includes(kind)) {
    throw new RangeError(`trainer: optimizer.kind must be ${optimizerKinds.join(' or ')}, got ${kind}`)
  }
  requirePositive('trainer', 'rate', rate)
  if (confidence !== undefined) requirePositive('trainer', 'confidence', confidence)
  if (confidence !== undefined && hasArray(layout, 'w_out')) {
    throw new RangeError('trainer: confidence: only a rank-one network has one')
  }
  if (readOutNorm !== undefined) requirePositive('trainer', 'readOutNorm', readOutNorm)
  if (readOutNorm !== undefined && !hasArray(layout, 'w_out')) {
    throw new RangeError('trainer: readOutNorm: a rank-one network has no read-out weights to rescale')
  }
  return { optimizer: { kind, rate }, confidence, readOutNorm }
}

function hasArray(layout: readonly ParameterShape[], name: string): boolean {
  return layout.some(entry => entry.name === name)
}
