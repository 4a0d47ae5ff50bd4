import { type ClaimRule, type Finding, notRun } from '../experiments/claim.js'
import type { Experiment, Profile, RunSetting } from '../experiments/experiment.js'
import type { Outcome } from '../experiments/run-experiments.js'

/** A claim with its finding, and the figure and the seconds it comes from. */
export interface JudgedClaim extends ClaimRule, Finding {
  readonly figure: string
  /** Wall-clock seconds of the figure's experiment. */
  readonly seconds: number | undefined
}

/** One experiment of a reproduction, ended or not. */
export interface ReproducedFigure {
  readonly figure: string
  readonly title: string
  readonly status: Outcome['status'] | 'not run'
  /** Why it failed. */
  readonly error: string | undefined
  readonly seconds: number | undefined
  readonly settings: readonly RunSetting[]
  readonly claims: readonly JudgedClaim[]
}

/** Where and how a reproduction was made. */
export interface Provenance {
  readonly profile: Profile
  readonly version: string
  /** ISO 8601. */
  readonly date: string
  readonly machine: string
}

/** A reproduction as plain data: what `--json` prints. */
export interface Reproduction {
  readonly provenance: Provenance
  readonly seconds: number
  readonly figures: readonly ReproducedFigure[]
}

/** An experiment and how it ended, as a row of the reproduction. */
export function reproducedFigure(
  { figure, title, claims }: Experiment,
  outcome: Outcome | undefined,
): ReproducedFigure {
  const conclusion = outcome?.status === 'done' ? outcome.conclusion : undefined
  return {
    figure,
    title,
    status: outcome?.status ?? 'not run',
    error: outcome?.status === 'failed' ? outcome.error : undefined,
    seconds: outcome?.seconds,
    settings: conclusion?.settings ?? [],
    claims: claims.map(rule => ({
      ...rule,
      ...(conclusion?.findings[rule.id] ?? notRun),
      figure,
      seconds: conclusion && outcome?.seconds,
    })),
  }
}
