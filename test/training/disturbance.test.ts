import { describe, expect, it } from 'vitest'
import { type NoiseLevels, noiseSource } from '../../src/training/disturbance.js'

const levels: NoiseLevels = { neurons: 50, initialNoise: 0.3, noise: 0.01 }
const steps = 12

function spread(values: ArrayLike<number>): number {
  return Math.sqrt(Array.from(values).reduce((sum, value) => sum + value * value, 0) / values.length)
}

describe('the disturbance of a driven network', () => {
  it('starts trials from tanh(σ_r·N(0, 1)) and adds noise of spread σ, drawn anew each epoch', () => {
    const source = noiseSource(levels, steps, 3)
    const initials: number[] = []
    const noises: number[] = []
    for (let epoch = 0; epoch < 200; epoch++) {
      const { initial, noise } = source(epoch, epoch % 4)
      initials.push(...Array.from(initial, Math.atanh))
      noises.push(...noise!)
    }
    expect(initials).toHaveLength(10_000)
    expect(noises).toHaveLength(200 * 12 * 50)
    expect(spread(initials) / 0.3).toBeGreaterThan(1 - 4 / Math.sqrt(20_000))
    expect(spread(initials) / 0.3).toBeLessThan(1 + 4 / Math.sqrt(20_000))
    expect(spread(noises) / 0.01).toBeGreaterThan(0.99)
    expect(spread(noises) / 0.01).toBeLessThan(1.01)
    expect(new Set(initials).size).toBeGreaterThan(9990)
  })

  it('is the same for an epoch and trial whenever it is asked for', () => {
    const source = noiseSource(levels, steps, 3)
    const copy = () => structuredClone(source(17, 1))
    const first = copy()
    source(18, 0)
    expect(copy()).toEqual(first)
    expect(structuredClone(noiseSource(levels, steps, 3)(17, 1))).toEqual(first)
    expect(structuredClone(noiseSource(levels, steps, 4)(17, 1)).initial).not.toEqual(first.initial)
  })

  it('is none where its levels are 0', () => {
    const { initial, noise } = noiseSource({ neurons: 5, initialNoise: 0, noise: 0 }, steps, 3)(2, 1)
    expect(initial).toEqual(new Float64Array(5))
    expect(noise).toBeUndefined()
  })
})
