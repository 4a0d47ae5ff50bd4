import { expect } from 'vitest'
import { type RankOneParameters, rankOneViews } from '../../src/models/rank-one.js'
import type { SettingsInput } from '../../src/settings/settings.js'
import { createTrainer } from '../../src/training/create-trainer.js'
import { train } from '../../src/training/train.js'
import type { NetworkPage } from './network-page.js'

/** What the library computes in Node for the network that the room opens with. */

const model = { kind: 'rank-one', neurons: 100, leak: 0.5 } as const
/** The rate is raised on the way. */
const raise = { epoch: 8200, rate: 0.08 }
/** What the room opens with. */
export const opening: SettingsInput = {
  model,
  task: { kind: 'delayed-activation', delay: 20 },
  optimizer: { kind: 'sgd', rate: 0.02 },
  confidence: 10,
  seed: 373,
  epochs: 9000,
  changes: [raise],
  record: 'all',
}
/** As fast as it goes. */
export const fast = { speed: 200_000 }

/** The network of the opening training after so many epochs, as the float32 numbers that it has. */
export async function networkAt(epoch: number): Promise<RankOneParameters> {
  const trainer = await createTrainer(opening)
  trainer.advance(Math.min(epoch, raise.epoch))
  if (trainer.epoch === raise.epoch) trainer.change({ optimizer: { kind: 'sgd', rate: raise.rate } })
  trainer.advance(epoch - trainer.epoch)
  return rankOneViews(model, trainer.snapshot().parameters)
}

/** Every epoch of a picture's history has the numbers of a training in Node, to the last bit. */
export async function expectHistoryOf(room: NetworkPage, settings: SettingsInput): Promise<void> {
  const { history } = await train({ ...settings, record: 'all' })
  const shown = await room.data('network-history')
  expect(shown.epoch!.length).toBeGreaterThan(100)
  for (const [i, epoch] of shown.epoch!.entries()) {
    expect([epoch, shown.loss![i], shown['gradient norm']![i], shown.accuracy![i]]).toEqual([
      epoch,
      history.loss[epoch],
      history.gradientNorm[epoch],
      history.accuracy[epoch],
    ])
  }
}
