import { type ClaimRule, type Finding, notRun, type Verdict, verdictMeanings } from '../experiments/claim.js'
import type { Experiment, Profile, RunSetting } from '../experiments/experiment.js'
import type { Outcome } from '../experiments/run-experiments.js'

/** A claim with its finding, and the figure and the seconds it comes from. */
export interface JudgedClaim extends ClaimRule, Finding {
  readonly figure: string
  /** Seconds of computation of the figure's experiment. */
  readonly seconds: number | undefined
}

/** One experiment of a reproduction, ended or not. */
export interface ReproducedFigure {
  readonly figure: string
  readonly title: string
  readonly status: Outcome['status'] | 'not run'
  /** Why it failed. */
  readonly error: string | undefined
  /** Seconds of computation, in this run or the one that kept the part. */
  readonly seconds: number | undefined
  /** Parts, and how many of them an earlier run had finished. */
  readonly parts: number
  readonly kept: number
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
  /** Wall-clock seconds of this run. */
  readonly seconds: number
  readonly figures: readonly ReproducedFigure[]
  /** Figures that this run was not asked for. */
  readonly others: readonly OtherFigure[]
}

/** A figure that is no part of a reproduction. */
export interface OtherFigure {
  readonly figure: string
  /** Ids of its claims. */
  readonly claims: readonly string[]
}

/** What a reproduction leaves out; undefined if it has every figure. */
export function othersText(others: readonly OtherFigure[]): string | undefined {
  if (others.length === 0) return undefined
  const figures = others.map(({ figure }) => figure).join(', ')
  const claims = others.flatMap(({ claims }) => claims).join(', ')
  return `Not in this run: figure${others.length === 1 ? '' : 's'} ${figures} (claims ${claims}).`
}

/** The verdicts that some claims have, how many have each, and what it means. */
export function verdictCounts(claims: readonly JudgedClaim[]) {
  return (Object.keys(verdictMeanings) as Verdict[])
    .map(verdict => ({
      verdict,
      count: claims.filter(claim => claim.verdict === verdict).length,
      meaning: verdictMeanings[verdict],
    }))
    .filter(({ count }) => count > 0)
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
    parts: outcome?.parts ?? 0,
    kept: outcome?.kept ?? 0,
    settings: conclusion?.settings ?? [],
    claims: claims.map(rule => ({
      ...rule,
      ...(conclusion?.findings[rule.id] ?? notRun),
      figure,
      seconds: conclusion && outcome?.seconds,
    })),
  }
}

/** What a reproduction took, in words: this run's seconds and, where they differ, those of the computation. */
export function effortText({ figures, seconds }: Pick<Reproduction, 'figures' | 'seconds'>): string {
  const sum = (of: (figure: ReproducedFigure) => number) =>
    figures.reduce((total, figure) => total + of(figure), 0)
  const [kept, parts] = [sum(figure => figure.kept), sum(figure => figure.parts)]
  const run = `${seconds.toFixed(1)} s`
  if (kept === 0) return run
  const computed = sum(figure => figure.seconds ?? 0).toFixed(1)
  return `${run}; ${kept} of ${parts} parts from an earlier run, ${computed} s of computation in all`
}
