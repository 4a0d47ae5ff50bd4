import { setMaxListeners } from 'node:events'
import { availableParallelism } from 'node:os'
import { MessageChannel } from 'node:worker_threads'
import { kernelModule } from '../kernel/kernel-module.js'
import type { Experiment, PartContext } from './experiment.js'
import type { PartResult } from './part-cache.js'
import type { PartTask } from './part-worker.js'
import { timedPart } from './timed-part.js'

/** Runs parts of experiments somewhere: in worker threads, or here. */
export interface PartPool {
  /** Rejects if the part fails or the signal aborts. */
  run(experiment: Experiment, part: string, context: PartContext): Promise<PartResult>
  close(): Promise<void>
}

export interface PartPoolOptions {
  /** Worker threads; as many as cores unless given. */
  readonly jobs?: number | undefined
  /** Parts that are going to run: no use for more threads than that. */
  readonly parts: number
  readonly signal?: AbortSignal | undefined
  /** Told if there are no workers, and why. */
  readonly onNote?: ((text: string) => void) | undefined
}

/** A pool of worker threads; without the optional package piscina, one part after another in this thread. */
export async function startPartPool(options: PartPoolOptions): Promise<PartPool> {
  const { jobs = availableParallelism(), parts, signal, onNote } = options
  const piscina = await import('piscina').catch(() => undefined)
  if (piscina === undefined) {
    onNote?.('piscina is not installed, so only one core is used (npm install piscina)')
    return sequentialPool(signal)
  }
  // Every waiting part listens to it.
  if (signal !== undefined) setMaxListeners(0, signal)
  const threads = Math.min(jobs, parts)
  const pool = new piscina.Piscina({
    filename: new URL('./part-worker.js', import.meta.url).href,
    name: 'runPart',
    minThreads: threads,
    maxThreads: threads,
  })
  // Compiled once for all workers. A host without WebAssembly SIMD says so where a part needs a kernel.
  const kernels = await kernelModule().catch(() => undefined)
  // A worker that dies also rejects its task, which says it to whoever waits.
  pool.on('error', () => {})
  return {
    async run({ figure }, part, { profile, onProgress }) {
      const { port1, port2 } = new MessageChannel()
      port1.on('message', onProgress)
      try {
        const task: PartTask = { figure, part, profile, progress: port2, kernels }
        return await pool.run(task, { transferList: [port2], signal: signal ?? null })
      } finally {
        port1.close()
      }
    },
    close: () => pool.destroy(),
  }
}

/** Parts here, one after another. A part under way at an abort is no longer waited for. */
function sequentialPool(signal: AbortSignal | undefined): PartPool {
  const aborted = new Promise<never>((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  aborted.catch(() => {})
  let last: Promise<unknown> = Promise.resolve()
  return {
    run(experiment, part, context) {
      const next = last.then(() => {
        signal?.throwIfAborted()
        return timedPart(experiment, part, context)
      })
      last = next.catch(() => {})
      return Promise.race([next, aborted])
    },
    close: async () => {},
  }
}
