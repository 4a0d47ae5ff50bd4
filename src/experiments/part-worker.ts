import type { MessagePort } from 'node:worker_threads'
import { adoptKernelModule } from '../kernel/kernel-module.js'
import type { Profile } from './experiment.js'
import type { PartResult } from './part-cache.js'
import { experimentOf } from './registry.js'
import { timedPart } from './timed-part.js'

/** A part to run in a worker thread; progress goes back through the port. */
export interface PartTask {
  readonly figure: string
  readonly part: string
  readonly profile: Profile
  readonly progress: MessagePort
  /** The compiled kernels; undefined on a host that cannot have them. */
  readonly kernels: WebAssembly.Module | undefined
}

/** The worker's entry: runs one part and returns its result, which is plain data, with its seconds. */
export async function runPart({ figure, part, profile, progress, kernels }: PartTask): Promise<PartResult> {
  if (kernels !== undefined) adoptKernelModule(kernels)
  const onProgress = (share: number) => progress.postMessage(share)
  return timedPart(experimentOf(figure), part, { profile, onProgress })
}
