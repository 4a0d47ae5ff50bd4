/**
 * Philox4x32: random words as a pure function of a counter and a key. There is no state to advance, to save or
 * to share: word i of anything is had by asking for it, in any order and on any machine.
 *
 * A round multiplies two of the four counter words to 64 bits and mixes the halves with the others and the
 * key, which grows by a constant each round. Seven rounds are the fewest that pass all of BigCrush.
 * Source: Salmon, Moraes, Dror & Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
 */

const multipliers = [0xd2511f53, 0xcd9e8d57] as const
const keyIncrements = [0x9e3779b9, 0xbb67ae85] as const

/** Four words of 32 bits. */
export type PhiloxWords = readonly [number, number, number, number]

/** The four words at a counter; all words unsigned. */
export function philox4x32(counter: PhiloxWords, key: readonly [number, number], rounds = 7): PhiloxWords {
  let [c0, c1, c2, c3] = counter
  let [k0, k1] = key
  for (let round = 0; round < rounds; round++) {
    const high0 = highWord(multipliers[0], c0)
    const high1 = highWord(multipliers[1], c2)
    const low0 = Math.imul(multipliers[0], c0)
    const low1 = Math.imul(multipliers[1], c2)
    c0 = (high1 ^ c1 ^ k0) >>> 0
    c1 = low1 >>> 0
    c2 = (high0 ^ c3 ^ k1) >>> 0
    c3 = low0 >>> 0
    k0 = (k0 + keyIncrements[0]) >>> 0
    k1 = (k1 + keyIncrements[1]) >>> 0
  }
  return [c0, c1, c2, c3]
}

/** The upper 32 bits of the product of two words, from products of halves, each exact in a double. */
function highWord(a: number, b: number): number {
  const [aHigh, aLow, bHigh, bLow] = [a >>> 16, a & 0xffff, b >>> 16, b & 0xffff]
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16)
  const carry = (middle % 0x10000) + aLow * bHigh
  return (aHigh * bHigh + Math.floor(middle / 0x10000) + Math.floor(carry / 0x10000)) >>> 0
}
