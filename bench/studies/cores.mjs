// Two independent trainings on two cores against one: workers that share the compiled kernel module.
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { fileURLToPath, URL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { kernelModule } from '../../dist/kernel/kernel-module.js'
import { median } from '../timing.mjs'

/** What two cores must reach. */
export const leastSpeedUp = 1.7

const script = fileURLToPath(new URL('cores-worker.mjs', import.meta.url))

/**
 * How much more gets done: twice the wall time of a training alone over that of two at a time, median of turns.
 * A single training is timed before and after each pair, so that a busy machine slows both.
 */
export async function cores(turns) {
  const module = await kernelModule()
  const workers = [0, 1].map(() => new Worker(script, { workerData: { module } }))
  const train = async some => {
    const start = performance.now()
    await Promise.all(some.map(one => reply(one)))
    return performance.now() - start
  }
  await train(workers)
  const ratios = []
  for (let turn = 0; turn < turns; turn++) {
    const before = await train([workers[0]])
    const both = await train(workers)
    const after = await train([workers[1]])
    ratios.push((before + after) / both)
  }
  await Promise.all(workers.map(worker => worker.terminate()))
  return { cores: availableParallelism(), speedUp: median(ratios), best: Math.max(...ratios) }
}

async function reply(worker) {
  worker.postMessage('train')
  await once(worker, 'message')
}
