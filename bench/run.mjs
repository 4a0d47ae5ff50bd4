// Measures the kernels, in one run, one thread each, turn by turn, in processor time; and what is built on them.
//
//   npm run bench -- [parts] [--turns 15] [--only TEXT] [--tensorflow FOLDER] [--json]
//
// Parts: jobs (against PyTorch, hand-written C and TensorFlow.js, whichever are there), collapse, cores, memory,
// scaling, dynamics (finding ghosts), frames (of the lab, a few turns of wall time); all of them unless some are named.
// Only if named: recipes (the published way to figure 5's slow points, a quarter of an hour).
// Every contestant must first agree with the float64 reference.
import { parseArgs } from 'node:util'
import { findCompiler, missingCompiler } from './contestants/c.mjs'
import { findPyTorch, missingPyTorch } from './contestants/pytorch.mjs'
import { findTensorflow, missingTensorflow } from './contestants/tensorflow.mjs'
import { jobs } from './jobs.mjs'
import { race } from './race.mjs'
import { collapse, slowest } from './studies/collapse.mjs'
import { cores, leastSpeedUp } from './studies/cores.mjs'
import { dynamics, mostLookSeconds, mostSearchSeconds } from './studies/dynamics.mjs'
import { frames, lateFrom, mostTurns } from './studies/frames.mjs'
import { memory, mostBytes } from './studies/memory.mjs'
import { recipes } from './studies/recipes.mjs'
import { scaling } from './studies/scaling.mjs'
import {
  collapseTable,
  framesTable,
  machine,
  raceTable,
  recipesTable,
  scalingTable,
  timesTable,
} from './tables.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    turns: { type: 'string', default: '15' },
    only: { type: 'string', default: '' },
    tensorflow: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})
const turns = Number(values.turns)
const chosen = list => list.filter(({ name }) => name.includes(values.only))
const say = text => values.json || process.stdout.write(`${text}\n\n`)

const parts = {
  jobs: measureJobs,
  collapse: measureCollapse,
  cores: measureCores,
  memory: measureMemory,
  scaling: measureScaling,
  dynamics: measureDynamics,
  recipes: measureRecipes,
  frames: measureFrames,
}

async function measureJobs() {
  const peers = {
    compiler: findCompiler(),
    python: findPyTorch(),
    tensorflowFolder: findTensorflow(values.tensorflow),
  }
  if (!peers.compiler) say(missingCompiler)
  if (!peers.python) say(missingPyTorch)
  if (!peers.tensorflowFolder) say(missingTensorflow)
  const rows = []
  for (const job of chosen(jobs)) rows.push(...(await race(job, peers, turns)))
  say(raceTable(chosen(jobs), rows))
  say(timesTable(rows))
  return rows
}

async function measureCollapse() {
  const rows = await collapse(chosen, turns)
  say(
    `Collapsed networks; saturated ones at most ${slowest}× slower than healthy ones:\n${collapseTable(rows)}`,
  )
  return rows
}

async function measureCores() {
  const result = await cores(turns)
  const { speedUp, best } = result
  say(
    `Two trainings on two of ${result.cores} cores: ${speedUp.toFixed(2)}× one (best turn ${best.toFixed(2)}×), ` +
      `at least ${leastSpeedUp}×`,
  )
  return result
}

async function measureMemory() {
  const result = await memory()
  const { trainings, epochs, rowsEach, peak, growth } = result
  const megabytes = bytes => `${Math.round(bytes / 1e6)} MB`
  say(
    `${trainings} trainings of ${epochs} epochs, ${rowsEach} recorded each: ${megabytes(peak)} at most, ` +
      `${megabytes(growth)} of them for the trainings; allowed ${megabytes(mostBytes)}`,
  )
  return result
}

async function measureScaling() {
  const rows = await scaling(turns)
  say(`Growth, time ∝ size^exponent over the upper sizes:\n${scalingTable(rows)}`)
  return rows
}

async function measureDynamics() {
  const result = await dynamics()
  const { search, look } = result
  say(
    `${search.searches} searches for slow points among 100 neurons: ${search.seconds.toFixed(1)} s at most, allowed ${mostSearchSeconds} s; ` +
      `${search.points} points, ${search.pointsAgain} from other starts, ${search.farthest.toExponential(1)} apart at most`,
  )
  say(
    `${look.looks} looks at a latent flow, training included: ${look.seconds.toFixed(1)} s, allowed ${mostLookSeconds} s; ` +
      `${(look.seconds / look.training).toFixed(1)}× the training alone; ${look.uncertain} uncertain`,
  )
  return result
}

async function measureRecipes() {
  const rows = await recipes()
  say(`Slow points of figure 5 as published and as here:\n${recipesTable(rows)}`)
  return rows
}

async function measureFrames() {
  const rows = await frames(Math.min(turns, mostTurns))
  say(
    `Frames of the lab while a room trains as fast as it can; late: ${lateFrom} ms or more:\n${framesTable(rows)}`,
  )
  return rows
}

const wanted = positionals.length > 0 ? positionals : Object.keys(parts).filter(part => part !== 'recipes')
const unknown = wanted.find(part => !Object.hasOwn(parts, part))
if (unknown !== undefined || !(turns >= 1)) {
  process.stderr.write(`bench: parts are ${Object.keys(parts).join(', ')}; --turns a whole number from 1\n`)
  process.exit(2)
}
say(machine())
const results = {}
for (const part of wanted) results[part] = await parts[part]()
if (values.json) process.stdout.write(`${JSON.stringify({ machine: machine(), ...results })}\n`)
