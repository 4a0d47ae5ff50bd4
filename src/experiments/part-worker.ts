import { inWorker } from '../sweeps/worker-pool.js'
import type { Profile } from './experiment.js'
import { experimentOf } from './registry.js'
import { timedPart } from './timed-part.js'

/** A part to run in a worker thread. */
export interface PartTask {
  readonly figure: string
  readonly part: string
  readonly profile: Profile
}

/** The worker's entry: runs one part and returns its result, which is plain data, with its seconds. */
export const work = inWorker(({ figure, part, profile }: PartTask, onProgress) =>
  timedPart(experimentOf(figure), part, { profile, onProgress }),
)
