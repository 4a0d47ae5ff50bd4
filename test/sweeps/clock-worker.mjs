import { setTimeout } from 'node:timers/promises'
import { inWorker } from '../../dist/sweeps/worker-pool.js'

/** Answers with the time, in milliseconds, at which it starts a task, and then is busy for 20. */
export const work = inWorker(async () => {
  const started = performance.timeOrigin + performance.now()
  await setTimeout(20)
  return started
})
