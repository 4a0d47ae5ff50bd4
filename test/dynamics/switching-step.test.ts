import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { switchingStep, switchingSteps } from '../../src/dynamics/switching-step.js'
import { type RankOneParameters, rankOneViews } from '../../src/models/rank-one.js'
import { createTrainer } from '../../src/training/create-trainer.js'
import { EventDetector } from '../../src/training/events.js'

/** The network itself, neuron by neuron: the first step whose output is above one half. */
function simulate({ m, n, b }: RankOneParameters, leak: number, most: number): number | undefined {
  let state = m.map(() => -0.3)
  for (let step = 1; step <= most; step++) {
    const kappa = state.reduce((sum, value, i) => sum + value * n[i]!, 0)
    state = state.map((value, i) => (1 - leak) * value + leak * Math.tanh(m[i]! * kappa + b[i]!))
    const output = 1 / (1 + Math.exp(-10 * (state.reduce((sum, value, i) => sum + value * n[i]!, 0) - 1)))
    if (output > 0.5) return step
  }
  return undefined
}

const neuron = fc.record({
  m: fc.double({ min: -2, max: 2, noNaN: true }),
  n: fc.double({ min: -1, max: 1.5, noNaN: true }),
  b: fc.double({ min: -1, max: 1, noNaN: true }),
})
const network = fc.array(neuron, { minLength: 1, maxLength: 12 }).map(neurons => ({
  m: Float64Array.from(neurons, ({ m }) => m),
  n: Float64Array.from(neurons, ({ n }) => n),
  b: Float64Array.from(neurons, ({ b }) => b),
}))

/** F(κ) = −κ + 2 tanh(3κ + b), with a neuron that feels nothing and starts the state at −2.4 − 0.6. */
const lifted = (b: number) => ({
  m: Float64Array.of(3, 3, 0),
  n: Float64Array.of(1.2, 0.8, 8),
  b: Float64Array.of(b, b, 0),
})
const saddleNode = 6 * Math.sqrt(5 / 6) - Math.atanh(Math.sqrt(5 / 6))

describe('the switching step', () => {
  it('is that of the network simulated neuron by neuron', () => {
    fc.assert(
      fc.property(network, fc.double({ min: 0.05, max: 1, noNaN: true }), (parameters, leak) => {
        expect(switchingStep(parameters, leak, 200)).toBe(simulate(parameters, leak, 200))
      }),
    )
  })

  it('is predicted by the full passage ever better, the nearer the ghost is to a bifurcation', () => {
    const errors = [1e-1, 1e-2, 1e-3, 1e-4].map(distance => {
      const { observed, fullPassage, windowPassage } = switchingSteps(lifted(saddleNode + distance), 0.5)
      expect(windowPassage).toBeLessThan(fullPassage!)
      return Math.abs(fullPassage! / observed! - 1)
    })
    expect(errors).toEqual([...errors].sort((a, b) => b - a))
    expect(errors.at(-1)).toBeLessThan(0.01)
  })

  it('is the time of the flow in small steps', () => {
    for (const leak of [0.1, 0.01]) {
      const { observed, flowPassage, stepwisePassage } = switchingSteps(lifted(saddleNode + 0.05), leak)
      expect(Math.abs(stepwisePassage! - flowPassage!)).toBeLessThan(3)
      // The first whole step after the passage; what the correction leaves out is of the order of the leak.
      expect(observed! - stepwisePassage!).toBeGreaterThan(-leak * 5)
      expect(observed! - stepwisePassage!).toBeLessThan(1 + leak * 5)
    }
  })

  it('does not come where a fixed point bars the way', () => {
    expect(switchingSteps(lifted(0), 0.5)).toEqual({
      observed: undefined,
      fullPassage: undefined,
      windowPassage: undefined,
      flowPassage: undefined,
      stepwisePassage: undefined,
    })
  })
})

describe('the switching step of a trained network', () => {
  it('is the first whole step after the passage of its flow, and that of the output in simulation', async () => {
    const model = { kind: 'rank-one', neurons: 100, leak: 0.5 } as const
    const trainer = await createTrainer({
      model,
      task: { kind: 'delayed-activation' },
      optimizer: { kind: 'sgd', rate: 0.003 },
      seed: 40,
      epochs: 60_000,
    })
    const detector = new EventDetector(1)
    detector.observe(trainer.advance(40_000))
    expect(detector.events.secondFall).toBeDefined()
    while (trainer.epoch < 60_000) {
      const parameters = rankOneViews(model, trainer.snapshot().parameters)
      const { observed, stepwisePassage } = switchingSteps(parameters, model.leak)
      expect(observed).toBe(simulate(parameters, model.leak, 100))
      expect(Math.ceil(stepwisePassage!)).toBe(observed)
      trainer.advance(1000)
    }
  })
})
