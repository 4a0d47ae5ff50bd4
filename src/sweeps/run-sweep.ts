import { computeRun, type RunResult } from './compute-run.js'
import type { Run } from './expand-plan.js'
import type { RunDefinition } from './run-id.js'
import type { SweepStore } from './store.js'
import { type RunStatus, rowOfFailure, rowOfResult, type StoredRun } from './store-row.js'
import { startWorkerPool, type WorkerPool } from './worker-pool.js'

/** How far a sweep is; runs that were in the store before are not counted. */
export interface SweepProgress {
  readonly runs: number
  readonly done: number
  /** Runs done, and the shares done of those under way, over all runs. */
  readonly share: number
}

export interface SweepOptions {
  /** The plan's name, kept with every run. */
  readonly plan: string
  /** Worker threads; as many as cores unless given. */
  readonly jobs?: number | undefined
  /** Ends the sweep: runs under way are dropped, those done are kept. */
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: SweepProgress) => void) | undefined
  /** A run threw; the sweep goes on. */
  readonly onFailure?: ((run: Run, message: string) => void) | undefined
  readonly onNote?: ((text: string) => void) | undefined
}

/** What was computed, by status. */
export type SweepCounts = Readonly<Record<RunStatus, number>>

/**
 * Computes runs side by side and saves each as soon as it is done. A run that throws is recorded as failed.
 * @throws Error if the store cannot be written any more
 */
export async function runSweep(
  runs: readonly Run[],
  store: SweepStore,
  options: SweepOptions,
): Promise<SweepCounts> {
  const counts: Record<RunStatus, number> = { finished: 0, diverged: 0, failed: 0 }
  if (runs.length === 0) return counts
  const entry = new URL('./run-worker.js', import.meta.url)
  // A store that cannot be written any more stops the runs under way as well.
  const broken = new AbortController()
  const signal = AbortSignal.any([broken.signal, ...(options.signal ? [options.signal] : [])])
  const pool = await startWorkerPool<RunDefinition, RunResult>({
    ...options,
    entry,
    tasks: runs.length,
    signal,
  })
  const saver = new Saver(store, () => broken.abort())
  const tracker = new Tracker(runs.length, options.onProgress)
  const queue = runs.values()
  const lane = async () => {
    for (const run of queue) {
      if (signal.aborted) return
      const row = await compute(run, pool, options.plan, share => tracker.underWay(run.id, share)).catch(
        (error: unknown) => (signal.aborted ? undefined : rowOfFailure(options.plan, run, error)),
      )
      if (row === undefined) return
      saver.add(row)
      counts[row.status]++
      if (row.error !== null) options.onFailure?.(run, row.error)
      tracker.ended(run.id)
    }
  }
  try {
    await Promise.all(Array.from({ length: pool.threads }, lane))
  } finally {
    await pool.close()
    await saver.settled()
  }
  return counts
}

async function compute(
  run: Run,
  pool: WorkerPool<RunDefinition, RunResult>,
  plan: string,
  onProgress: (share: number) => void,
): Promise<StoredRun> {
  const { settings, lossAt } = run
  const task = { settings, lossAt }
  return rowOfResult(
    plan,
    run,
    await pool.run({ task, here: () => computeRun(task, onProgress), onProgress }),
  )
}

/** Saves rows one transaction after another, each with all that have come in during the last one. */
class Saver {
  private waiting: StoredRun[] = []
  private saving: Promise<void> | undefined
  private failure: { readonly error: unknown } | undefined

  constructor(
    private readonly store: SweepStore,
    private readonly onFailure: () => void,
  ) {}

  add(row: StoredRun): void {
    this.waiting.push(row)
    this.saving ??= this.saveAll()
  }

  /** @throws Error if a save failed */
  async settled(): Promise<void> {
    await this.saving
    if (this.failure !== undefined) throw this.failure.error
  }

  private async saveAll(): Promise<void> {
    while (this.waiting.length > 0 && this.failure === undefined) {
      const rows = this.waiting
      this.waiting = []
      try {
        await this.store.save(rows)
      } catch (error) {
        this.failure = { error }
        this.onFailure()
      }
    }
    this.saving = undefined
  }
}

/** Adds up how much is done. */
class Tracker {
  private readonly shares = new Map<string, number>()
  private done = 0

  constructor(
    private readonly runs: number,
    private readonly onProgress: SweepOptions['onProgress'],
  ) {}

  underWay(id: string, share: number): void {
    this.shares.set(id, share)
    this.report()
  }

  ended(id: string): void {
    this.shares.delete(id)
    this.done++
    this.report()
  }

  private report(): void {
    const { runs, done } = this
    const underWay = [...this.shares.values()].reduce((sum, share) => sum + share, 0)
    this.onProgress?.({ runs, done, share: Math.min(1, (done + underWay) / runs) })
  }
}
