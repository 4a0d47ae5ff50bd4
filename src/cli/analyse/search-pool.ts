import { Worker } from 'node:worker_threads'
import type { MinimumSearch } from '../../dynamics/minimise-speed.js'
import type { SlowPointSearch } from '../../dynamics/slow-points.js'
import { euclideanNorm } from '../../numerics/linear-algebra.js'
import type { AnalysedNetwork } from './analysed-network.js'
import type { SearchAnswer, SearchOrder, SearchWorkerData } from './search-worker.js'

/**
 * Searches for slow points in worker threads: one search of a large network takes minutes, in which this thread
 * must hear Ctrl-C.
 */
export interface SearchOptions {
  /** Worker threads at most. */
  readonly jobs: number
  readonly signal: AbortSignal
  readonly onProgress: (share: number) => void
}

export interface FinishedSearch extends SlowPointSearch {
  /** Number of searches that ended before an interruption. */
  readonly searched: number
}

/** d³ times the number of starts that is worth a thread of its own. */
const worthThread = 1e6
/** Into how many orders the starts are cut. */
const orders = 200
/** As `findSlowPoints` has them. */
const mostSteps = 200
const leastBound = 1000

/** The slow points that searches from the starts lead to; at an abort, those of the searches that have ended. */
export async function searchInWorkers(
  network: AnalysedNetwork,
  starts: readonly Float64Array[],
  { jobs, signal, onProgress }: SearchOptions,
): Promise<FinishedSearch> {
  const farthest = starts.reduce((most, start) => Math.max(most, euclideanNorm(start)), 1)
  const data: SearchWorkerData = { network, starts, limits: { bound: leastBound * farthest, mostSteps } }
  const searches: (MinimumSearch | undefined)[] = starts.map(() => undefined)
  let searched = 0
  const keep = (start: number, search: MinimumSearch) => {
    searches[start] = search
    searched += 1
    onProgress(searched / starts.length)
  }
  const size = Math.ceil(starts.length / orders)
  const waiting: SearchOrder[] = []
  for (let from = 0; from < starts.length; from += size) {
    waiting.push({ searchFrom: from, searchTo: Math.min(starts.length, from + size) })
  }
  const worth = Math.ceil((starts.length * (starts[0]?.length ?? 0) ** 3) / worthThread)
  const threads = Math.min(jobs, worth, waiting.length)
  const failure = new AbortController()
  const carrying = { signal: AbortSignal.any([signal, failure.signal]), keep }
  const work = Array.from({ length: threads }, () => carryOut(data, waiting, carrying))
  await Promise.all(work).finally(() => failure.abort())
  const describe: SearchOrder[] = [{ describe: searches }]
  const found = await carryOut(data, describe, {})
  if (found === undefined) throw new Error('the search for slow points ended without an answer')
  return { ...found, searched }
}

interface Carrying {
  readonly signal?: AbortSignal
  readonly keep?: (start: number, search: MinimumSearch) => void
}

/** One worker that carries out orders until none is left, or until an abort ends it. Returns its last description. */
function carryOut(
  workerData: SearchWorkerData,
  waiting: SearchOrder[],
  { signal, keep }: Carrying,
): Promise<SlowPointSearch | undefined> {
  return new Promise((resolve, reject) => {
    let last: SlowPointSearch | undefined
    const worker = new Worker(new URL('./search-worker.js', import.meta.url), { workerData })
    const end = () => {
      signal?.removeEventListener('abort', end)
      worker.terminate().then(() => resolve(last), reject)
    }
    const next = () => {
      const order = waiting.shift()
      if (order === undefined || signal?.aborted) end()
      else worker.postMessage(order)
    }
    worker.on('message', (answer: SearchAnswer) => {
      if ('search' in answer) return keep?.(answer.start, answer.search)
      last = answer.done
      next()
    })
    worker.on('error', reject)
    signal?.addEventListener('abort', end)
    next()
  })
}
