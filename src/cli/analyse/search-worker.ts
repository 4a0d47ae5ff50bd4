import { parentPort, workerData } from 'node:worker_threads'
import { carryOutOrder, type SearchAnswer, type SearchData, type SearchOrder } from './search-orders.js'

/** What a worker says: that it has loaded; pieces of an order, then that it is carried out. */
export type WorkerAnswer = SearchAnswer | 'loaded' | 'done'

const say = (answer: WorkerAnswer) => parentPort?.postMessage(answer)

parentPort?.on('message', (order: SearchOrder) => {
  // What the pool in search-pool.ts starts its workers with.
  carryOutOrder(workerData as SearchData, order, say)
  say('done')
})

// A microtask: once this module has been evaluated.
queueMicrotask(() => say('loaded'))
