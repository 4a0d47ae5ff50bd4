import { startWorkerPool } from '../sweeps/worker-pool.js'
import type { Experiment, PartContext } from './experiment.js'
import type { PartTask } from './part-worker.js'

/** Runs parts of experiments somewhere: in worker threads, or here. */
export interface PartPool {
  /** Rejects if the part fails or the signal aborts. */
  run(experiment: Experiment, part: string, context: PartContext): Promise<unknown>
  close(): Promise<void>
}

export interface PartPoolOptions {
  /** Worker threads; as many as cores unless given. */
  readonly jobs?: number | undefined
  /** Parts that are going to run. */
  readonly parts: number
  readonly signal?: AbortSignal | undefined
  /** Told if there are no workers, and why. */
  readonly onNote?: ((text: string) => void) | undefined
}

/** A pool of worker threads; without the optional package piscina, one part after another in this thread. */
export async function startPartPool({ parts, ...options }: PartPoolOptions): Promise<PartPool> {
  const entry = new URL('./part-worker.js', import.meta.url)
  const pool = await startWorkerPool<PartTask, unknown>({ ...options, entry, tasks: parts })
  return {
    run(experiment, part, context) {
      const { profile, onProgress } = context
      const task: PartTask = { figure: experiment.figure, part, profile }
      return pool.run({ task, here: () => experiment.runPart(part, context), onProgress })
    },
    close: () => pool.close(),
  }
}
