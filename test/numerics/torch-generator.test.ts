import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TorchGenerator } from '../../src/numerics/torch-generator.js'
import fixture from '../fixtures/torch-rng.json' with { type: 'json' }

const METHODS = ['uniform32', 'uniform64', 'normal32', 'normal64'] as const

const seeds = Object.entries(fixture.seeds).map(([seed, draws]) => ({ seed: Number(seed), draws }))

/** Bit for bit: numbers of a fixture are printed so that they read back exactly. */
function expectExactly(drawn: Float32Array | Float64Array, expected: readonly number[]): void {
  expect(Array.from(drawn)).toEqual(expected)
}

/**
 * float64 normals go through this engine's Math.log, Math.sin and Math.cos, which may differ from the C
 * library's by the last bit; no more than that is allowed for.
 */
function expectToTheLastBit(drawn: Float64Array, expected: readonly number[]): void {
  expect(drawn).toHaveLength(expected.length)
  drawn.forEach((value, i) => {
    const relativeError = Math.abs(value / expected[i]! - 1)
    expect(relativeError).toBeLessThanOrEqual(1e-15)
  })
}

describe.each(seeds)('PyTorch 1.13 with the seed $seed', ({ seed, draws }) => {
  it('gives the same words', () => {
    const generator = new TorchGenerator(seed)
    const words = draws.raw32.map(() => generator.word())
    expect(words).toEqual(draws.raw32)
    const lowWords = draws.randint_2pow32_int64_4
    expect(words.filter((_, i) => i % 2 === 1).slice(0, lowWords.length)).toEqual(lowWords)
  })

  it('gives the same draws of every kind in a row from one generator', () => {
    const generator = new TorchGenerator(seed)
    const expected = draws.sequence_one_generator
    expectExactly(generator.normal32(100), expected.randn100_a)
    expectExactly(generator.normal32(100), expected.randn100_b)
    expectExactly(generator.normal32(5), expected.randn5)
    expectExactly(generator.normal32(16), expected.randn16)
    expectExactly(generator.normal32(17), expected.randn17)
    expectExactly(generator.uniform32(7), expected.rand7)
    expectExactly(generator.normal32(1), expected.randn1_spare_from_randn5)
    expectExactly(generator.normal32(2), expected.randn2_then)
    expectExactly(generator.uniform64(3), expected.rand_double_3)
    expectToTheLastBit(generator.normal64(5), expected.randn_double_5)
    expectToTheLastBit(generator.normal64(20), expected.randn_double_20)
  })

  it('gives the same normals at every length from a fresh generator', () => {
    const expected = draws.fresh_generator
    const fresh = (length: number) => new TorchGenerator(seed).normal32(length)
    expectExactly(fresh(1), expected.randn1)
    expectExactly(fresh(5), expected.randn5)
    expectExactly(fresh(15), expected.randn15)
    expectExactly(fresh(16), expected.randn16)
    expectExactly(fresh(17), expected.randn17)
    expectExactly(fresh(31), expected.randn31)
    expectExactly(fresh(32), expected.randn32)
    expectExactly(fresh(33), expected.randn33)
    expectExactly(fresh(100), expected.randn100)
  })

  it('gives the same uniforms and float64 draws from a fresh generator', () => {
    const expected = draws.fresh_generator
    expectExactly(new TorchGenerator(seed).uniform32(7), expected.rand7)
    expectExactly(new TorchGenerator(seed).uniform64(3), expected.rand_double_3)
    expectToTheLastBit(new TorchGenerator(seed).normal64(5), expected.randn_double_5)
    expectToTheLastBit(new TorchGenerator(seed).normal64(20), expected.randn_double_20)
  })

  it('gives the same rank-one vectors when the draws are divided by √100 in float32', () => {
    const generator = new TorchGenerator(seed)
    const tenth = (value: number) => Math.fround(value / 10)
    expectExactly(generator.normal32(100).map(tenth), draws.rank_one_init_m)
    expectExactly(generator.normal32(100).map(tenth), draws.rank_one_init_n)
  })
})

describe('draws with a mean and a standard deviation', () => {
  it.each(fixture.normal_mean_std)('PyTorch gives the same for mean $mean and std $std', expected => {
    const generator = new TorchGenerator(0)
    const drawn = generator.normal32(1003, expected.mean, expected.std)
    expectExactly(drawn.subarray(0, 5), expected.first5_of_1003)
    expectExactly(drawn.subarray(-5), expected.last5_of_1003)
    expectExactly(generator.normal32(5, expected.mean, expected.std), expected.then_5)
  })

  it('a float64 uniform is scaled with one rounding, as in PyTorch', () => {
    // torch.empty(12, dtype=torch.float64).uniform_(-0.3, 0.9) after manual_seed(7), PyTorch 1.13; multiplying
    // and adding separately misses four of the twelve.
    expectExactly(
      new TorchGenerator(7).uniform64(12, -0.3, 0.9),
      [
        0.03525651588768479, 0.028432456382118776, 0.7345115537011505, 0.4880261167058416, 0.8070352409435846,
        0.7074544509148639, 0.05365452961546047, 0.37286591684658665, 0.6156520934545664, 0.6112286726559397,
        -0.22437465545570986, -0.23093300008435355,
      ],
    )
  })

  it('a float64 normal is scaled as in PyTorch', () => {
    // torch.empty(6, dtype=torch.float64).normal_(0.37, 1.3) after manual_seed(7), PyTorch 1.13.
    expectToTheLastBit(
      new TorchGenerator(7).normal64(6, 0.37, 1.3),
      [
        0.17916637326950624, 1.3919836883405965, 1.6008680917051434, -1.07864722763934, 2.5680271635325034,
        -0.7932762429244302,
      ],
    )
  })
})

