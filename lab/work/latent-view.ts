import { type LatentPortrait, latentPortrait } from '../../src/dynamics/latent-ghost.js'
import { publishedInterval } from '../../src/dynamics/scalar-flow.js'
import {
  initialState,
  latentFlow,
  type RankOneModel,
  type RankOneParameters,
  rankOneViews,
  readoutThreshold,
} from '../../src/models/rank-one.js'
import { dot } from '../../src/numerics/matrix.js'
import { linspace } from '../../src/numerics/spacing.js'

/** Everything that pictures show of a rank-one network at one epoch. Knows nothing of workers and pages. */
export interface LatentView {
  readonly epoch: number
  /** Undefined where weights have grown beyond {@link mostWeight}. */
  readonly portrait: LatentPortrait | undefined
  /** The flow F(κ) to draw. */
  readonly kappa: Float64Array
  readonly flow: Float64Array
  readonly trial: LatentTrial
}

/** One trial of a rank-one network. */
export interface LatentTrial {
  /** κ before the first step and after every step, `[steps + 1]`. */
  readonly kappa: Float64Array
  /** σ(c(κ − 1)) after every step, `[steps]`. */
  readonly outputs: Float64Array
}

/** What is looked at. */
export interface Looked {
  readonly epoch: number
  /** Flat. */
  readonly parameters: Float64Array
  readonly confidence: number
  readonly steps: number
}

/** Flows of weights far beyond it take minutes to take apart. */
export const mostWeight = 1e4
/** Points that a flow is drawn at. */
const drawnPoints = 241
/** κ shown at least, and at most: beyond, fixed points are not looked for. */
const [shownLeast, shownMost] = [
  [-2, 3],
  [publishedInterval.from, publishedInterval.to],
] as const
/** Beyond the outermost point that is shown. */
const margin = 0.5

export function latentView(
  { epoch, parameters, confidence, steps }: Looked,
  model: RankOneModel,
): LatentView {
  const network = rankOneViews(model, parameters)
  const portrait = portraitOf(parameters, model)
  const [low, high] = portrait === undefined ? shownLeast : kappaShown(portrait)
  const kappa = linspace(low, high, drawnPoints)
  return {
    epoch,
    portrait,
    kappa,
    flow: kappa.map(at => latentFlow(network, at).flow),
    trial: latentTrial(network, { leak: model.leak, confidence, steps }),
  }
}

/** The flow taken apart; undefined where a weight is beyond bounds, or no number at all. */
export function portraitOf(parameters: Float64Array, model: RankOneModel): LatentPortrait | undefined {
  const tame = parameters.every(weight => Math.abs(weight) <= mostWeight)
  return tame ? latentPortrait(rankOneViews(model, parameters), model.leak) : undefined
}

/**
 * From left of κ(0) to right of the threshold, with all fixed points. In whole numbers, so that the
 * axis stands still while the network changes.
 */
export function kappaShown({ start, fixedPoints }: LatentPortrait): [number, number] {
  const near = fixedPoints.map(({ x }) => x).filter(x => x > shownMost[0] && x < shownMost[1])
  const points = [start, ...near]
  const low = Math.floor(Math.min(...points) - margin)
  const high = Math.ceil(Math.max(...points) + margin)
  return [
    Math.max(shownMost[0], Math.min(shownLeast[0], low)),
    Math.min(shownMost[1], Math.max(shownLeast[1], high)),
  ]
}

/** Runs one trial in float64; the formulas stand at `rankOneReference`. */
export function latentTrial(
  { m, n, b }: RankOneParameters,
  { leak, confidence, steps }: { readonly leak: number; readonly confidence: number; readonly steps: number },
): LatentTrial {
  const state = new Float64Array(m.length).fill(initialState)
  const kappa = new Float64Array(steps + 1)
  kappa[0] = dot(n, state)
  for (let t = 1; t <= steps; t++) {
    for (let i = 0; i < state.length; i++) {
      state[i] = (1 - leak) * state[i]! + leak * Math.tanh(m[i]! * kappa[t - 1]! + b[i]!)
    }
    kappa[t] = dot(n, state)
  }
  const output = (at: number) => 1 / (1 + Math.exp(-confidence * (at - readoutThreshold)))
  return { kappa, outputs: kappa.slice(1).map(output) }
}
