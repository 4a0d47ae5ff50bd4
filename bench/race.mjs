// One job: who takes part, whether they agree, and how long they take.
import { handWritten } from './contestants/c.mjs'
import { kernel, kernelTrainerOf, timer } from './contestants/kernel.mjs'
import { pytorch } from './contestants/pytorch.mjs'
import { tensorflow } from './contestants/tensorflow.mjs'
import { agreeing } from './reference.mjs'
import { epochsIn, median, medianRatio, quantile, takeTurns } from './timing.mjs'

/** Milliseconds of one turn of the kernel; the others do as many epochs, or the slow ones a share of them. */
const turnMilliseconds = 30
const slowShare = 1 / 50

/**
 * Times the kernel and its peers on one job, turn by turn.
 *
 * @param peers what was found: a C compiler, a Python with PyTorch, a folder with TensorFlow.js
 * @returns a row for each contestant: median, 10% and 90% quantiles of its microseconds per epoch, and the median
 *   over turns of its time over the kernel's
 */
export async function race(job, peers, turns) {
  const contestants = agreeing(job, await takePart(job, peers, turns))
  try {
    const times = await takeTurns(contestants, turns)
    return contestants.map(({ name }, index) => ({
      job: job.name,
      name,
      median: median(times[index]),
      low: quantile(times[index], 0.1),
      high: quantile(times[index], 0.9),
      ofKernel: medianRatio(times[index], times[0]),
    }))
  } finally {
    for (const one of contestants) one.close()
  }
}

async function takePart(job, { compiler, python, tensorflowFolder }, turns) {
  const probe = await kernelTrainerOf(job)
  for (let warming = 0; warming < 20; warming++) probe.advance(1)
  const epochs = await epochsIn(turnMilliseconds, timer(probe, 10))
  const few = Math.ceil(epochs * slowShare)
  const found = [await kernel(job, epochs)]
  if (compiler) found.push(await handWritten(compiler, job, epochs, turns))
  if (python) found.push(await pytorch(python, job, few, turns))
  if (tensorflowFolder) found.push(await tensorflow(tensorflowFolder, job, few))
  return found.filter(one => one !== undefined)
}
