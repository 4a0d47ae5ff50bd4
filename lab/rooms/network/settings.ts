import type { SettingsInput } from '../../../src/settings/settings.js'
import type { LabChange } from '../../state/fields.js'

/** What is trained here, as the settings of a training and as a command that computes the same numbers. */

/** The network of figure 3. */
export const model = { kind: 'rank-one', neurons: 100, leak: 0.5 } as const

export interface Chosen {
  readonly rate: number
  readonly confidence: number
  readonly delay: number
  readonly seed: number
  readonly epochs: number
  readonly changes: readonly LabChange[]
}

export function trainingSettings(chosen: Chosen): SettingsInput {
  const { rate, confidence, delay, seed, epochs } = chosen
  return {
    model,
    task: { kind: 'delayed-activation', delay },
    optimizer: { kind: 'sgd', rate },
    confidence,
    seed,
    epochs,
    changes: changesWithin(chosen),
    precision: 'single',
  }
}

/** Changes that come before the training ends. */
export function changesWithin({ changes, epochs }: Pick<Chosen, 'changes' | 'epochs'>): LabChange[] {
  return changes.filter(({ epoch }) => epoch < epochs)
}

/** The command whose last epoch is the last of these. */
export function trainCommand(chosen: Chosen): string {
  const { rate, confidence, delay, seed, epochs } = chosen
  const changes = changesWithin(chosen).map(change => ` --change ${changeText(change)}`)
  return `ghostpoint train --seed ${seed} --rate ${rate} --epochs ${epochs} --delay ${delay} --confidence ${confidence}${changes.join('')}`
}

function changeText({ epoch, rate, confidence }: LabChange): string {
  const named = [
    ...(rate === undefined ? [] : [`rate=${rate}`]),
    ...(confidence === undefined ? [] : [`confidence=${confidence}`]),
  ]
  return `${epoch}:${named.join(',')}`
}
