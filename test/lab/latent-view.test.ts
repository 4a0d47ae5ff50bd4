import { describe, expect, it } from 'vitest'
import { kappaShown, latentTrial, latentView } from '../../lab/work/latent-view.js'
import { latentPortrait } from '../../src/dynamics/latent-ghost.js'
import { initialiseRankOne, initialKappa, rankOneViews } from '../../src/models/rank-one.js'
import { TorchGenerator } from '../../src/numerics/torch-generator.js'
import { delayedActivation } from '../../src/tasks/delayed-activation.js'
import { createTrainer } from '../../src/training/create-trainer.js'
import { rankOneReference } from '../../src/training/rank-one-reference.js'

const model = { neurons: 100, leak: 0.5 }

/** A network that has learned, with a ghost. */
async function trained(): Promise<Float64Array> {
  const trainer = await createTrainer({
    model: { kind: 'rank-one' },
    task: { kind: 'delayed-activation' },
    optimizer: { kind: 'sgd', rate: 0.02 },
    seed: 373,
    epochs: 9000,
  })
  trainer.advance(8150)
  return trainer.snapshot().parameters
}

describe('the view of a rank-one network', () => {
  it('has the outputs of the float64 reference', async () => {
    for (const parameters of [initialiseRankOne(model, new TorchGenerator(5)), await trained()]) {
      for (const confidence of [10, 0.7]) {
        const reference = rankOneReference(model, delayedActivation({ delay: 20 }), confidence)
        reference.evaluate(parameters, new Float64Array(reference.size), 0)
        const network = rankOneViews(model, parameters)
        const { kappa, outputs } = latentTrial(network, { leak: 0.5, confidence, steps: 40 })
        expect(outputs).toHaveLength(40)
        for (const [i, output] of outputs.entries()) expect(output).toBeCloseTo(reference.outputs[i]!, 12)
        expect(kappa).toHaveLength(41)
        expect(kappa[0]).toBeCloseTo(initialKappa(network), 12)
      }
    }
  })

  it('has the portrait of the flow, drawn from left of κ(0) to right of the threshold', async () => {
    const parameters = await trained()
    const view = latentView({ epoch: 8150, parameters, confidence: 10, steps: 40 }, model)
    const portrait = latentPortrait(rankOneViews(model, parameters), 0.5)
    expect(view.portrait).toEqual(portrait)
    expect(portrait.ghost!.dwellSteps).toBeGreaterThan(20)
    expect(view.kappa[0]).toBeLessThan(portrait.start)
    expect(view.kappa.at(-1)).toBeGreaterThan(1)
    // F changes its sign where the portrait has its one fixed point.
    const zero = view.kappa.findIndex((_, i) => view.flow[i]! > 0 && view.flow[i + 1]! <= 0)
    const { x } = portrait.fixedPoints[0]!
    expect(view.kappa[zero]).toBeLessThanOrEqual(x)
    expect(view.kappa[zero + 1]).toBeGreaterThanOrEqual(x)
  })

  it('has no portrait where weights are beyond bounds, but all else', () => {
    const parameters = initialiseRankOne(model, new TorchGenerator(5)).map(weight => 1e18 * weight)
    const view = latentView({ epoch: 1, parameters, confidence: 10, steps: 40 }, model)
    expect(view.portrait).toBeUndefined()
    expect([view.kappa[0], view.kappa.at(-1)]).toEqual([-2, 3])
    expect(view.trial.outputs).toHaveLength(40)
    parameters[0] = Number.NaN
    expect(latentView({ epoch: 1, parameters, confidence: 10, steps: 40 }, model).portrait).toBeUndefined()
  })

  it('is drawn on whole numbers, at most from −15 to 15', () => {
    const portrait = { slowPoints: [], ghost: undefined, certain: true }
    const near = { ...portrait, start: -1.2, fixedPoints: [{ x: 3.2, stable: true }] }
    expect(kappaShown(near)).toEqual([-2, 4])
    const far = { ...portrait, start: -40, fixedPoints: [{ x: 14, stable: true }] }
    expect(kappaShown(far)).toEqual([-15, 15])
  })
})
