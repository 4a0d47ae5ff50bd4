import { argumentError } from './require-number.js'

const STATE_LENGTH = 624
const MIDDLE = 397
const TWIST_MATRIX = 0x9908b0df
const UPPER_BIT = 0x80000000
const LOWER_BITS = 0x7fffffff

/** The whole state of a {@link MersenneTwister}, as plain data. */
export interface MersenneTwisterState {
  /** The 624 unsigned 32-bit words of the state. */
  readonly words: readonly number[]
  /** How many of them have been given out since the last twist, 0 … 624. */
  readonly position: number
}

/**
 * MT19937, the 32-bit Mersenne Twister, seeded by `init_genrand`.
 *
 * Source: Matsumoto & Nishimura, ACM Trans. Model. Comput. Simul. 8 (1998), with the seeding of 2002. It is
 * the engine of PyTorch's CPU generator and of C++'s `std::mt19937`.
 */
export class MersenneTwister {
  readonly #words = new Int32Array(STATE_LENGTH)
  #position = STATE_LENGTH

  /** Throws a RangeError for a seed that is not an integer from 0 to 2^53 - 1; see {@link seed}. */
  constructor(seed: number) {
    this.seed(seed)
  }

  /** Starts anew from the low 32 bits of `seed`, an integer from 0 to 2^53 - 1 (else a RangeError). */
  seed(seed: number): void {
    if (!Number.isSafeInteger(seed) || seed < 0) {
      throw argumentError('MersenneTwister', 'seed', 'an integer from 0 to 2^53 - 1', seed)
    }
    const words = this.#words
    let previous = seed | 0
    words[0] = previous
    for (let i = 1; i < STATE_LENGTH; i++) {
      previous = (Math.imul(1812433253, previous ^ (previous >>> 30)) + i) | 0
      words[i] = previous
    }
    this.#position = STATE_LENGTH
  }

  /** The next word: an unsigned 32-bit integer. */
  word(): number {
    if (this.#position === STATE_LENGTH) this.#twist()
    let y = this.#words[this.#position++]!
    y ^= y >>> 11
    y ^= (y << 7) & 0x9d2c5680
    y ^= (y << 15) & 0xefc60000
    y ^= y >>> 18
    return y >>> 0
  }

  /** A copy of the state. */
  snapshot(): MersenneTwisterState {
    return { words: Array.from(this.#words, word => word >>> 0), position: this.#position }
  }

  /** Continues from `state`. Throws a RangeError if it is not a state of this generator. */
  restore(state: MersenneTwisterState): void {
    const { words, position } = state
    if (words.length !== STATE_LENGTH) {
      throw argumentError('restore', 'words', `${STATE_LENGTH} in number`, words.length)
    }
    const wrong = words.find(word => word !== word >>> 0)
    if (wrong !== undefined) throw argumentError('restore', 'words', 'unsigned 32-bit integers', wrong)
    if (!Number.isInteger(position) || position < 0 || position > STATE_LENGTH) {
      throw argumentError('restore', 'position', `an integer from 0 to ${STATE_LENGTH}`, position)
    }
    this.#words.set(words)
    this.#position = position
  }

  #twist(): void {
    const words = this.#words
    for (let i = 0; i < STATE_LENGTH; i++) {
      const next = words[i + 1 < STATE_LENGTH ? i + 1 : 0]!
      const far = words[i < STATE_LENGTH - MIDDLE ? i + MIDDLE : i + MIDDLE - STATE_LENGTH]!
      const joined = (words[i]! & UPPER_BIT) | (next & LOWER_BITS)
      words[i] = far ^ (joined >>> 1) ^ (next & 1 ? TWIST_MATRIX : 0)
    }
    this.#position = 0
  }
}
