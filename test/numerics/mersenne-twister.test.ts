import { describe, expect, it } from 'vitest'
import { MersenneTwister } from '../../src/numerics/mersenne-twister.js'

describe('the Mersenne Twister', () => {
  it('gives the published first words for the seed 5489', () => {
    const engine = new MersenneTwister(5489)
    const words = Array.from({ length: 5 }, () => engine.word())
    expect(words).toEqual([3499211612, 581869302, 3890346734, 3586334585, 545404204])
  })

  it('gives the ten-thousandth word that the C++ standard asks of mt19937', () => {
    const engine = new MersenneTwister(5489)
    for (let i = 1; i < 10_000; i++) engine.word()
    expect(engine.word()).toBe(4123659995)
  })

  it('takes the low 32 bits of the seed', () => {
    expect(new MersenneTwister(2 ** 40 + 5489).word()).toBe(3499211612)
    expect(new MersenneTwister(2 ** 53 - 1).word()).toBe(new MersenneTwister(2 ** 32 - 1).word())
  })

  it.each([-1, 0.5, 2 ** 53, Number.NaN, Infinity])('refuses the seed %s by name', seed => {
    expect(() => new MersenneTwister(seed)).toThrow(RangeError)
    expect(() => new MersenneTwister(seed)).toThrow(`seed must be an integer from 0 to 2^53 - 1, got ${seed}`)
  })
})
