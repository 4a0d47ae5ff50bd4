/**
 * Random numbers as PyTorch's CPU generator draws them, so that a seed means here what it means there.
 *
 * Everything comes from one stream of 32-bit words (MT19937), and the order in which the words are spent is
 * part of the result:
 *
 * - A float32 uniform takes one word, of which the low 24 bits count. A float64 uniform takes two, the high
 *   half first, of which the low 53 bits count. Scaling to [low, high) is one fused multiply-add in the type
 *   of the draw.
 * - 16 normals or more: the array is filled with uniforms in order, then each whole block of 16 is turned into
 *   normals where it stands (Box-Muller): of a block u, 1 - u[j] makes the radius and u[j + 8] the angle of
 *   normals j and j + 8, for j < 8. If the length is no multiple of 16, the last 16 places are filled again
 *   with 16 *new* uniforms and turned; finished normals are overwritten there.
 * - Fewer than 16 normals: one at a time and in float64 whatever the type. Two float64 uniforms (four words)
 *   make two normals, the first uniform the angle and the second the radius; the cosine is returned, the sine
 *   kept for the next such draw. The kept normal outlasts every other draw and serves both types; only
 *   `manualSeed` drops it.
 *
 * float32 draws agree with PyTorch 1.13 (its AVX2 build on x86-64) in every bit; blocks use the polynomials of
 * `float32.ts`. float64 normals, and the short float32 draws that go through them, use this engine's
 * `Math.log`, `Math.sin` and `Math.cos`; where those differ from the C library's by a last bit, so does the
 * float64 normal (in float32 that shows in fewer than one draw in 10^9). PyTorch 2 and later take `log1p(-u)` for
 * the short draws, a difference of the same kind.
 */
import { cos32, fma32, log32, sin32 } from './float32.js'
import { fma64 } from './float64.js'
import { MersenneTwister, type MersenneTwisterState } from './mersenne-twister.js'
import { argumentError, requireFinite } from './require-number.js'

const BLOCK = 16
const HALF_BLOCK = 8
/** Bounds and moments beyond this would overflow inside {@link fma64}, and are refused. */
const LARGEST = 1e290
const TWO_PI = 2 * Math.PI
const TWO_PI_32 = Math.fround(TWO_PI)

/** The whole state of a {@link TorchGenerator}, as plain data that survives JSON. */
export interface TorchGeneratorState extends MersenneTwisterState {
  /** The standard normal kept from the last short draw, if there is one. */
  readonly cachedNormal: number | null
}

/** PyTorch's CPU random generator. The essay at the head of this file gives the order of the draws. */
export class TorchGenerator {
  readonly #engine: MersenneTwister
  #cachedNormal: number | null = null

  /**
   * `torch.Generator().manual_seed(seed)`. PyTorch uses the low 32 bits of the seed. Throws a RangeError if
   * `seed` is not an integer from 0 to 2^53 - 1.
   */
  constructor(seed: number) {
    this.#engine = new MersenneTwister(seed)
  }

  /** Starts anew as if just constructed: the kept normal is dropped too. Throws as the constructor does. */
  manualSeed(seed: number): void {
    this.#engine.seed(seed)
    this.#cachedNormal = null
  }

  /** The next word of the stream: an unsigned 32-bit integer. */
  word(): number {
    return this.#engine.word()
  }

