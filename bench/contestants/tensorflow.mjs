import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { fileURLToPath, URL } from 'node:url'
import { confidence, rate } from '../jobs.mjs'
import { firstDraws } from '../reference.mjs'
import { taskNumbers } from './c.mjs'
import { program } from './program.mjs'

export const missingTensorflow =
  'TensorFlow.js: not installed; npm install --no-save @tensorflow/tfjs @tensorflow/tfjs-backend-wasm ' +
  '(or give a folder that has it: --tensorflow FOLDER)'

/** The folder from which TensorFlow.js can be required: the one given, or this project. */
export function findTensorflow(given) {
  const folder = given === undefined ? fileURLToPath(new URL('../..', import.meta.url)) : resolve(given)
  const { resolve: find } = createRequire(join(folder, 'anything.js'))
  for (const name of ['@tensorflow/tfjs-node', '@tensorflow/tfjs']) {
    try {
      find(name)
      return folder
    } catch {}
  }
  return undefined
}

/** TensorFlow.js, eager, as one writes it. */
export async function tensorflow(folder, job, epochs) {
  const { model, task, kind } = job
  const { states, noise } = firstDraws(job)
  const input = [...taskNumbers(job), states, noise]
  const settings = {
    kind,
    neurons: model.neurons,
    rank: typeof model.rank === 'number' ? model.rank : 0,
    leak: model.leak,
    trials: task.trials,
    steps: task.steps,
    tanhOutput: task.outputFunction === 'tanh',
    initialNoise: model.initialNoise ?? 0,
    noise: model.noise ?? 0,
    rate,
    confidence,
    epochs,
    lengths: input.map(({ length }) => length),
  }
  const script = fileURLToPath(new URL('../peers/tensorflow.mjs', import.meta.url))
  return program('TensorFlow.js', process.execPath, [script, folder, JSON.stringify(settings)], input)
}
