import { Worker } from 'node:worker_threads'
import type { AnalysedNetwork } from '../../analysis/analysed-network.js'
import type { MinimumSearch } from '../../dynamics/minimise-speed.js'
import { type SlowPointSearch, searchLimits } from '../../dynamics/slow-points.js'
import type { GhostTrace } from '../../dynamics/trace-ghosts.js'
import { carryOutOrder, type SearchAnswer, type SearchData, type SearchOrder } from './search-orders.js'
import type { WorkerAnswer } from './search-worker.js'

/**
 * Searches for slow points, and for ghosts along trials, in worker threads: one search of a large network takes
 * minutes, in which this thread must hear Ctrl-C.
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

/** Searches that are worth a thread of their own, about a second's work: of d dimensions, each costs d³ and a little. */
const threadsFor = (searches: number, d = 0) => Math.floor((searches * (d ** 3 + 1000)) / 1e6)
/** Into how many orders the starts are cut. */
const orders = 200

/** The slow points that searches from the starts lead to; at an abort, those of the searches that have ended. */
export async function searchInWorkers(
  network: AnalysedNetwork,
  starts: readonly Float64Array[],
  { jobs, signal, onProgress }: SearchOptions,
): Promise<FinishedSearch> {
  const data = { network, starts, limits: searchLimits(starts), trials: [] }
  const searches: (MinimumSearch | undefined)[] = starts.map(() => undefined)
  let searched = 0
  const keep = (answer: SearchAnswer) => {
    if (!('search' in answer)) return
    searches[answer.start] = answer.search
    searched += 1
    onProgress(searched / starts.length)
  }
  const size = Math.ceil(starts.length / orders)
  const waiting: SearchOrder[] = []
  for (let from = 0; from < starts.length; from += size) {
    waiting.push({ searchFrom: from, searchTo: Math.min(starts.length, from + size) })
  }
  const threads = threadsFor(starts.length, starts[0]?.length)
  await carryOutAll(data, waiting, { jobs: Math.min(jobs, threads), signal, keep })
  let found: SlowPointSearch | undefined
  const describe: Carrying = {
    jobs: Math.min(1, threads),
    signal: new AbortController().signal,
    keep: answer => {
      if ('described' in answer) found = answer.described
    },
  }
  await carryOutAll(data, [{ describe: searches }], describe)
  if (found === undefined) throw new Error('the search for slow points ended without an answer')
  return { ...found, searched }
}

/** The ghosts along each of the trials `[trials][steps][d]`; undefined of those that an abort came before. */
export async function traceInWorkers(
  network: AnalysedNetwork,
  trials: readonly (readonly Float64Array[])[],
  { jobs, signal, onProgress }: SearchOptions,
): Promise<(GhostTrace | undefined)[]> {
  const traces: (GhostTrace | undefined)[] = trials.map(() => undefined)
  let ended = 0
  const keep = (answer: SearchAnswer) => {
    if (!('trace' in answer)) return
    traces[answer.trial] = answer.trace
    ended += 1
    onProgress(ended / trials.length)
  }
  const data = { network, starts: [], limits: searchLimits([]), trials }
  const waiting = trials.map((_, trace): SearchOrder => ({ trace }))
  const steps = trials.reduce((sum, { length }) => sum + length, 0)
  const threads = threadsFor(steps, trials[0]?.[0]?.length)
  await carryOutAll(data, waiting, { jobs: Math.min(jobs, threads), signal, keep })
  return traces
}

interface Carrying {
  /** Workers; 0 for none but this thread. */
  readonly jobs: number
  readonly signal: AbortSignal
  readonly keep: (answer: SearchAnswer) => void
}

/** Carries out orders, in workers that share the list; all end at an abort, or when one fails. */
async function carryOutAll(
  data: SearchData,
  waiting: SearchOrder[],
  { jobs, signal, keep }: Carrying,
): Promise<void> {
  if (jobs === 0) {
    for (const order of waiting) carryOutOrder(data, order, keep)
    return
  }
  const failure = new AbortController()
  const either = AbortSignal.any([signal, failure.signal])
  const threads = Math.min(jobs, waiting.length)
  const work = Array.from({ length: threads }, () => carryOut(data, waiting, { signal: either, keep }))
  await Promise.all(work).finally(() => failure.abort())
}

/**
 * One worker that carries out orders until none is left, or until an abort ends it; not before it has loaded its modules, at
 * which Node would abort as a whole.
 */
function carryOut(
  workerData: SearchData,
  waiting: SearchOrder[],
  { signal, keep }: Omit<Carrying, 'jobs'>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./search-worker.js', import.meta.url), { workerData })
    const end = () => {
      signal.removeEventListener('abort', end)
      worker.terminate().then(() => resolve(), reject)
    }
    const next = () => {
      const order = signal.aborted ? undefined : waiting.shift()
      if (order === undefined) end()
      else worker.postMessage(order)
    }
    worker.on('message', (answer: WorkerAnswer) => {
      if (answer === 'loaded') signal.addEventListener('abort', end)
      if (answer === 'loaded' || answer === 'done') next()
      else keep(answer)
    })
    worker.on('error', reject)
  })
}