type Draw = (generator: TorchGenerator) => number[]

const anyDraw: fc.Arbitrary<Draw> = fc
  .tuple(fc.constantFrom(...METHODS), fc.integer({ min: 0, max: 40 }))
  .map(
    ([method, length]) =>
      generator =>
        Array.from(generator[method](length)),
  )

const anySeed = fc.maxSafeNat()

/** Shows the kept normal, if any, and the place in the stream of words. */
const lastDraw: Draw = generator => [...generator.normal32(1), generator.word()]

describe('the state of a generator', () => {
  it('restored from a snapshot, in this or another generator, continues bit for bit', () => {
    const draws = fc.array(anyDraw, { maxLength: 12 })
    fc.assert(
      fc.property(anySeed, fc.nat(1500), draws, draws, (seed, words, before, after) => {
        const generator = new TorchGenerator(seed)
        for (let i = 0; i < words; i++) generator.word()
        for (const draw of before) draw(generator)
        const state = generator.snapshot()
        const expected = [...after, lastDraw].map(draw => draw(generator))
        const other = new TorchGenerator(0)
        other.restore(JSON.parse(JSON.stringify(state)))
        expect([...after, lastDraw].map(draw => draw(other))).toEqual(expected)
        generator.restore(state)
        expect([...after, lastDraw].map(draw => draw(generator))).toEqual(expected)
      }),
      { numRuns: 60 },
    )
  })

  it('a snapshot does not change when the generator goes on', () => {
    const generator = new TorchGenerator(3)
    generator.normal32(1)
    const state = generator.snapshot()
    const copy = structuredClone(state)
    generator.normal32(2000)
    expect(state).toEqual(copy)
  })

  it('manualSeed starts anew and drops the kept normal', () => {
    const generator = new TorchGenerator(40)
    generator.normal32(1)
    generator.manualSeed(0)
    expectExactly(generator.normal32(5), fixture.seeds[0].fresh_generator.randn5)
  })

  it('a draw of length zero draws nothing', () => {
    const generator = new TorchGenerator(0)
    for (const method of METHODS) generator[method](0)
    expect(generator.snapshot()).toEqual(new TorchGenerator(0).snapshot())
  })

  it('the kept normal serves both types', () => {
    const generator = new TorchGenerator(0)
    const expected = new TorchGenerator(0).normal32(2)
    generator.normal64(1)
    generator.normal64(16)
    expect(generator.normal32(1)[0]).toBe(expected[1])
  })

  it('a given array is filled as a new one would be', () => {
    const target = new Float32Array(33)
    expect(new TorchGenerator(3).normal32(target)).toBe(target)
    expectExactly(target, fixture.seeds[3].fresh_generator.randn33)
    const doubles = new Float64Array(3)
    expect(new TorchGenerator(3).uniform64(doubles)).toBe(doubles)
    expectExactly(doubles, fixture.seeds[3].fresh_generator.rand_double_3)
  })
})

describe('what a generator refuses', () => {
  const generator = new TorchGenerator(0)

  it.each([-1, 1.5, 2 ** 53, Number.NaN])('the seed %s', seed => {
    expect(() => new TorchGenerator(seed)).toThrow(RangeError)
    expect(() => generator.manualSeed(seed)).toThrow(
      `seed must be an integer from 0 to 2^53 - 1, got ${seed}`,
    )
  })

  it.each([-1, 1.5, Number.NaN, Infinity])('%s draws', length => {
    for (const method of METHODS) {
      expect(() => generator[method](length)).toThrow(
        new RangeError(`TorchGenerator: number of draws must be a non-negative integer, got ${length}`),
      )
    }
  })

  it('bounds that are out of order or not finite in the type of the draw', () => {
    expect(() => generator.uniform32(1, 1, 0)).toThrow('got 1 to 0')
    expect(() => generator.uniform64(1, Number.NaN, 0)).toThrow('got NaN to 0')
    expect(() => generator.uniform64(1, -1e291, 0)).toThrow('got -1e+291 to 0')
    expect(() => generator.uniform32(1, 0, 1e39)).toThrow('got 0 to 1e+39')
  })

  it('a negative or infinite spread, and a mean that is not finite', () => {
    expect(() => generator.normal32(1, 0, -1)).toThrow('std must be non-negative and finite, got -1')
    expect(() => generator.normal64(16, 0, Infinity)).toThrow('got Infinity')
    expect(() => generator.normal32(16, Number.NaN)).toThrow('mean must be finite, got NaN')
  })

  it('a state that is not one, and stays as it was', () => {
    const state = generator.snapshot()
    const { words } = state
    const wrong = [
      { ...state, words: words.slice(1) },
      { ...state, words: words.with(7, -1) },
      { ...state, words: words.with(7, 0.5) },
      { ...state, position: 625 },
      { ...state, position: -1 },
      { ...state, cachedNormal: Number.NaN },
    ]
    for (const bad of wrong)
      expect(() => generator.restore(bad)).toThrow(/^restore: (words|position|cachedNormal) must be /)
    expect(generator.snapshot()).toEqual(state)
  })
})
