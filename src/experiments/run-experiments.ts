import type { Conclusion, Experiment, Profile } from './experiment.js'
import { type PartPool, startPartPool } from './part-pool.js'

/** How an experiment ended, and after how many seconds of wall clock since the run began. */
export type Outcome =
  | { readonly status: 'done'; readonly conclusion: Conclusion; readonly seconds: number }
  | { readonly status: 'failed'; readonly error: string; readonly seconds: number }
  | { readonly status: 'interrupted'; readonly seconds: number }

export interface RunOptions {
  readonly profile: Profile
  /** Worker threads; as many as cores unless given. */
  readonly jobs?: number | undefined
  /** Stops the run: parts under way are dropped, experiments already done are kept. */
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
  const parts = experiments.reduce((sum, { partNames }) => sum + partNames.length, 0)
  const pool = await startPartPool({ ...options, parts })
  try {
    await Promise.all(experiments.map(experiment => runExperiment(experiment, pool, options)))
  } finally {
    await pool.close()
  }
}

async function runExperiment(experiment: Experiment, pool: PartPool, options: RunOptions): Promise<void> {
  const { profile, signal, onProgress, onOutcome } = options
  const started = performance.now()
  const seconds = () => (performance.now() - started) / 1000
  const shares = new Map(experiment.partNames.map(name => [name, 0]))
  const report = (name: string, share: number) => {
    // A part's own progress may arrive after its result.
    shares.set(name, Math.max(share, shares.get(name) ?? 0))
    const total = [...shares.values()].reduce((sum, value) => sum + value, 0)
    onProgress?.(experiment, total / shares.size)
  }
  const runPart = async (name: string) => {
    const result = await pool.run(experiment, name, {
      profile,
      onProgress: share => report(name, Math.min(share, 0.999)),
    })
    report(name, 1)
    return [name, result] as const
  }
  let outcome: Outcome
  try {
    const results = Object.fromEntries(await Promise.all(experiment.partNames.map(runPart)))
    outcome = { status: 'done', conclusion: experiment.conclude(results, profile), seconds: seconds() }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    outcome = signal?.aborted
      ? { status: 'interrupted', seconds: seconds() }
      : { status: 'failed', error: message, seconds: seconds() }
  }
  await onOutcome(experiment, outcome)
}
