import { describe, expect, it } from 'vitest'
import { drivenTrials } from '../../src/dynamics/driven-trials.js'
import { drivenWeights, latentNetworkFlow, latentOf } from '../../src/dynamics/network-flow.js'
import { drivenViews } from '../../src/models/driven.js'
import type { SettingsInput } from '../../src/settings/settings.js'
import { createTask, createTrainer } from '../../src/training/create-trainer.js'

const settingsOf = (rank: 2 | 'full', kind: 'cue-discrimination' | 'match-to-sample') =>
  ({
    model: { kind: 'driven', neurons: 12, leak: 0.5, rank, initialNoise: 0.3, noise: 0.02 },
    task: { kind, cue: 2, delay: 4, reaction: 3, trialsPerClass: 2 },
    optimizer: { kind: 'sgd', rate: 0.01 },
    seed: 5,
    epochs: 10,
  }) as const satisfies SettingsInput

describe('trials of a driven network', () => {
  it.each([
    [2, 'cue-discrimination'],
    ['full', 'match-to-sample'],
  ] as const)(
    'of rank %s have the loss that the training measures in the same epoch of %s',
    async (rank, kind) => {
      const settings = settingsOf(rank, kind)
      const trainer = await createTrainer(settings)
      trainer.advance(7)
      const { parameters, epoch } = trainer.snapshot()
      const [loss] = trainer.advance(1).loss
      const task = createTask(settings)
      const trials = Array.from({ length: task.trials }, (_, i) => i)
      const runs = drivenTrials(settings.model, task, parameters, { seed: 5, epoch, trials })
      let sum = 0
      for (const { trial, outputs } of runs) {
        for (const [t, output] of outputs.entries()) {
          const i = trial * task.steps + t
          sum += task.weights[i]! * (output - task.targets[i]!) ** 2
        }
      }
      expect(sum).toBeCloseTo(loss!, 5)
    },
  )

  it('move by the latent flow where there is neither input nor noise', async () => {
    const { model: noisy, ...rest } = settingsOf(2, 'cue-discrimination')
    const model = { ...noisy, noise: 0 }
    const trainer = await createTrainer({ ...rest, model })
    const { parameters } = trainer.snapshot()
    const task = createTask(rest)
    const [run] = drivenTrials(model, task, parameters, { seed: 5, epoch: 0, trials: [3] })
    const views = drivenViews(model, parameters)
    const flow = latentNetworkFlow(drivenWeights(views, model.leak))
    const kappa = run!.states.map(state => latentOf(views.recurrent, state))
    const velocity = flow.velocity(kappa[4]!)
    for (const [k, value] of kappa[5]!.entries()) {
      expect(value).toBeCloseTo(kappa[4]![k]! + 0.5 * velocity[k]!, 10)
    }
  })

  it('are refused for a task without input', () => {
    const task = createTask({ task: { kind: 'delayed-activation', delay: 4 } })
    const run = () =>
      drivenTrials(settingsOf(2, 'cue-discrimination').model, task, new Float64Array(99), {
        seed: 0,
        epoch: 0,
        trials: [0],
      })
    expect(run).toThrow('delayed-activation has no input')
  })
})
