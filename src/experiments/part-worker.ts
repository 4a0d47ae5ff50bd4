import { inWorker } from '../sweeps/worker-pool.js'
import type { Profile } from './experiment.js'
import { experimentOf } from './registry.js'

/** A part to run in a worker thread. */
export interface PartTask {
  readonly figure: string
  readonly part: string
  readonly profile: Profile
}

/** The worker's entry: runs one part and returns its result, which is plain data. */
export const work = inWorker(({ figure, part, profile }: PartTask, onProgress) =>
  experimentOf(figure).runPart(part, { profile, onProgress }),
)
