import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, URL } from 'node:url'
import { confidence, initialParameters, rate } from '../jobs.mjs'
import { firstDraws } from '../reference.mjs'
import { program } from './program.mjs'

export const missingCompiler = 'hand-written C: no C compiler; apt-get install gcc libc6-dev'

export function findCompiler() {
  return ['gcc', 'cc', 'clang'].find(name => spawnSync(name, ['--version']).status === 0)
}

const flags = ['-O3', '-march=native', '-fopenmp-simd']
const source = name => fileURLToPath(new URL(`../peers/${name}.c`, import.meta.url))

/** Hand-written C, compiled for this machine; undefined for a job it does not do: drawing noise. */
export async function handWritten(compiler, job, epochs, turns) {
  if (job.model.noise > 0) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'ghostpoint-bench-'))
  const binary = join(folder, 'peer')
  const { name, defines, args, input } = job.kind === 'rank-one' ? rankOne(job) : recurrent(job)
  try {
    const built = spawnSync(compiler, [...flags, ...defines, '-o', binary, source(name), '-lm'], {
      stdio: ['ignore', 2, 2],
    })
    if (built.status !== 0) throw new Error(`${compiler} cannot compile ${name}.c`)
    return await program('C', binary, [...args, epochs, turns].map(String), input)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function rankOne(job) {
  const { neurons, leak } = job.model
  const delay = job.task.steps / 2
  return {
    name: 'rank-one',
    defines: [],
    args: [neurons, delay, rate, leak, confidence],
    input: [Float32Array.from(initialParameters(job))],
  }
}

function recurrent(job) {
  const { model, task, kind } = job
  const sizes = {
    NEURONS: model.neurons,
    RANK: model.rank === 'full' ? 0 : model.rank,
    DRIVEN: kind === 'driven' ? 1 : 0,
    TANH_OUTPUT: task.outputFunction === 'tanh' ? 1 : 0,
    TRIALS: task.trials,
    STEPS: task.steps,
  }
  return {
    name: 'recurrent',
    defines: Object.entries(sizes).map(([name, value]) => `-D${name}=${value}`),
    args: [rate, model.leak],
    input: [...taskNumbers(job), firstDraws(job).states],
  }
}

/** Parameters, targets, weights and inputs, as both peers read them. */
export function taskNumbers(job) {
  const { targets, weights, inputs } = job.task
  return [initialParameters(job), targets, weights, inputs ?? new Float64Array(targets.length)].map(values =>
    Float32Array.from(values),
  )
}
