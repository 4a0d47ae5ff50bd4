import { describe, expect, it } from 'vitest'
import { latentPortrait } from '../../src/dynamics/latent-ghost.js'
import { portraitAt } from '../../src/dynamics/latent-life.js'
import { createTrainer } from '../../src/training/create-trainer.js'
import { readFixture } from '../read-fixture.js'

interface Flow {
  sign_changes: number
  zeros: number[]
  start_kappa: number
  local_minima_of_flow_between_start_and_1: [number, number][]
}
const { flow } = readFixture<{ float64: { flow: Record<string, Flow> } }>(
  'rank-one-seed40-lr0.02.json',
).float64
const epochs = Object.keys(flow)
  .map(Number)
  .filter(epoch => epoch <= 5050)
const model = { neurons: 100, leak: 0.5 }

describe('the latent flow through the training of seed 40 at rate 0.02', () => {
  it('has the fixed points and the start of an independent program', async () => {
    const trainer = await createTrainer({
      model: { kind: 'rank-one' },
      task: { kind: 'delayed-activation' },
      optimizer: { kind: 'sgd', rate: 0.02 },
      seed: 40,
      epochs: 6000,
      precision: 'double',
    })
    for (const epoch of epochs) {
      trainer.advance(epoch - trainer.epoch)
      const { fixedPoints, start } = portraitAt(trainer.snapshot(), model)
      expect(start).toBeCloseTo(flow[epoch]!.start_kappa, 6)
      expect(fixedPoints.map(({ x }) => x)).toEqual(flow[epoch]!.zeros.map(zero => expect.closeTo(zero, 5)))
    }
    expect(epochs.length).toBeGreaterThanOrEqual(3)
  })
})

describe('the ghost of a rank-one network', () => {
  /** F(κ) = −κ + 2 tanh(3κ + b); the last neuron, which feels nothing, only starts the state far below. */
  const network = (b: number) => ({
    m: Float64Array.of(3, 3, 0),
    n: Float64Array.of(1.2, 0.8, 8),
    b: Float64Array.of(b, b, 0),
  })
  /** F = F' = 0: the lower pair of fixed points vanishes where 6(1 − tanh²) = 1. */
  const saddleNode = 6 * Math.sqrt(5 / 6) - Math.atanh(Math.sqrt(5 / 6))

  it('holds a simulated passage for its dwell time', () => {
    // κ' = F(κ) in time constants, entering well before the ghost and leaving well after it.
    const leak = 0.5
    const lifted = saddleNode + 1e-3
    const { ghost, start } = latentPortrait(network(lifted), leak)
    expect(ghost).toBeDefined()
    const { kappa, dwellSteps, speed, curvature } = ghost!
    expect(start).toBeLessThan(kappa)
    const reach = 8 * Math.sqrt(speed / curvature)
    let [at, time] = [kappa - reach, 0]
    const step = 1e-3
    const velocity = (x: number) => -x + 2 * Math.tanh(3 * x + lifted)
    while (at < kappa + reach) {
      const half = at + (step / 2) * velocity(at)
      at += step * velocity(half)
      time += step
    }
    // A window of 8 widths either side holds 2·atan(8)/π of the full passage.
    const expected = ((2 * Math.atan(8)) / Math.PI) * dwellSteps * leak
    expect(Math.abs(time / expected - 1)).toBeLessThan(0.05)
  })

  it('is not there once the pair of fixed points is', () => {
    const { ghost, fixedPoints } = latentPortrait(network(0), 0.5)
    expect(ghost).toBeUndefined()
    expect(fixedPoints).toHaveLength(3)
  })

  it('appears at the saddle-node bifurcation', () => {
    expect(latentPortrait(network(saddleNode - 1e-6), 0.5)).toMatchObject({
      ghost: undefined,
      fixedPoints: { length: 3 },
    })
    expect(latentPortrait(network(saddleNode + 1e-6), 0.5)).toMatchObject({
      ghost: {},
      fixedPoints: { length: 1 },
    })
  })
})
