import type { Flow } from './flow.js'
import { flowFromDifferences } from './flow-differences.js'

/** What a user gives of a flow: the velocity, and derivatives where they are known. */
export interface FlowDefinition {
  readonly dimension: number
  /** F(x), `[d]`. */
  velocity(x: Float64Array): ArrayLike<number>
  /** DF(x), row-major `[d, d]`; by differences unless given. */
  jacobian?(x: Float64Array): ArrayLike<number>
  /** See `Flow.step`. */
  readonly step?: number
  /**
   * Typical size of the state's coordinates, for differences. Unless given it is 1, or, where states are at hand, theirs.
   */
  readonly scale?: number
}

/**
 * A flow of its velocity. Derivatives that are not given are taken by differences: of the Jacobian if that is
 * given, else of the velocity.
 *
 * @throws RangeError if the dimension is not a whole number from 1 or the step is not positive; later, if the
 *   velocity or the Jacobian is not of the length it should be
 */
export function createFlow(definition: FlowDefinition): Flow {
  const { dimension, step, scale } = definition
  if (!Number.isSafeInteger(dimension) || dimension < 1) {
    throw new RangeError(`createFlow: dimension must be a whole number from 1, got ${dimension}`)
  }
  if (step !== undefined && !(step > 0 && Number.isFinite(step))) {
    throw new RangeError(`createFlow: step must be positive and finite, got ${step}`)
  }
  if (scale !== undefined && !(scale > 0 && Number.isFinite(scale))) {
    throw new RangeError(`createFlow: scale must be positive and finite, got ${scale}`)
  }
  const ofLength = (name: string, values: ArrayLike<number>, length: number) => {
    if (values.length === length) return Float64Array.from(values)
    throw new RangeError(`createFlow: ${name} must return ${length} numbers, got ${values.length}`)
  }
  const velocity = (x: Float64Array) => ofLength('velocity', definition.velocity(x), dimension)
  const jacobian =
    definition.jacobian &&
    ((x: Float64Array) => ofLength('jacobian', definition.jacobian!(x), dimension * dimension))
  const atScale = (size: number): Flow => ({
    dimension,
    step,
    velocity,
    ...flowFromDifferences({ velocity, jacobian, scale: size }),
  })
  return scale === undefined ? { ...atScale(1), atScale } : atScale(scale)
}

/** A map x ← f(x) as a flow in steps of 1: F(x) = f(x) − x. */
export interface MapDefinition {
  readonly dimension: number
  /** f(x), `[d]`. */
  next(x: Float64Array): ArrayLike<number>
  /** Df(x), row-major `[d, d]`; by differences unless given. */
  jacobian?(x: Float64Array): ArrayLike<number>
  /** As in `FlowDefinition`. */
  readonly scale?: number
}

/** The flow of a map. @throws RangeError as `createFlow` does */
export function createMap({ dimension, next, jacobian, scale }: MapDefinition): Flow {
  return createFlow({
    dimension,
    step: 1,
    ...(scale !== undefined && { scale }),
    velocity: x => Float64Array.from(next(x), (value, i) => value - x[i]!),
    ...(jacobian && {
      jacobian: (x: Float64Array) =>
        Float64Array.from(jacobian(x), (value, i) => (i % (dimension + 1) === 0 ? value - 1 : value)),
    }),
  })
}
