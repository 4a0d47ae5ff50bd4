import { describe, expect, it } from 'vitest'
import { type PhiloxWords, philox4x32 } from '../../src/numerics/philox.js'

/** Known answers published with the algorithm: Random123, kat_vectors. */
const known: readonly {
  readonly rounds: number
  readonly counter: PhiloxWords
  readonly key: readonly [number, number]
  readonly words: PhiloxWords
}[] = [
  {
    rounds: 7,
    counter: [0, 0, 0, 0],
    key: [0, 0],
    words: [0x5f6fb709, 0x0d893f64, 0x4f121f81, 0x4f730a48],
  },
  {
    rounds: 7,
    counter: [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    key: [0xffffffff, 0xffffffff],
    words: [0x5207ddc2, 0x45165e59, 0x4d8ee751, 0x8c52f662],
  },
  {
    rounds: 7,
    counter: [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    key: [0xa4093822, 0x299f31d0],
    words: [0x4dfccaba, 0x190a87f0, 0xc47362ba, 0xb6b5242a],
  },
  {
    rounds: 10,
    counter: [0, 0, 0, 0],
    key: [0, 0],
    words: [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
  },
  {
    rounds: 10,
    counter: [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    key: [0xffffffff, 0xffffffff],
    words: [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  },
  {
    rounds: 10,
    counter: [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    key: [0xa4093822, 0x299f31d0],
    words: [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  },
]

describe('Philox4x32', () => {
  it.each(known)('gives the published words, case %#', ({ rounds, counter, key, words }) => {
    expect(philox4x32(counter, key, rounds)).toEqual(words)
  })

  it('takes seven rounds unless told otherwise', () => {
    expect(philox4x32(known[2]!.counter, known[2]!.key)).toEqual(known[2]!.words)
  })
})
