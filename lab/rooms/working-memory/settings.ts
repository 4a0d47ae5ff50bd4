import { batch, computed } from '@preact/signals'
import type { DrivenModel } from '../../../src/models/driven.js'
import type { SettingsInput } from '../../../src/settings/settings.js'
import type { MemorySubject, MemoryTask } from '../../work/memory-look.js'
import { values } from './state.js'

/** The training that is set. */
export interface Run extends MemorySubject {
  readonly optimizer: SettingsInput['optimizer']
}

/** The network of figure 4. */
const network = { kind: 'driven', neurons: 100, leak: 0.5, rank: 2 } as const

/** At which each task is learned while one watches: figure 4's quick profile, with three times the rate for cues. */
const recommended = {
  match: { opt: 'adam', rate: 1e-3, delay: 16, epochs: 2500, trials: 4, init: 0.3, noise: 0.01, speed: 150 },
  cue: { opt: 'sgd', rate: 3e-3, delay: 10, epochs: 6000, trials: 5, init: 0.3, noise: 0, speed: 400 },
} as const

/** Sets a task with what goes with it. */
export function chooseTask(name: string): void {
  const task = name === 'cue' ? 'cue' : 'match'
  const { opt, ...numbers } = recommended[task]
  batch(() => {
    values.task.value = task
    values.opt.value = opt
    for (const key of keysOf(numbers)) values[key].value = numbers[key]
  })
}

function keysOf<Key extends string>(record: Readonly<Record<Key, unknown>>): Key[] {
  return Object.keys(record) as Key[]
}

const task = computed<MemoryTask>(() => {
  const intervals = { delay: values.delay.value, reaction: 10, trialsPerClass: values.trials.value }
  return values.task.value === 'cue'
    ? { kind: 'cue-discrimination', cue: 2, ...intervals }
    : { kind: 'match-to-sample', cue: 6, ...intervals }
})

const model = computed<DrivenModel & typeof network>(() => ({
  ...network,
  initialNoise: values.init.value,
  noise: values.noise.value,
}))

/** What has to be trained anew if it changes. */
export const run = computed<Run>(() => ({
  model: model.value,
  task: task.value,
  optimizer: { kind: values.opt.value === 'sgd' ? 'sgd' : 'adam', rate: values.rate.value },
  seed: values.seed.value,
}))

/** As a settings file has it. */
export function settingsInput({ model, task, optimizer, seed }: Run, epochs: number): SettingsInput {
  return { model: { ...model, kind: 'driven' }, task, optimizer, seed, epochs }
}

/** The line that trains the same up to an epoch, whose loss is the last that it prints. */
export function trainCommand(run: Run, epoch: number): string {
  const settings = JSON.stringify(settingsInput(run, epoch + 1))
  return `echo '${settings}' > run.json && ghostpoint train run.json`
}
