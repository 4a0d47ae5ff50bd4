import { createRoomState } from '../../state/fields.js'

/** What can be set in this room. The network at the start is one that learns, has a ghost, and loses what it learned. */
export const state = createRoomState('net', {
  rate: {
    kind: 'number',
    label: 'Learning rate',
    initial: 0.02,
    min: 1e-4,
    max: 1,
    scale: 'log',
    help: 'Changed while the training runs, it holds from the next epoch on.',
  },
  c: {
    kind: 'number',
    label: 'Confidence c of the output σ(c(κ − 1))',
    initial: 10,
    min: 0.1,
    max: 20,
    scale: 'log',
    help: 'Changed while the training runs, it holds from the next epoch on.',
  },
  delay: {
    kind: 'number',
    label: 'Delay T',
    initial: 20,
    min: 5,
    max: 40,
    whole: true,
    unit: 'steps',
    help: 'Off for T steps, then on for as many. Another delay starts the training anew.',
  },
  seed: {
    kind: 'number',
    label: 'Seed',
    initial: 373,
    min: 0,
    max: 9999,
    whole: true,
    help: 'Of the initial weights, as PyTorch draws them. Another seed starts the training anew.',
  },
  epochs: {
    kind: 'number',
    label: 'Epochs',
    initial: 9000,
    min: 100,
    max: 500_000,
    scale: 'log',
    whole: true,
  },
  speed: {
    kind: 'number',
    label: 'Speed',
    initial: 1200,
    min: 10,
    max: 200_000,
    scale: 'log',
    unit: 'epochs per second',
    help: 'The highest is as fast as it goes.',
  },
  axis: {
    kind: 'choice',
    label: 'Epoch axis',
    initial: 'linear',
    options: { linear: 'linear', log: 'logarithmic', close: 'close-up: 100 epochs either side' },
  },
  /** Beside the start. */
  changes: { kind: 'changes', label: 'Changes on the way', initial: [{ epoch: 8200, rate: 0.08 }] },
  /** 0: play from the start; else paused there. */
  epoch: { kind: 'number', label: 'Epoch', initial: 0, min: 0, max: 500_000, whole: true },
  /** Last epoch trained, where an earlier one is shown. */
  to: { kind: 'number', label: 'Last epoch trained', initial: 0, min: 0, max: 500_000, whole: true },
})

export const { values, fields } = state

/** The room, as `currentRoom` names it. */
export const roomId = 'network'
