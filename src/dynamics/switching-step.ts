import { initialKappa, latentFlow, type RankOneParameters, readoutThreshold } from '../models/rank-one.js'
import { integral } from '../numerics/quadrature.js'
import { windowPassageTime } from '../theory/saddle-node.js'
import { latentPortrait } from './latent-ghost.js'

/**
 * When the output of a rank-one network switches on, and when the theory says so. The latent variable of this network
 * closes on itself, step by step and from any state: κ_{t+1} = κ_t + α·F(κ_t), κ_0 = n·x_0. So there is no transient
 * towards a slow manifold, and predictions differ from what happens only by what they leave out.
 */
export interface SwitchingSteps {
  /** First step whose output is above one half; undefined if there is none among the first 10,000. */
  readonly observed: number | undefined
  /** π/(α√(r·a)), the full passage of the ghost's canonical form; undefined, like the next, without a ghost. */
  readonly fullPassage: number | undefined
  /** Passage of the canonical form from κ_0 to the threshold: [atan(L₂√(a/r)) + atan(L₁√(a/r))]/(α√(r·a)). */
  readonly windowPassage: number | undefined
  /** ∫ dκ/(α·F) from κ_0 to the threshold: the flow's own time; undefined if a fixed point bars the way. */
  readonly flowPassage: number | undefined
  /**
   * The flow's own time plus ½·ln(F(1)/F(κ_0)): steps of α along a flow that changes by F' take that much more, to
   * first order in α. Undefined with `flowPassage`.
   */
  readonly stepwisePassage: number | undefined
}

/** Most steps of an observation. */
const mostSteps = 10_000

/** Of the flow's passage; F as small as 1e-9, a passage of 10⁵ time constants, is known no better. */
const accuracy = 1e-6

/**
 * Observed and predicted switching steps of a rank-one network from its initial state.
 * @param leak α of the network: one step is α time constants
 */
export function switchingSteps(parameters: RankOneParameters, leak: number): SwitchingSteps {
  const { ghost, fixedPoints, start } = latentPortrait(parameters, leak)
  const barred =
    start >= readoutThreshold ||
    latentFlow(parameters, start).flow <= 0 ||
    fixedPoints.some(({ x }) => start < x && x <= readoutThreshold)
  const speedAt = (kappa: number) => latentFlow(parameters, kappa).flow
  const flowPassage = barred
    ? undefined
    : integral(kappa => 1 / speedAt(kappa), start, readoutThreshold, accuracy) / leak
  return {
    observed: switchingStep(parameters, leak),
    fullPassage: ghost?.dwellSteps,
    windowPassage:
      ghost &&
      windowPassageTime(ghost.speed, ghost.curvature, ghost.kappa - start, readoutThreshold - ghost.kappa) /
        leak,
    flowPassage,
    stepwisePassage:
      flowPassage === undefined
        ? undefined
        : flowPassage + Math.log(speedAt(readoutThreshold) / speedAt(start)) / 2,
  }
}

/** First step t = 1, 2, … with κ_t > 1, where the output is above one half; undefined if none up to `most`. */
export function switchingStep(
  parameters: RankOneParameters,
  leak: number,
  most = mostSteps,
): number | undefined {
  let kappa = initialKappa(parameters)
  for (let step = 1; step <= most; step++) {
    kappa += leak * latentFlow(parameters, kappa).flow
    if (kappa > readoutThreshold) return step
  }
  return undefined
}
