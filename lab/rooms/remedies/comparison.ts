import { mean } from '../../../src/numerics/statistics.js'
import type { Trace } from '../../work/trace.js'

/** By what the trainings of this room are judged; the rules of figures 6b and 8b. */

/** Figure 6b counts a network as learned below this share of its first loss. */
export const rankThreshold = 0.01

/** Figure 8b judges the accuracy of the last 50 of 100 epochs after the change … */
export const judged = { from: 50, to: 100 } as const
/** … by that of a silent network. */
export const silentAccuracy = 0.5

/** Mean accuracy over the judged epochs after a collapse; undefined while they are not all there. */
export function accuracyAfter(trace: Trace, collapse: number): number | undefined {
  const rows = Array.from({ length: judged.to - judged.from }, (_, i) =>
    trace.at(collapse + 1 + judged.from + i),
  )
  const accuracy = rows.flatMap(row => (row === undefined ? [] : [row.accuracy]))
  return accuracy.length === rows.length ? mean(accuracy) : undefined
}

/** Whether the last loss is below the share of the first that figure 6b asks for. */
export function learnedWell(loss: number, first: number): boolean {
  return loss < rankThreshold * first
}
