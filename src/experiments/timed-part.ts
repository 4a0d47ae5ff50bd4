import type { Experiment, PartContext } from './experiment.js'
import type { PartResult } from './part-cache.js'

/** Runs a part and measures the seconds it takes where it runs, without the time it waited for its turn. */
export async function timedPart(
  experiment: Experiment,
  part: string,
  context: PartContext,
): Promise<PartResult> {
  const started = performance.now()
  const result = await experiment.runPart(part, context)
  return { result, seconds: (performance.now() - started) / 1000 }
}
