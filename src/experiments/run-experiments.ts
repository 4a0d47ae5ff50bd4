import type { Conclusion, Experiment, Profile } from './experiment.js'
import type { PartAddress, PartCache, PartResult } from './part-cache.js'
import { type PartPool, startPartPool } from './part-pool.js'

/** What an experiment cost. */
export interface Effort {
  /** Seconds of computation: of each finished part where it ran, in this run or the one that kept it. */
  readonly seconds: number
  /** Parts that an earlier run had finished, of `parts`. */
  readonly kept: number
  readonly parts: number
}

/** How an experiment ended, and what it cost. */
export type Outcome = Effort &
  (
    | { readonly status: 'done'; readonly conclusion: Conclusion }
    | { readonly status: 'failed'; readonly error: string }
    | { readonly status: 'interrupted' }
  )

export interface RunOptions {
  readonly profile: Profile
  /** Worker threads; as many as cores unless given. */
  readonly jobs?: number | undefined
  /** Where results of parts are kept: those found there are not computed again. */
  readonly cache?: PartCache | undefined
  /** Stops the run: parts under way are dropped, parts already done are kept. */
  readonly signal?: AbortSignal | undefined
  /** The share of an experiment done, from 0 to 1. */
  readonly onProgress?: (experiment: Experiment, share: number) => void
  /** An experiment has ended. */
  readonly onOutcome: (experiment: Experiment, outcome: Outcome) => void | Promise<void>
  /** Something the user should know, e.g. that there are no workers. */
  readonly onNote?: ((text: string) => void) | undefined
}

/**
 * Runs experiments, all their parts side by side; each is concluded as soon as its own parts are done.
 * A part that fails fails its experiment alone.
 */
export async function runExperiments(experiments: readonly Experiment[], options: RunOptions): Promise<void> {
  const works = experiments.map(experiment => new Work(experiment, options))
  const parts = works.reduce((sum, { missing }) => sum + missing.length, 0)
  const pool = parts === 0 ? undefined : await startPartPool({ ...options, parts })
  try {
    await Promise.all(works.map(work => work.run(pool)))
  } finally {
    await pool?.close()
  }
}

/** One experiment under way. */
class Work {
  private readonly results = new Map<string, PartResult>()
  private readonly shares: Map<string, number>
  private readonly kept: number
  private readonly partNames: readonly string[]

  constructor(
    private readonly experiment: Experiment,
    private readonly options: RunOptions,
  ) {
    const partNames = experiment.partsOf(options.profile)
    this.partNames = partNames
    for (const name of partNames) {
      const found = options.cache?.load(this.addressOf(name))
      if (found !== undefined) this.results.set(name, found)
    }
    this.kept = this.results.size
    this.shares = new Map(partNames.map(name => [name, this.results.has(name) ? 1 : 0]))
  }

  /** Parts that have no result yet. */
  get missing(): string[] {
    return this.partNames.filter(name => !this.results.has(name))
  }

  /** Runs what is missing, concludes and tells the outcome. The pool is there if anything is missing. */
  async run(pool: PartPool | undefined): Promise<void> {
    const { experiment, options } = this
    if (this.kept > 0) this.tellProgress()
    let outcome: Outcome
    try {
      await Promise.all(this.missing.map(name => this.runPart(pool!, name)))
      const started = performance.now()
      const results = Object.fromEntries([...this.results].map(([name, { result }]) => [name, result]))
      const conclusion = experiment.conclude(results, options.profile)
      const effort = this.effort((performance.now() - started) / 1000)
      outcome = { status: 'done', conclusion, ...effort }
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      outcome = options.signal?.aborted
        ? { status: 'interrupted', ...this.effort() }
        : { status: 'failed', error: message, ...this.effort() }
    }
    await options.onOutcome(experiment, outcome)
  }

  private async runPart(pool: PartPool, name: string): Promise<void> {
    const { profile, cache } = this.options
    const onProgress = (share: number) => this.advance(name, Math.min(share, 0.999))
    const part = await pool.run(this.experiment, name, { profile, onProgress })
    this.results.set(name, part)
    cache?.store(this.addressOf(name), part)
    this.advance(name, 1)
  }

  private advance(name: string, share: number): void {
    // A part's own progress may arrive after its result.
    this.shares.set(name, Math.max(share, this.shares.get(name) ?? 0))
    this.tellProgress()
  }

  private tellProgress(): void {
    const total = [...this.shares.values()].reduce((sum, value) => sum + value, 0)
    this.options.onProgress?.(this.experiment, total / this.shares.size)
  }

  private effort(concluding = 0): Effort {
    const computed = [...this.results.values()].reduce((sum, { seconds }) => sum + seconds, 0)
    return { seconds: computed + concluding, kept: this.kept, parts: this.partNames.length }
  }

  private addressOf(part: string): PartAddress {
    return { figure: this.experiment.figure, part, profile: this.options.profile }
  }
}
