import { describe, expect, it } from 'vitest'
import { iterate } from '../../src/dynamics/integrate.js'
import { drivenWeights, stateFlow } from '../../src/dynamics/network-flow.js'
import { findSlowPoints } from '../../src/dynamics/slow-points.js'
import { traceGhosts } from '../../src/dynamics/trace-ghosts.js'
import { drivenViews } from '../../src/models/driven.js'
import { distance } from '../../src/numerics/linear-algebra.js'
import { TorchGenerator } from '../../src/numerics/torch-generator.js'
import { createTrainer } from '../../src/training/create-trainer.js'

/** A network of 100 neurons of full rank that has learned cue discrimination, without input. */
async function trainedFlow() {
  const model = {
    kind: 'driven',
    neurons: 100,
    rank: 'full',
    leak: 0.5,
    initialNoise: 0.1,
    noise: 0.01,
  } as const
  const trainer = await createTrainer({
    model,
    task: { kind: 'cue-discrimination' },
    optimizer: { kind: 'sgd', rate: 0.01 },
    seed: 3,
    epochs: 3000,
  })
  const { loss } = trainer.advance(3000)
  expect(loss.at(-1)).toBeLessThan(0.1 * loss[0]!)
  return stateFlow(drivenWeights(drivenViews(model, trainer.snapshot().parameters), model.leak))
}

function randomStates(count: number, seed: number): Float64Array[] {
  const generator = new TorchGenerator(seed)
  return Array.from({ length: count }, () => Float64Array.from(generator.normal32(100), Math.tanh))
}

describe('the slow points of a trained network of 100 neurons', async () => {
  const flow = await trainedFlow()
  const [first, second] = [
    findSlowPoints(flow, randomStates(40, 1)),
    findSlowPoints(flow, randomStates(40, 2)),
  ]

  it('are the same from other starts, to 1e-6', () => {
    expect(first.points.length).toBeGreaterThan(0)
    expect(second.points.map(({ kind, index }) => [kind, index])).toEqual(
      first.points.map(({ kind, index }) => [kind, index]),
    )
    for (const [i, { position }] of first.points.entries()) {
      expect(distance(second.points[i]!.position, position)).toBeLessThan(1e-6)
    }
  })

  it('are stationary, with eigenvectors that hold to rounding', () => {
    for (const { speed, gradientNorm, kind, spectrum } of [...first.points, ...second.points]) {
      expect(spectrum.residual).toBeLessThan(1e-13)
      if (kind === 'fixed point') expect(speed).toBeLessThan(1e-13)
      else expect(gradientNorm).toBeLessThan(1e-8 * speed)
    }
  })

  it('are those that a trajectory past them meets', () => {
    const ghosts = first.points.filter(({ kind }) => kind === 'ghost')
    for (const start of randomStates(3, 5)) {
      for (const traced of traceGhosts(flow, iterate(flow, start, { steps: 100 })).ghosts) {
        expect(Math.min(...ghosts.map(({ position }) => distance(position, traced.position)))).toBeLessThan(
          1e-6,
        )
      }
    }
  })
})
