import { describe, expect, it } from 'vitest'
import type { NetworkWeights } from '../../src/dynamics/network-flow.js'
import { drawStarts, ownVisits } from '../../src/dynamics/visited-states.js'

/** Neurons that see nothing but a constant: x(t) = c̄ + (x(0) − c̄)(1 − α)ᵗ with c̄ = tanh(c). */
const unconnected: NetworkWeights = {
  recurrent: { left: undefined, right: new Float64Array(9) },
  constant: Float64Array.of(0.5, -1, 0),
  leak: 0.25,
}

describe('ownVisits', () => {
  it('keeps steps 0, 1, 2, 4 … of every run, of which the first starts at the initial state', () => {
    const visited = ownVisits(unconnected, -0.3, { runs: 4, seed: 1 })
    // 400 steps are 100 time constants: 0, 1, 2, 4, …, 256.
    const kept = [0, 1, 2, 4, 8, 16, 32, 64, 128, 256]
    expect(visited).toHaveLength(4 * kept.length)
    expect([...visited[0]!]).toEqual([-0.3, -0.3, -0.3])
    for (let run = 0; run < 4; run++) {
      const states = visited.slice(run * kept.length, (run + 1) * kept.length)
      for (const [i, step] of kept.entries()) {
        for (const [j, c] of unconnected.constant.entries()) {
          const expected = Math.tanh(c) + (states[0]![j]! - Math.tanh(c)) * 0.75 ** step
          expect(states[i]![j]).toBeCloseTo(expected, 12)
        }
      }
      if (run > 0) expect(states[0]!.every(value => Math.abs(value) <= 1 && value !== -0.3)).toBe(true)
    }
  })

  it('is a rank-one network’s when its weights come as two factors', () => {
    const [n, m] = [Float64Array.of(0.5, -1, 2), Float64Array.of(1, 0.3, -0.7)]
    const product = Float64Array.from({ length: 9 }, (_, i) => n[Math.floor(i / 3)]! * m[i % 3]!)
    const options = { runs: 3, seed: 5 }
    const factors = ownVisits({ ...unconnected, recurrent: { left: n, right: m } }, 0, options)
    const whole = ownVisits({ ...unconnected, recurrent: { left: undefined, right: product } }, 0, options)
    for (const [i, state] of whole.entries()) {
      for (const [j, value] of state.entries()) expect(factors[i]![j]).toBeCloseTo(value, 12)
    }
  })
})

describe('drawStarts', () => {
  const visited = [Float64Array.of(1, 1), Float64Array.of(-1, 3)]

  it('without noise draws visited states, each as often', () => {
    const starts = drawStarts(visited, { count: 1000, noise: 0, seed: 3 })
    const first = starts.filter(([x, y]) => x === 1 && y === 1).length
    const second = starts.filter(([x, y]) => x === -1 && y === 3).length
    expect(first + second).toBe(1000)
    // Five standard deviations of a fair coin.
    expect(Math.abs(first - 500)).toBeLessThan(80)
  })

  it('moves them by noise of the given spread, the same for the same seed', () => {
    const options = { count: 4000, noise: 0.2, seed: 3 }
    const starts = drawStarts(visited.slice(0, 1), options)
    const squares = starts.flatMap(start => [...start]).map(value => (value - 1) ** 2)
    const spread = Math.sqrt(squares.reduce((a, b) => a + b, 0) / squares.length)
    expect(Math.abs(spread / 0.2 - 1)).toBeLessThan(0.05)
    expect(drawStarts(visited.slice(0, 1), options)).toEqual(starts)
    expect(drawStarts(visited.slice(0, 1), { ...options, seed: 4 })).not.toEqual(starts)
  })
})
