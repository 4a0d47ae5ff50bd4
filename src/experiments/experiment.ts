import type { FigureContext } from '../figures/svg.js'
import type { ClaimRule, Finding } from './claim.js'

/** How much is run: reduced, with error bars, or as published. */
export const profiles = ['quick', 'standard', 'paper'] as const
export type Profile = (typeof profiles)[number]

/** What a part of an experiment is given. */
export interface PartContext {
  readonly profile: Profile
  /** Says how much of the part is done, from 0 to 1. */
  onProgress(share: number): void
}

/** One line of "what was run against what was published". */
export interface RunSetting {
  readonly setting: string
  readonly published: string
  readonly run: string
}

/** What an experiment comes to once all its parts are done. */
export interface Conclusion {
  /** The finding for each of the experiment's claims, by claim id. */
  readonly findings: Readonly<Record<string, Finding>>
  readonly settings: readonly RunSetting[]
  /** Draws the figure with the theme and the document it is given. */
  draw(context: FigureContext): SVGSVGElement
}

/**
 * One figure of the paper: independent parts that compute (each may run in a worker, so its result must be
 * plain data), and a conclusion that judges and draws. A part never draws; a conclusion never trains.
 */
export interface ExperimentDefinition<Parts> {
  /** The figure's number in the paper. */
  readonly figure: string
  readonly title: string
  readonly claims: readonly ClaimRule[]
  readonly parts: { readonly [Name in keyof Parts & string]: (context: PartContext) => Promise<Parts[Name]> }
  /** Whether a profile runs a part; every profile runs every part unless given. The result of one left out is missing. */
  runs?(part: string, profile: Profile): boolean
  conclude(parts: Parts, profile: Profile): Conclusion
}

/** An experiment whose parts are known by name alone, so that all experiments can be run alike. */
export interface Experiment {
  readonly figure: string
  readonly title: string
  readonly claims: readonly ClaimRule[]
  /** The parts that a profile runs. */
  partsOf(profile: Profile): readonly string[]
  /** @throws RangeError if there is no such part */
  runPart(name: string, context: PartContext): Promise<unknown>
  /** @param results the result of every part that the profile runs, by name */
  conclude(results: Readonly<Record<string, unknown>>, profile: Profile): Conclusion
}

/** Makes an experiment of its definition. */
export function defineExperiment<Parts>(definition: ExperimentDefinition<Parts>): Experiment {
  const { figure, title, claims } = definition
  const parts = new Map<string, (context: PartContext) => Promise<unknown>>(Object.entries(definition.parts))
  const partsOf = (profile: Profile) =>
    [...parts.keys()].filter(name => definition.runs?.(name, profile) ?? true)
  return {
    figure,
    title,
    claims,
    partsOf,
    async runPart(name, context) {
      const part = parts.get(name)
      if (part === undefined) throw new RangeError(`figure ${figure} has no part "${name}"`)
      return part(context)
    },
    conclude(results, profile) {
      const missing = partsOf(profile).filter(name => !(name in results))
      if (missing.length > 0) throw new RangeError(`figure ${figure}: no result of ${missing.join(', ')}`)
      // Each result is what the part of that name returned; only the type was lost on the way.
      return definition.conclude(results as Parts, profile)
    },
  }
}
