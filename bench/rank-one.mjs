// Microseconds per epoch of the rank-one network (N = 100, 40 steps), one thread: the kernel, hand-written C
// and PyTorch, turn by turn, so that a busy machine slows them all. Each must first agree with the float64
// reference. `node bench/rank-one.mjs [--json] [--turns 40]`, after `node scripts/setup.mjs`.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath, URL } from 'node:url'
import { parseArgs } from 'node:util'
import { initialiseRankOne } from '../dist/models/rank-one.js'
import { TorchGenerator } from '../dist/numerics/torch-generator.js'
import { delayedActivation } from '../dist/tasks/delayed-activation.js'
import { rankOneKernelTrainer } from '../dist/training/rank-one-kernel.js'
import { rankOneReference } from '../dist/training/rank-one-reference.js'

const { values } = parseArgs({ options: { json: { type: 'boolean' }, turns: { type: 'string' } } })
const turns = Number(values.turns ?? 40)
const [delay, rate, confidence] = [20, 1e-4, 10]
const model = { neurons: 100, leak: 0.5 }
const task = delayedActivation({ delay })
const initial = initialiseRankOne(model, new TorchGenerator(40))
const peer = name => fileURLToPath(new URL(`peers/${name}`, import.meta.url))
const scratch = mkdtempSync(join(tmpdir(), 'ghostpoint-bench-'))

/** The kernel, at `parameters`. */
async function kernel(name, parameters) {
  const trainer = await rankOneKernelTrainer({ model, task, confidence, rate, initial: parameters })
  const first = trainer.advance(1)
  const time = async () => {
    const start = performance.now()
    trainer.advance(500)
    return (performance.now() - start) * 2
  }
  return { name, loss: first.loss[0], norm: first.gradientNorm[0], time, close: () => {} }
}

/** A peer in a process of its own: prints its first loss and gradient norm, then a time for each line sent. */
async function program(name, command, files, epochs) {
  const settings = [model.neurons, delay, rate, model.leak, confidence, epochs, turns].map(String)
  const child = spawn(command, [...files, ...settings], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const numbers = async () => ((await lines.next()).value ?? '').split(' ').map(Number)
  child.stdin.write(Buffer.from(Float32Array.from(initial).buffer))
  const [loss, norm] = await numbers()
  const time = async () => {
    child.stdin.write('\n')
    return (await numbers())[0]
  }
  return { name, loss, norm, time, close: () => child.stdin.end() }
}

async function candidates() {
  const found = [
    await kernel('kernel', initial),
    await kernel(
      'kernel, saturated',
      initial.map(value => 1000 * value),
    ),
  ]
  const binary = join(scratch, 'rank-one')
  const compile = ['-O3', '-march=native', '-o', binary, peer('rank-one.c'), '-lm']
  if (spawnSync('cc', compile).status === 0) found.push(await program('C', binary, [], 500))
  else process.stderr.write('no C compiler: apt-get install gcc\n')
  const python = '/usr/bin/python3'
  if (spawnSync(python, ['-c', 'import torch']).status === 0) {
    found.push(await program('PyTorch', python, [peer('rank_one.py')], 5))
  } else process.stderr.write('no PyTorch: apt-get install python3-torch\n')
  return found
}

/** Every candidate that starts at the same parameters measures the same there. */
function refuseDisagreement(found) {
  const gradient = new Float64Array(initial.length)
  const { loss } = rankOneReference(model, task, confidence).evaluate(initial, gradient)
  const norm = Math.hypot(...gradient)
  for (const one of found.filter(({ name }) => name !== 'kernel, saturated')) {
    if (Math.abs(one.loss / loss - 1) < 1e-5 && Math.abs(one.norm / norm - 1) < 1e-4) continue
    throw new Error(`${one.name}: loss ${one.loss}, gradient ${one.norm}; the reference: ${loss}, ${norm}`)
  }
}

try {
  const found = await candidates()
  refuseDisagreement(found)
  const times = found.map(() => [])
  for (let turn = 0; turn < turns; turn++) {
    for (const [i, one] of found.entries()) times[i].push(await one.time())
  }
  for (const one of found) one.close()
  const quantile = (sorted, share) => sorted[Math.floor(share * (sorted.length - 1))]
  const rows = found.map(({ name }, i) => {
    const sorted = times[i].toSorted((a, b) => a - b)
    const [low, median, high] = [0.1, 0.5, 0.9].map(share => quantile(sorted, share))
    return { name, median, low, high }
  })
  const table = rows.map(row => ({ ...row, 'of the kernel': row.median / rows[0].median }))
  if (values.json) process.stdout.write(`${JSON.stringify(table)}\n`)
  else console.table(table)
} finally {
  rmSync(scratch, { recursive: true })
}
