import type { ParameterShape } from './parameters.js'

/** The rank of a network's recurrent weights: K for a product of two factors through K latent variables. */
export type Rank = number | 'full'

/** What autonomous and driven networks have in common. */
export interface NetworkShape {
  /** Number of neurons N. */
  readonly neurons: number
  readonly rank: Rank
  /** α = dt/τ in (0, 1]. */
  readonly leak: number
}

/** The names that a model gives its recurrent weights. */
export interface RecurrentNames {
  readonly full: string
  readonly left: string
  readonly right: string
}

/**
 * Recurrent weights as a product left·right through latent variables κ = x·left: a state, a row vector x, makes
 * the recurrent input κ·right. Full rank is the case in which the latent variables are the state itself: there
 * is no left factor, and the right one is the whole matrix.
 */
export interface RecurrentWeights {
  /** `[N, K]`; undefined at full rank, where it is the identity. */
  readonly left: Float64Array | undefined
  /** `[K, N]`; `[N, N]` at full rank. */
  readonly right: Float64Array
}

/** Number of latent variables: K, or N at full rank. */
export function latentSize({ neurons, rank }: NetworkShape): number {
  return rank === 'full' ? neurons : rank
}

/** The arrays of the recurrent weights, by a model's names for them. */
export function recurrentLayout(
  { neurons, rank }: NetworkShape,
  { full, left, right }: RecurrentNames,
): ParameterShape[] {
  if (rank === 'full') return [{ name: full, shape: [neurons, neurons] }]
  return [
    { name: left, shape: [neurons, rank] },
    { name: right, shape: [rank, neurons] },
  ]
}

/** The recurrent weights among a model's arrays, of which they are the first one or two. */
export function recurrentViews(
  { rank }: NetworkShape,
  [first, second]: readonly Float64Array[],
): RecurrentWeights {
  return rank === 'full' ? { left: undefined, right: first! } : { left: first, right: second! }
}