  /**
   * Uniform float32 draws, as `torch.empty(n).uniform_(low, high)`: a new array of that length, or `target`
   * filled. `low` and `high` are rounded to float32 first; rounding can give `high` itself. Throws a
   * RangeError for a length that is not a non-negative integer and for bounds that are out of order or not
   * finite in float32.
   */
  uniform32(target: number | Float32Array, low = 0, high = 1): Float32Array {
    const out = typeof target === 'number' ? new Float32Array(checkedLength(target)) : target
    const low32 = Math.fround(low)
    const range = Math.fround(Math.fround(high) - low32)
    checkBounds(low, high, range)
    for (let i = 0; i < out.length; i++) out[i] = fma32(this.#unit32(), range, low32)
    return out
  }

  /**
   * Uniform float64 draws, as `torch.empty(n, dtype=torch.float64).uniform_(low, high)`. Throws as
   * {@link uniform32} does, with bounds up to 1e290.
   */
  uniform64(target: number | Float64Array, low = 0, high = 1): Float64Array {
    const out = typeof target === 'number' ? new Float64Array(checkedLength(target)) : target
    const range = high - low
    checkBounds(low, high, range)
    for (let i = 0; i < out.length; i++) out[i] = fma64(this.#unit64(), range, low)
    return out
  }

  /**
   * Normal float32 draws, as `torch.empty(n).normal_(mean, std)`, and `torch.randn(n)` by default: a new
   * array of that length, or `target` filled. Throws a RangeError for a length that is not a non-negative
   * integer, and for a mean or a standard deviation that is not finite (up to 1e290) or, of the latter,
   * negative.
   */
  normal32(target: number | Float32Array, mean = 0, std = 1): Float32Array {
    const out = typeof target === 'number' ? new Float32Array(checkedLength(target)) : target
    checkNormal(mean, std)
    if (out.length < BLOCK) return this.#shortNormals(out, mean, std)
    const mean32 = Math.fround(mean)
    const std32 = Math.fround(std)
    drawInBlocks(
      out.length,
      from => this.uniform32(out.subarray(from)),
      from => turnBlock32(out, from, mean32, std32),
    )
    return out
  }

  /** Normal float64 draws, as `torch.empty(n, dtype=torch.float64).normal_(mean, std)`. Throws as {@link normal32}. */
  normal64(target: number | Float64Array, mean = 0, std = 1): Float64Array {
    const out = typeof target === 'number' ? new Float64Array(checkedLength(target)) : target
    checkNormal(mean, std)
    if (out.length < BLOCK) return this.#shortNormals(out, mean, std)
    drawInBlocks(
      out.length,
      from => this.uniform64(out.subarray(from)),
      from => turnBlock64(out, from, mean, std),
    )
    return out
  }

  /** A copy of the whole state; {@link restore} continues from it bit for bit. */
  snapshot(): TorchGeneratorState {
    return { ...this.#engine.snapshot(), cachedNormal: this.#cachedNormal }
  }

  /** Continues from `state`. Throws a RangeError if it is not a state of this generator, and is then unchanged. */
  restore(state: TorchGeneratorState): void {
    const { cachedNormal } = state
    if (cachedNormal !== null) requireFinite('restore', 'cachedNormal', cachedNormal)
    this.#engine.restore(state)
    this.#cachedNormal = cachedNormal
  }

  #unit32(): number {
    return (this.#engine.word() & 0xffffff) * 2 ** -24
  }

  #unit64(): number {
    const high = this.#engine.word() & 0x1fffff
    return (high * 2 ** 32 + this.#engine.word()) * 2 ** -53
  }

  #shortNormals<T extends Float32Array | Float64Array>(out: T, mean: number, std: number): T {
    for (let i = 0; i < out.length; i++) out[i] = fma64(this.#standardNormal(), std, mean)
    return out
  }

  #standardNormal(): number {
    const cached = this.#cachedNormal
    if (cached !== null) {
      this.#cachedNormal = null
      return cached
    }
    const angle = TWO_PI * this.#unit64()
    const radius = Math.sqrt(-2 * Math.log(1 - this.#unit64()))
    this.#cachedNormal = radius * Math.sin(angle)
    return radius * Math.cos(angle)
  }
}

/** Runs `draw` (uniforms from a place to the end) and `turn` (16 uniforms to normals) in PyTorch's order. */
function drawInBlocks(length: number, draw: (from: number) => void, turn: (from: number) => void): void {
  draw(0)
  for (let from = 0; from + BLOCK <= length; from += BLOCK) turn(from)
  if (length % BLOCK === 0) return
  draw(length - BLOCK)
  turn(length - BLOCK)
}

function turnBlock32(values: Float32Array, from: number, mean: number, std: number): void {
  for (let i = from; i < from + HALF_BLOCK; i++) {
    const radius = Math.fround(Math.sqrt(-2 * log32(1 - values[i]!)))
    const angle = Math.fround(TWO_PI_32 * values[i + HALF_BLOCK]!)
    values[i] = fma32(Math.fround(radius * cos32(angle)), std, mean)
    values[i + HALF_BLOCK] = fma32(Math.fround(radius * sin32(angle)), std, mean)
  }
}

function turnBlock64(values: Float64Array, from: number, mean: number, std: number): void {
  for (let i = from; i < from + HALF_BLOCK; i++) {
    const radius = Math.sqrt(-2 * Math.log(1 - values[i]!))
    const angle = TWO_PI * values[i + HALF_BLOCK]!
    values[i] = fma64(radius * Math.cos(angle), std, mean)
    values[i + HALF_BLOCK] = fma64(radius * Math.sin(angle), std, mean)
  }
}

function checkedLength(length: number): number {
  if (Number.isSafeInteger(length) && length >= 0) return length
  throw argumentError('TorchGenerator', 'number of draws', 'a non-negative integer', length)
}

function checkBounds(low: number, high: number, range: number): void {
  if (-LARGEST <= low && low <= high && high <= LARGEST && Number.isFinite(range)) return
  throw argumentError('TorchGenerator', 'bounds', 'in order and finite', `${low} to ${high}`)
}

function checkNormal(mean: number, std: number): void {
  if (!(Math.abs(mean) <= LARGEST)) throw argumentError('TorchGenerator', 'mean', 'finite', mean)
  if (!(std >= 0 && std <= LARGEST))
    throw argumentError('TorchGenerator', 'std', 'non-negative and finite', std)
}
