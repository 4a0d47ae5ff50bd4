// The networks in TensorFlow.js, eager: variables, `variableGrads` and an optimiser, as one writes it.
//
//   node tensorflow.mjs <folder with node_modules> <settings as JSON>  < the same numbers as recurrent.c
//
// Prints and takes turns as recurrent.c does. One thread: the native binding if it is installed, else the
// WebAssembly backend, else the one in JavaScript.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const [folder, json] = process.argv.slice(2)
const settings = JSON.parse(json)
const { kind, neurons, rank, trials, steps, leak, rate, confidence, epochs, initialNoise, noise } = settings
const require = createRequire(join(folder, 'anything.js'))
const tf = await load()

async function load() {
  const native = tryRequire('@tensorflow/tfjs-node')
  if (native) return native
  const library = require('@tensorflow/tfjs')
  if (tryRequire('@tensorflow/tfjs-backend-wasm')) await library.setBackend('wasm')
  else await library.setBackend('cpu')
  await library.ready()
  return library
}

function tryRequire(name) {
  try {
    return require(name)
  } catch {
    return undefined
  }
}

const floats = settings.lengths.reduce((sum, length) => sum + length, 0)
const data = await read(4 * floats)
let taken = 0

/** The first bytes of standard input; what follows is left to be read by lines. */
async function read(bytes) {
  const buffer = Buffer.alloc(bytes)
  for (let filled = 0; filled < bytes; ) {
    const chunk = process.stdin.read(Math.min(bytes - filled, process.stdin.readableLength))
    if (chunk) filled += chunk.copy(buffer, filled)
    else await new Promise(resolve => process.stdin.once('readable', resolve))
  }
  return new Float32Array(buffer.buffer, buffer.byteOffset, bytes / 4)
}

function take(...shape) {
  const length = shape.reduce((product, side) => product * side, 1)
  taken += length
  return tf.tensor(data.slice(taken - length, taken), shape)
}

const variables = shapesOf().map(shape => tf.variable(take(...shape)))
const [targets, weights, inputs] = [1, 2, 3].map(() => take(trials, steps))
const firstState = take(trials, neurons)
const firstNoises = noise > 0 ? take(steps, trials, neurons) : undefined

/** The arrays in the order of the flat vector; vectors are columns or rows, as they are multiplied. */
function shapesOf() {
  const row = [1, neurons]
  if (kind === 'rank-one') return [row, [neurons, 1], row]
  const recurrent =
    rank === 0
      ? [[neurons, neurons]]
      : [
          [neurons, rank],
          [rank, neurons],
        ]
  if (kind === 'autonomous') return [...recurrent, row, [neurons, 1], [1]]
  return [row, row, ...recurrent, [rank === 0 ? neurons : rank, 1], [1]]
}

function step(state, drive) {
  return tf.add(tf.mul(state, 1 - leak), tf.mul(tf.tanh(drive), leak))
}

function rankOne(state) {
  const [m, n, b] = variables
  const outputs = []
  let kappa = tf.matMul(state, n)
  for (let t = 0; t < steps; t++) {
    state = step(state, tf.add(tf.mul(kappa, m), b))
    kappa = tf.matMul(state, n)
    outputs.push(tf.sigmoid(tf.mul(tf.sub(kappa, 1), confidence)))
  }
  return outputs
}

function autonomous(state) {
  const [first, second] = variables
  const [b, readOut, bias] = variables.slice(-3)
  const outputs = []
  for (let t = 0; t < steps; t++) {
    const recurrent = rank === 0 ? tf.matMul(state, first) : tf.matMul(tf.matMul(state, first), second)
    state = step(state, tf.add(recurrent, b))
    outputs.push(tf.sigmoid(tf.add(tf.matMul(state, readOut), bias)))
  }
  return outputs
}

function driven(state, noises) {
  const [inputWeights, inputBias, first, second] = variables
  const [readOut, bias] = variables.slice(-2)
  const outputs = []
  for (let t = 0; t < steps; t++) {
    const latent = rank === 0 ? state : tf.matMul(state, first)
    const read = tf.add(tf.matMul(latent, readOut), bias)
    outputs.push(settings.tanhOutput ? tf.tanh(read) : tf.sigmoid(read))
    const recurrent = tf.matMul(latent, rank === 0 ? first : second)
    let drive = tf.add(tf.add(tf.mul(inputs.slice([0, t], [-1, 1]), inputWeights), inputBias), recurrent)
    if (noise > 0) {
      const drawn = noises
        ? noises.slice([t, 0, 0], [1, -1, -1]).reshape([trials, neurons])
        : tf.mul(tf.randomNormal([trials, neurons]), noise)
      drive = tf.add(drive, drawn)
    }
    state = step(state, drive)
  }
  return outputs
}

const network = { 'rank-one': rankOne, autonomous, driven }[kind]
const optimizer = tf.train.sgd(rate)

function epoch(given, noises) {
  return tf.tidy(() => {
    const state =
      given ?? (initialNoise ? tf.tanh(tf.mul(tf.randomNormal([trials, neurons]), initialNoise)) : firstState)
    const { value, grads } = tf.variableGrads(() => {
      const outputs = tf.concat(network(state, noises), 1)
      // Trial by trial: its float32 sum of very many terms is not accurate enough.
      return tf.sum(tf.sum(tf.mul(weights, tf.square(tf.sub(outputs, targets))), 1))
    }, variables)
    const squares = Object.values(grads).map(gradient => tf.sum(tf.square(gradient)))
    optimizer.applyGradients(grads)
    return [value.dataSync()[0], Math.sqrt(squares.reduce((sum, square) => sum + square.dataSync()[0], 0))]
  })
}

process.stdout.write(`${epoch(firstState, firstNoises).join(' ')}\n`)
for await (const _ of createInterface({ input: process.stdin })) {
  const start = process.cpuUsage()
  for (let i = 0; i < epochs; i++) epoch()
  const { user, system } = process.cpuUsage(start)
  process.stdout.write(`${(user + system) / epochs}\n`)
}
