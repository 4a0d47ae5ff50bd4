import { createRoomState } from '../../state/fields.js'

/** Read-out confidences on offer. The keys look like no whole numbers, which an object would list first. */
const confidences = {
  infinite: 'infinite (closed form)',
  '1.0': '1 (simulated)',
  '0.5': '0.5 (simulated)',
  '0.1': '0.1 (simulated)',
  '0.01': '0.01 (simulated)',
}

export const state = createRoomState('1d', {
  rate: {
    kind: 'number',
    label: 'Learning rate α (per epoch)',
    initial: 1e-10,
    min: 1e-15,
    max: 1e-2,
    scale: 'log',
    help: 'Between a fiftieth and ten times the critical rate of the delay in force.',
  },
  delay: {
    kind: 'number',
    label: 'Delay T',
    initial: 100,
    min: 20,
    max: 400,
    scale: 'log',
    whole: true,
    unit: 'time units',
    help: 'Off for T, then on for as long. The learning rate follows: it stays the same multiple of the critical one.',
  },
  start: { kind: 'number', label: 'Start r₀ / r*', initial: 10, min: 1, max: 20 },
  loss: {
    kind: 'choice',
    label: 'Loss that is descended',
    initial: 'un-normalised',
    options: {
      'un-normalised': 'un-normalised: |T − t*|, as in the paper',
      normalised: 'normalised: |T − t*| / T',
    },
  },
  a: {
    kind: 'choice',
    label: 'Confidence a of the read-out σ(a(x − 10))',
    initial: 'infinite',
    options: confidences,
  },
  speed: {
    kind: 'number',
    label: 'Speed',
    initial: 250,
    min: 0.2,
    max: 5000,
    scale: 'log',
    unit: 'epochs per second',
  },
  /** 0: the start exactly as set; else the how manieth draw about it. */
  draw: { kind: 'number', label: 'Draw of the start', initial: 0, min: 0, max: 1e6, whole: true },
  /** 0: play from the start; else paused there. */
  epoch: { kind: 'number', label: 'Epoch', initial: 0, min: 0, max: 1e6, whole: true },
  /** Where in a trial it is paused, in units of T. */
  time: { kind: 'number', label: 'Time within the trial', initial: 0, min: 0, max: 2 },
})

export const { values } = state
