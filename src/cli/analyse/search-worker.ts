import { parentPort, workerData } from 'node:worker_threads'
import { carryOutOrder, type SearchAnswer, type SearchData, type SearchOrder } from './search-orders.js'

/** What a worker says: pieces of an order, then that it is carried out. */
export type WorkerAnswer = SearchAnswer | 'done'

const say = (answer: WorkerAnswer) => parentPort?.postMessage(answer)

parentPort?.on('message', (order: SearchOrder) => {
  // What the pool in search-pool.ts starts its workers with.
  carryOutOrder(workerData as SearchData, order, say)
  say('done')
})
