// What finding ghosts costs: all slow points of a trained network, and a look at a rank-one network's flow at every epoch.
import { findSlowPoints } from '../../dist/dynamics/slow-points.js'
import {
  createTrainer,
  drivenViews,
  drivenWeights,
  followLatentFlow,
  stateFlow,
  TorchGenerator,
} from '../../dist/index.js'

/** Processor seconds that 500 searches among 100 neurons may take. */
export const mostSearchSeconds = 20
/** Processor seconds that 500,000 looks may take, training included. */
export const mostLookSeconds = 180

const [searches, epochs] = [500, 500_000]

/** Processor seconds of this thread's work. */
async function seconds(work) {
  const before = process.cpuUsage()
  const result = await work()
  const { user, system } = process.cpuUsage(before)
  return { result, seconds: (user + system) / 1e6 }
}

/** Slow points of a network of full rank that has learned cue discrimination, from two sets of random starts. */
async function search() {
  const model = { kind: 'driven', neurons: 100, rank: 'full', leak: 0.5, initialNoise: 0.1, noise: 0.01 }
  const [task, optimizer] = [{ kind: 'cue-discrimination' }, { kind: 'sgd', rate: 0.01 }]
  const trainer = await createTrainer({ model, task, optimizer, seed: 3, epochs: 3000 })
  trainer.advance(3000)
  const flow = stateFlow(drivenWeights(drivenViews(model, trainer.snapshot().parameters), model.leak))
  const starts = seed => {
    const generator = new TorchGenerator(seed)
    return Array.from({ length: searches }, () => Float64Array.from(generator.normal32(100), Math.tanh))
  }
  const [first, second] = [
    await seconds(() => findSlowPoints(flow, starts(1)).points),
    await seconds(() => findSlowPoints(flow, starts(2)).points),
  ]
  const apart = first.result.map(({ position }) =>
    Math.min(
      ...second.result.map(other => Math.hypot(...other.position.map((value, i) => value - position[i]))),
    ),
  )
  return {
    searches,
    points: first.result.length,
    pointsAgain: second.result.length,
    farthest: Math.max(...apart),
    seconds: Math.max(first.seconds, second.seconds),
  }
}

/** The latent flow of seed 40 at rate 0.003, taken apart at every epoch. */
async function look() {
  const settings = {
    model: { kind: 'rank-one' },
    task: { kind: 'delayed-activation' },
    optimizer: { kind: 'sgd', rate: 0.003 },
    seed: 40,
    epochs,
  }
  const alone = await createTrainer(settings)
  const training = await seconds(() => alone.advance(epochs))
  const trainer = await createTrainer(settings)
  const model = { neurons: 100, leak: 0.5 }
  const life = await seconds(() => followLatentFlow(trainer, { model, until: epochs, every: 1 }))
  return {
    looks: life.result.epoch.length,
    uncertain: life.result.uncertain.length,
    seconds: life.seconds,
    training: training.seconds,
  }
}

/** Both, one after the other. */
export async function dynamics() {
  return { search: await search(), look: await look() }
}
