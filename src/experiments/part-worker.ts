import type { MessagePort } from 'node:worker_threads'
import type { Profile } from './experiment.js'
import { experimentOf } from './registry.js'

/** A part to run in a worker thread; progress goes back through the port. */
export interface PartTask {
  readonly figure: string
  readonly part: string
  readonly profile: Profile
  readonly progress: MessagePort
}

/** The worker's entry: runs one part and returns its result, which is plain data. */
export async function runPart({ figure, part, profile, progress }: PartTask): Promise<unknown> {
  const onProgress = (share: number) => progress.postMessage(share)
  return experimentOf(figure).runPart(part, { profile, onProgress })
}
