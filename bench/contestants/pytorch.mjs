import { spawnSync } from 'node:child_process'
import { fileURLToPath, URL } from 'node:url'
import { confidence, initialParameters, rate } from '../jobs.mjs'
import { firstDraws } from '../reference.mjs'
import { taskNumbers } from './c.mjs'
import { program } from './program.mjs'

export const missingPyTorch = 'PyTorch: no python3 that imports torch; apt-get install python3-torch'

/** The first Python that has PyTorch. */
export function findPyTorch() {
  return ['python3', '/usr/bin/python3'].find(
    name => spawnSync(name, ['-c', 'import torch, numpy'], { stdio: 'ignore' }).status === 0,
  )
}

const source = name => fileURLToPath(new URL(`../peers/${name}.py`, import.meta.url))

/** PyTorch, eager, as one writes it. */
export async function pytorch(python, job, epochs, turns) {
  const { model, task, kind } = job
  if (kind === 'rank-one') {
    const args = [model.neurons, task.steps / 2, rate, model.leak, confidence, epochs, turns].map(String)
    return program(
      'PyTorch',
      python,
      [source('rank_one'), ...args],
      [Float32Array.from(initialParameters(job))],
    )
  }
  const settings = {
    neurons: model.neurons,
    rank: model.rank === 'full' ? 0 : model.rank,
    leak: model.leak,
    driven: kind === 'driven',
    tanhOutput: task.outputFunction === 'tanh',
    trials: task.trials,
    steps: task.steps,
    initialNoise: model.initialNoise ?? 0,
    noise: model.noise ?? 0,
    rate,
    epochs,
    turns,
  }
  const { states, noise } = firstDraws(job)
  const input = [...taskNumbers(job), states, noise]
  return program('PyTorch', python, [source('recurrent'), JSON.stringify(settings)], input)
}
