import { createRoomState } from '../../state/fields.js'

/** What a reader can set. Defaults are those of the quick profile of figure 4, match to sample. */
export const state = createRoomState('mem', {
  task: {
    kind: 'choice',
    label: 'Task',
    initial: 'match',
    options: { match: 'match to sample', cue: 'cue discrimination' },
    help: 'Each task comes with the optimiser, rate, noise and length at which it is learned.',
  },
  rank: {
    kind: 'choice',
    label: 'Recurrent weights',
    initial: '2',
    options: { 2: 'of rank 2', full: 'of full rank' },
    help: 'At full rank the map is of the first two principal components of the states.',
  },
  opt: {
    kind: 'choice',
    label: 'Optimiser',
    initial: 'adam',
    options: { adam: 'Adam', sgd: 'gradient descent' },
  },
  rate: { kind: 'number', label: 'Learning rate', initial: 1e-3, min: 1e-5, max: 1, scale: 'log' },
  delay: {
    kind: 'number',
    label: 'Delay',
    initial: 16,
    min: 2,
    max: 40,
    whole: true,
    unit: 'steps',
    help: 'Steps without input in which the cue has to be kept in mind.',
  },
  seed: {
    kind: 'number',
    label: 'Seed',
    initial: 0,
    min: 0,
    max: 9999,
    whole: true,
    help: 'Of the initial weights and of the noise.',
  },
  speed: {
    kind: 'number',
    label: 'Speed',
    initial: 150,
    min: 1,
    max: 10_000,
    scale: 'log',
    whole: true,
    unit: 'epochs per second',
    help: 'At most. At the slider’s end: as fast as this machine trains.',
  },
  epochs: {
    kind: 'number',
    label: 'Length of the training',
    initial: 2500,
    min: 100,
    max: 100_000,
    scale: 'log',
    whole: true,
    unit: 'epochs',
  },
  trials: {
    kind: 'number',
    label: 'Trials of each class',
    initial: 4,
    min: 1,
    max: 20,
    whole: true,
    help: 'The time of an epoch grows with it.',
  },
  init: {
    kind: 'number',
    label: 'Spread σ_r of the initial state',
    initial: 0.3,
    min: 0,
    max: 1,
    help: 'Every trial starts from tanh(σ_r·N(0, 1)), drawn anew in every epoch.',
  },
  noise: {
    kind: 'number',
    label: 'Noise σ in every step',
    initial: 0.01,
    min: 0,
    max: 0.5,
    help: 'Normal noise in the input of every neuron.',
  },
  /** 0: play from the start; else paused there. */
  epoch: { kind: 'number', label: 'Epoch', initial: 0, min: 0, max: 100_000, whole: true },
  /** Which slow point is looked at, from 1; 0: none. */
  point: { kind: 'number', label: 'Slow point', initial: 0, min: 0, max: 99, whole: true },
})

export const { values } = state

/** The room, as `currentRoom` names it. */
export const roomId = 'working-memory'
