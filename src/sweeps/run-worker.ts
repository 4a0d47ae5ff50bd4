import { computeRun } from './compute-run.js'
import { inWorker } from './worker-pool.js'

/** The worker's entry: computes one run. */
export const work = inWorker(computeRun)
