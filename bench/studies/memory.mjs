// Memory of a sweep: 900 trainings of 500,000 epochs in one process, with histories that are spaced by the
// logarithm of the epoch and dense around events. Every training has a kernel and is trained for a moment; the
// rest of its epochs are made up, with as many falls and collapses as a history keeps.
import { Recorder } from '../../dist/training/history.js'
import { kernelTrainerOf } from '../contestants/kernel.mjs'
import { jobs } from '../jobs.mjs'

/** Bytes that all may take. */
export const mostBytes = 1e9

const [trainings, epochs, stretchLength] = [900, 500_000, 10_000]

export async function memory() {
  const job = jobs.find(({ name }) => name === 'autonomous, rank 30')
  const before = process.memoryUsage().rss
  const kept = []
  let peak = before
  for (let index = 0; index < trainings; index++) {
    const trainer = await kernelTrainerOf(job)
    trainer.advance(2)
    kept.push({ history: madeUpHistory(job.task.silentLoss), parameters: trainer.parameters })
    peak = Math.max(peak, process.memoryUsage().rss)
  }
  const rows = kept.reduce((sum, { history }) => sum + history.epoch.length, 0)
  return { trainings, epochs, rowsEach: Math.round(rows / trainings), peak, growth: peak - before }
}

/** A loss that falls and collapses every 20,000 epochs. */
function madeUpHistory(silentLoss) {
  const recorder = new Recorder('log', { silentLoss })
  const column = () => new Float64Array(stretchLength)
  const [high, low] = [silentLoss, 0.001 * silentLoss].map(loss => ({
    loss: column().fill(loss),
    gradientNorm: column(),
    accuracy: column(),
  }))
  for (let firstEpoch = 0; firstEpoch < epochs; firstEpoch += stretchLength) {
    recorder.observe({ firstEpoch, ...((firstEpoch / stretchLength) % 2 ? low : high) })
  }
  return recorder.finish()
}
