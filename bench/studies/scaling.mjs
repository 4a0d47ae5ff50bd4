// How the kernel's time grows with each size, alone: microseconds per epoch, and the exponent p of time ∝ sizeᵖ
// fitted by least squares to the logarithms over the upper half of the sizes.

import { cueDiscrimination } from '../../dist/tasks/cue-discrimination.js'
import { delayedActivation } from '../../dist/tasks/delayed-activation.js'
import { kernelTrainerOf, timer } from '../contestants/kernel.mjs'
import { autonomous, driven, rankOne } from '../jobs.mjs'
import { epochsIn, median } from '../timing.mjs'

const leak = 0.5
const delay = steps => delayedActivation({ delay: steps / 2 })
const cues = trials => cueDiscrimination({ cue: 2, delay: 10, reaction: 10, trialsPerClass: trials / 2 })
const calm = { initialNoise: 0, noise: 0 }

const series = [
  {
    name: 'rank-one, N (40 steps)',
    sizes: [64, 128, 256, 512, 1024],
    job: neurons => rankOne({ neurons, leak }, delay(40)),
  },
  {
    name: 'rank-one, steps (N = 100)',
    sizes: [40, 160, 640, 2560],
    job: steps => rankOne({ neurons: 100, leak }, delay(steps)),
  },
  {
    name: 'autonomous, rank 5, N (40 steps)',
    sizes: [64, 128, 256, 512, 1024],
    job: neurons => autonomous({ neurons, rank: 5, leak }, delay(40)),
  },
  {
    name: 'autonomous, K (N = 100, 40 steps)',
    sizes: [1, 2, 5, 10, 20, 50, 100],
    job: rank => autonomous({ neurons: 100, rank, leak }, delay(40)),
  },
  {
    name: 'autonomous, full rank, N (40 steps)',
    sizes: [32, 64, 128, 256, 512, 1024],
    job: neurons => autonomous({ neurons, rank: 'full', leak }, delay(40)),
  },
  {
    name: 'autonomous, full rank, steps (N = 100)',
    sizes: [40, 160, 640, 2560],
    job: steps => autonomous({ neurons: 100, rank: 'full', leak }, delay(steps)),
  },
  {
    name: 'driven, rank 2, trials (N = 100, 22 steps)',
    sizes: [2, 8, 32, 128, 512, 2048],
    job: trials => driven({ neurons: 100, rank: 2, leak, ...calm }, cues(trials)),
  },
  {
    name: 'driven, full rank, trials (N = 100, 22 steps)',
    sizes: [2, 8, 32, 128, 512],
    job: trials => driven({ neurons: 100, rank: 'full', leak, ...calm }, cues(trials)),
  },
]

/** For each series: its sizes, times and fitted exponent. */
export async function scaling(turns) {
  const rows = []
  for (const { name, sizes, job } of series) {
    const times = []
    for (const size of sizes) times.push(await timeOf(job(size), turns))
    const from = Math.min(sizes.length >> 1, sizes.length - 3)
    rows.push({ name, sizes, times, exponent: slope(sizes.slice(from), times.slice(from)) })
  }
  return rows
}

async function timeOf(job, turns) {
  const trainer = await kernelTrainerOf(job)
  for (let warming = 0; warming < 5; warming++) trainer.advance(1)
  const epochs = await epochsIn(20, timer(trainer, 1))
  trainer.advance(epochs)
  const time = timer(trainer, epochs)
  const times = []
  for (let turn = 0; turn < turns; turn++) times.push(await time())
  return median(times)
}

/** Slope of log y over log x. */
function slope(x, y) {
  const [a, b] = [x, y].map(values => values.map(Math.log))
  const mean = values => values.reduce((sum, value) => sum + value, 0) / values.length
  const [meanA, meanB] = [mean(a), mean(b)]
  const covariance = mean(a.map((value, i) => (value - meanA) * (b[i] - meanB)))
  return covariance / mean(a.map(value => (value - meanA) ** 2))
}
