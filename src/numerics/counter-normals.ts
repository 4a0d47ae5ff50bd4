import { philox4x32 } from './philox.js'
import { argumentError } from './require-number.js'

/**
 * Standard normals for the noise of a training, each a pure function of (seed, epoch, step, trial, neuron):
 * a training continued from a snapshot, or cut into any pieces, sees the noise it would have seen.
 *
 * One Philox block makes four normals by two Box-Muller turns: words 0 and 2 the radii, words 1 and 3 the
 * angles. The blocks of a row of neurons are spread so that SIMD code that computes four of them at once, block
 * j = 4J + l in lane l, has whole vectors to store: normal i of that block is neuron 16J + 4i + l.
 */

/** Which row of noise: the counter of its blocks. All whole numbers from 0 to 2³² − 1. */
export interface NoiseRow {
  readonly epoch: number
  readonly step: number
  readonly trial: number
}

const lanes = 4
const normalsOfBlock = 4

/**
 * Fills `row` with the normals of its neurons.
 * @throws RangeError if `seed` is not a whole number from 0 to 2⁵³ − 1
 */
export function counterNormals(seed: number, { epoch, step, trial }: NoiseRow, row: Float64Array): void {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw argumentError('counterNormals', 'seed', 'a whole number from 0', seed)
  }
  const key = [seed % 2 ** 32, Math.floor(seed / 2 ** 32)] as const
  const perGroup = lanes * normalsOfBlock
  const blocks = lanes * Math.ceil(row.length / perGroup)
  for (let j = 0; j < blocks; j++) {
    const words = philox4x32([j, trial, step, epoch], key)
    const first = perGroup * Math.floor(j / lanes) + (j % lanes)
    for (let pair = 0; pair < 2; pair++) {
      const radius = Math.sqrt(-2 * Math.log(unit(words[2 * pair]!) + 2 ** -24))
      const angle = 2 * Math.PI * unit(words[2 * pair + 1]!)
      const neuron = first + 2 * lanes * pair
      if (neuron < row.length) row[neuron] = radius * Math.cos(angle)
      if (neuron + lanes < row.length) row[neuron + lanes] = radius * Math.sin(angle)
    }
  }
}

/** The upper 24 bits of a word as a number in [0, 1). */
function unit(word: number): number {
  return (word >>> 8) * 2 ** -24
}
