import { describe, expect, it } from 'vitest'
import { initialiseRankOne, initialKappa, latentFlow, rankOneViews } from '../../src/models/rank-one.js'
import { TorchGenerator } from '../../src/numerics/torch-generator.js'
import { readFixture } from '../read-fixture.js'

interface Flow {
  start_kappa: number
  flow_at_start: number
}
const { flow } = readFixture<{ float64: { flow: Record<string, Flow> } }>(
  'rank-one-seed40-lr0.02.json',
).float64
const seeds = readFixture<{
  seeds: Record<string, { sequence_one_generator: { randn100_a: number[]; randn100_b: number[] } }>
}>('torch-rng.json').seeds

const model = { neurons: 100, leak: 0.5 }

describe('the rank-one network', () => {
  it.each(Object.keys(seeds))(
    "starts from PyTorch's draws for seed %s, m before n, over ten, and b = 0",
    seed => {
      const { m, n, b } = rankOneViews(model, initialiseRankOne(model, new TorchGenerator(Number(seed))))
      const drawn = new TorchGenerator(Number(seed))
      const [first, second] = [drawn.normal32(100), drawn.normal32(100)]
      expect([...first]).toEqual(seeds[seed]!.sequence_one_generator.randn100_a)
      expect([...m]).toEqual(Array.from(first, value => Math.fround(value / 10)))
      expect([...n]).toEqual(Array.from(second, value => Math.fround(value / 10)))
      expect([...b]).toEqual(Array(100).fill(0))
    },
  )

  it('has at seed 40 the initial κ and the flow there of an independent program', () => {
    const parameters = rankOneViews(model, initialiseRankOne(model, new TorchGenerator(40)))
    const start = initialKappa(parameters)
    expect(start).toBeCloseTo(flow['0']!.start_kappa, 7)
    expect(latentFlow(parameters, start).flow).toBeCloseTo(flow['0']!.flow_at_start, 7)
  })

  it('has the slope of its flow by differences', () => {
    const parameters = rankOneViews(model, new TorchGenerator(3).normal64(300))
    for (const kappa of [-4, -0.3, 0, 0.7, 5]) {
      const difference =
        (latentFlow(parameters, kappa + 1e-6).flow - latentFlow(parameters, kappa - 1e-6).flow) / 2e-6
      expect(latentFlow(parameters, kappa).slope).toBeCloseTo(difference, 5)
    }
  })
})
