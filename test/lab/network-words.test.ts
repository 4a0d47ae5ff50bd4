import { describe, expect, it } from 'vitest'
import { trainCommand, trainingSettings } from '../../lab/rooms/network/settings.js'
import { verdictOf } from '../../lab/rooms/network/verdict.js'
import { settingsOf } from '../../src/cli/train-settings.js'
import { parseSettings } from '../../src/settings/settings.js'
import { flagsOf } from './command-flags.js'

const chosen = {
  rate: 0.0213,
  confidence: 9.5,
  delay: 17,
  seed: 12,
  epochs: 3001,
  changes: [
    { epoch: 40, rate: 1e-4 },
    { epoch: 3000, rate: 0.3, confidence: 0.25 },
    { epoch: 3001, confidence: 5 },
  ],
}

describe('the command of the network', () => {
  it('means the settings that the page trains', () => {
    const command = trainCommand(chosen)
    expect(settingsOf(undefined, flagsOf(command))).toEqual(parseSettings(trainingSettings(chosen)))
    expect(command).toContain('--change 3000:rate=0.3,confidence=0.25')
  })

  it('leaves out changes that come after its end', () => {
    expect(trainCommand(chosen)).not.toContain('3001:')
    expect(trainCommand({ ...chosen, epochs: 1 })).not.toContain('--change')
  })
})

describe('the verdict on an epoch', () => {
  const first = { epoch: 0, loss: 0.9999, gradientNorm: 1e-3, accuracy: 0.5 }
  const at = (epoch: number, loss: number, gradientNorm: number) => ({
    row: { epoch, loss, gradientNorm, accuracy: 0.5 },
    first,
    events: { firstFall: 100, secondFall: 200 },
    silentLoss: 1,
  })

  it('tells the plateau, the fall, what is learned and what is lost by loss, gradient and events', () => {
    expect(verdictOf(at(99, 0.96, 0.1)).text).toBe('on the plateau')
    expect(verdictOf(at(99, 1, 1e-9)).text).toBe('stuck: gradient 10⁻⁶ of its start')
    expect(verdictOf(at(99, 0.9, 0.1)).text).toBe('falling')
    expect(verdictOf(at(150, 0.4, 3)).text).toBe('falling')
    expect(verdictOf(at(250, 0.09, 3)).text).toBe('has learned')
    expect(verdictOf(at(250, 0.4, 3)).text).toBe('has learned, but the loss hops')
    expect(verdictOf(at(250, 1, 1e-15)).text).toBe('lost: gradient 10⁻¹² of its start')
    expect(verdictOf(at(250, 1, 0)).text).toBe('lost: the gradient is zero')
    expect(verdictOf(at(250, 1, 1e-2)).text).toBe('back on the plateau')
  })
})
