import { describe, expect, it } from 'vitest'
import { counterNormals, type NoiseRow } from '../../src/numerics/counter-normals.js'

const origin: NoiseRow = { epoch: 0, step: 0, trial: 0 }

function row(seed: number, at: Partial<NoiseRow>, length: number): Float64Array {
  const normals = new Float64Array(length)
  counterNormals(seed, { ...origin, ...at }, normals)
  return normals
}

/** The mean of some function of the entries. */
function mean(values: Float64Array, of: (value: number, index: number) => number): number {
  return values.reduce((sum, value, i) => sum + of(value, i), 0) / values.length
}

/** Φ, by its own series and continued fraction: Φ(x) = ½ + φ(x)(x + x³/3 + x⁵/15 + …). */
function normalDistribution(x: number): number {
  if (Math.abs(x) > 6) return x > 0 ? 1 : 0
  let term = x
  let sum = x
  for (let k = 1; Math.abs(term) > 1e-17; k++) {
    term *= (x * x) / (2 * k + 1)
    sum += term
  }
  return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI)
}

const count = 200_000

describe('counter normals', () => {
  it('are standard normal by moments and by the Kolmogorov-Smirnov distance', () => {
    const normals = row(7, {}, count)
    // Standard errors of the moments of N normals: 1/√N, √(2/N), √(15/N), √(96/N).
    expect(Math.abs(mean(normals, z => z))).toBeLessThan(4 / Math.sqrt(count))
    expect(Math.abs(mean(normals, z => z ** 2) - 1)).toBeLessThan(4 * Math.sqrt(2 / count))
    expect(Math.abs(mean(normals, z => z ** 3))).toBeLessThan(4 * Math.sqrt(15 / count))
    expect(Math.abs(mean(normals, z => z ** 4) - 3)).toBeLessThan(4 * Math.sqrt(96 / count))
    const sorted = normals.slice().sort()
    const distance = sorted.reduce(
      (most, z, i) => Math.max(most, Math.abs(normalDistribution(z) - (i + 0.5) / count)),
      0,
    )
    expect(distance).toBeLessThan(1.95 / Math.sqrt(count))
  })

  it('are uncorrelated between neurons, steps, trials, epochs and seeds', () => {
    const normals = row(7, {}, count)
    const bound = 4.5 / Math.sqrt(count)
    for (const lag of [1, 2, 4, 8, 12, 16]) {
      expect(Math.abs(mean(normals.subarray(lag), (z, i) => z * normals[i]!))).toBeLessThan(bound)
    }
    const others = [
      row(7, { step: 1 }, count),
      row(7, { trial: 1 }, count),
      row(7, { epoch: 1 }, count),
      row(8, {}, count),
      row(7 + 2 ** 32, {}, count),
    ]
    for (const other of others) {
      expect(Math.abs(mean(normals, (z, i) => z * other[i]!))).toBeLessThan(bound)
      expect(Math.abs(mean(normals, (z, i) => (z * z - 1) * (other[i]! ** 2 - 1)))).toBeLessThan(3 * bound)
    }
  })

  it('are the same whenever asked for, and for a neuron whatever the number of neurons', () => {
    const at = { epoch: 31, step: 4, trial: 2 }
    const long = row(5, at, 100)
    row(6, at, 100)
    for (const length of [1, 5, 16, 17, 99]) expect(row(5, at, length)).toEqual(long.slice(0, length))
  })

  it.each([-1, 0.5, Number.NaN, 2 ** 53])('refuse the seed %d', seed => {
    expect(() => row(seed, {}, 1)).toThrow('counterNormals: seed must be a whole number from 0')
  })
})
