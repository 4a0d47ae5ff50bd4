// A collapsed network against a healthy one. WebAssembly cannot flush denormal numbers to zero, on which
// arithmetic is many times slower: a network whose states or gradients fade away must not be made of them.
import { kernelTrainerOf, timer } from '../contestants/kernel.mjs'
import { initialParameters, jobs } from '../jobs.mjs'
import { epochsIn, median, medianRatio, takeTurns } from '../timing.mjs'

/** How much slower a saturated network may be. */
export const slowest = 1.5

const states = [
  { state: 'healthy', scale: 1 },
  { state: 'saturated', scale: 1000 },
  { state: 'all zeros', scale: 0 },
]

/** For each job: microseconds per epoch of each state, and its time over that of the healthy one. */
export async function collapse(chosen, turns) {
  const rows = []
  for (const job of chosen(jobs)) {
    const timers = []
    for (const { scale } of states) {
      const initial = initialParameters(job).map(value => Math.fround(scale * value))
      const trainer = await kernelTrainerOf(job, initial)
      const epochs = await epochsIn(20, timer(trainer, 1))
      trainer.advance(epochs)
      timers.push({ time: timer(trainer, epochs) })
    }
    const times = await takeTurns(timers, turns)
    for (const [index, { state }] of states.entries()) {
      const ratio = medianRatio(times[index], times[0])
      rows.push({ job: job.name, state, median: median(times[index]), ofHealthy: ratio })
    }
  }
  return rows
}
