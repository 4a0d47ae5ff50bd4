import type { EventEmitter } from 'node:events'
import { availableParallelism } from 'node:os'
import { MessageChannel, type MessagePort, parentPort } from 'node:worker_threads'
import { adoptKernelModule, kernelModule } from '../kernel/kernel-module.js'

/**
 * Worker threads that share the compiled kernels; without the optional package piscina, this thread alone.
 *
 * Node aborts as a whole (SIGABRT, "Empty MaybeLocal") if a thread is ended while it loads modules. So every
 * worker says when it has loaded, and none is ended before.
 */

/** One task: sent to a worker, or done here where there are none. */
export interface Job<Task, Result> {
  /** Plain data. */
  readonly task: Task
  /** Does the same in this thread. */
  readonly here: () => Promise<Result>
  /** Told the share of the task that is done, from 0 to 1. */
  readonly onProgress: (share: number) => void
}

export interface WorkerPool<Task, Result> {
  /** Tasks that run at the same time. */
  readonly threads: number
  /** Tasks start in the order in which they are given. Rejects if the task fails or the signal aborts. */
  run(job: Job<Task, Result>): Promise<Result>
  close(): Promise<void>
}

export interface WorkerPoolOptions {
  /** Module whose export `work`, made by {@link inWorker}, does a task. */
  readonly entry: URL
  /** Worker threads; as many as cores unless given. */
  readonly jobs?: number | undefined
  /** How many tasks there will be: no use for more threads than that. */
  readonly tasks: number
  readonly signal?: AbortSignal | undefined
  /** Told if there are no workers, and why. */
  readonly onNote?: ((text: string) => void) | undefined
}

/** What a worker is sent. */
export interface WorkerMessage<Task> {
  readonly task: Task
  readonly progress: MessagePort
  /** Undefined on a host that cannot have them. */
  readonly kernels: WebAssembly.Module | undefined
}

const loaded = 'loaded'

/** Makes a worker's entry of a function from a task to its result, which is plain data. */
export function inWorker<Task, Result>(
  work: (task: Task, onProgress: (share: number) => void) => Promise<Result>,
): (message: WorkerMessage<Task>) => Promise<Result> {
  // A microtask: run once the entry, which calls this last, has been evaluated.
  queueMicrotask(() => parentPort?.postMessage(loaded))
  return ({ task, progress, kernels }) => {
    if (kernels !== undefined) adoptKernelModule(kernels)
    return work(task, share => progress.postMessage(share))
  }
}

/** Starts a pool. */
export async function startWorkerPool<Task, Result>(
  options: WorkerPoolOptions,
): Promise<WorkerPool<Task, Result>> {
  const { entry, jobs = availableParallelism(), tasks, signal, onNote } = options
  const piscina = await import('piscina').catch(() => undefined)
  if (piscina === undefined) {
    onNote?.('piscina is not installed, so only one core is used (npm install piscina)')
    return sequentialPool(signal)
  }
  const threads = Math.max(1, Math.min(jobs, tasks))
  const pool = new piscina.Piscina({
    filename: entry.href,
    name: 'work',
    minThreads: threads,
    maxThreads: threads,
    // Without it a task that finds all workers busy goes behind all others.
    stricterFIFO: true,
  })
  // A worker that dies also rejects its task, which says it to whoever waits.
  pool.on('error', () => {})
  const ready = allLoaded(pool, threads)
  // Rejects every task. To abort them one by one would start a new worker for each.
  const end = () => ready.then(() => pool.destroy())
  signal?.addEventListener('abort', end, { once: true })
  // Compiled once for all workers. A host without WebAssembly SIMD says so where a task needs a kernel.
  const kernels = await kernelModule().catch(() => undefined)
  return {
    threads,
    async run({ task, onProgress }) {
      signal?.throwIfAborted()
      const { port1, port2 } = new MessageChannel()
      port1.on('message', onProgress)
      const message: WorkerMessage<Task> = { task, progress: port2, kernels }
      try {
        return await pool.run(message, { transferList: [port2] })
      } catch (error) {
        throw signal?.aborted ? signal.reason : error
      } finally {
        port1.close()
      }
    },
    close: end,
  }
}

/** Resolves once all workers have loaded their modules, or one cannot. */
function allLoaded(pool: EventEmitter, threads: number): Promise<void> {
  return new Promise(resolve => {
    let missing = threads
    pool.on('message', text => {
      if (text === loaded && --missing === 0) resolve()
    })
    pool.once('error', () => resolve())
    pool.once('workerDestroy', () => resolve())
  })
}

/** Tasks here, one after another. A task under way at an abort is no longer waited for. */
function sequentialPool<Task, Result>(signal: AbortSignal | undefined): WorkerPool<Task, Result> {
  const aborted = new Promise<never>((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  aborted.catch(() => {})
  let last: Promise<unknown> = Promise.resolve()
  return {
    threads: 1,
    run({ here }) {
      const next = last.then(() => {
        signal?.throwIfAborted()
        return here()
      })
      last = next.catch(() => {})
      return Promise.race([next, aborted])
    },
    close: async () => {},
  }
}
