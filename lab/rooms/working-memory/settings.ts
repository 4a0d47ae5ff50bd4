import { batch, computed } from '@preact/signals'
import type { DrivenModel } from '../../../src/models/driven.js'
import type { SettingsInput } from '../../../src/settings/settings.js'
import type { MemorySubject, MemoryTask } from '../../work/memory-look.js'
import { values } from './state.js'

/** The training that is set. */
export interface Run extends MemorySubject {
  readonly optimizer: SettingsInput['optimizer']
}

/** The networks of figures 4 and 5. */
const network = { kind: 'driven', neurons: 100, leak: 0.5 } as const

/** At which rank 2 learns each task while one watches: figure 4's quick profile, with three times the rate for cues. */
const atRankTwo = {
  match: { opt: 'adam', rate: 1e-3, delay: 16, epochs: 2500, trials: 4, init: 0.3, noise: 0.01, speed: 150 },
  cue: { opt: 'sgd', rate: 3e-3, delay: 10, epochs: 6000, trials: 5, init: 0.3, noise: 0, speed: 400 },
} as const

/** The same of full rank: figure 5's, match to sample in its quick profile with figure 4's intervals. */
const atFullRank = {
  match: { opt: 'sgd', rate: 0.1, delay: 16, epochs: 4000, trials: 1, init: 0.1, noise: 0.01, speed: 400 },
  cue: { opt: 'sgd', rate: 1e-2, delay: 10, epochs: 3001, trials: 1, init: 0.1, noise: 0.01, speed: 300 },
} as const

/** Sets a task and a rank with what goes with them. */
export function choose(name: string, rankName: string): void {
  const task = name === 'cue' ? 'cue' : 'match'
  const { opt, ...numbers } = (rankName === 'full' ? atFullRank : atRankTwo)[task]
  batch(() => {
    values.task.value = task
    values.rank.value = rankName
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
  rank: values.rank.value === 'full' ? 'full' : 2,
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
