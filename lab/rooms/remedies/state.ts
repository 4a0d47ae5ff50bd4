import { createRoomState } from '../../state/fields.js'

/** Epochs that a training of this room may have. */
export const mostEpochs = 20_000

/** Seeds that are trained at once. */
export const seedCount = 40

const ranks = ['1', '2', '3', '4', '5', '10', '30', '50', '100']

export const state = createRoomState('fix', {
  what: {
    kind: 'choice',
    label: 'Experiment',
    initial: 'confidence',
    options: { confidence: 'Less confidence', rank: 'More rank', many: 'Forty seeds' },
  },
  seed: {
    kind: 'number',
    label: 'Seed',
    help: "of the initial parameters, drawn as PyTorch's generator draws them",
    initial: 1,
    min: 0,
    max: 9999,
    whole: true,
  },
  first: { kind: 'number', label: 'First seed of forty', initial: 0, min: 0, max: 9960, whole: true },
  rate: { kind: 'number', label: 'Learning rate', initial: 0.02, min: 1e-4, max: 1, scale: 'log' },
  rateK: { kind: 'number', label: 'Learning rate', initial: 0.1, min: 1e-3, max: 10, scale: 'log' },
  c: {
    kind: 'number',
    label: 'Lower confidence c',
    help: 'steepness of the output σ(c(κ − 1)) after the collapse; it is 10 before',
    initial: 1,
    min: 1e-3,
    max: 10,
    scale: 'log',
  },
  K: {
    kind: 'choice',
    label: 'Rank K of the second network',
    initial: '30',
    options: { ...Object.fromEntries(ranks.map(rank => [rank, rank])), full: 'full (N × N)' },
  },
  net: {
    kind: 'choice',
    label: 'Network',
    initial: 'rank-one',
    options: {
      'rank-one': 'Rank one, c = 10',
      lowered: 'Rank one, c lowered at collapse',
      K: 'Rank K, read-out trained',
    },
  },
  epochs: {
    kind: 'number',
    label: 'Epochs',
    initial: 6000,
    min: 100,
    max: mostEpochs,
    scale: 'log',
    whole: true,
  },
  speed: {
    kind: 'choice',
    label: 'Speed',
    initial: '1000',
    options: {
      100: '100 epochs a second',
      300: '300 epochs a second',
      1000: '1000 epochs a second',
      3000: '3000 epochs a second',
      full: 'as fast as it goes',
    },
  },
  /** Where it is paused; 0 to play from the start. */
  epoch: { kind: 'number', label: 'Epoch', initial: 0, min: 0, max: mostEpochs, whole: true },
  /** How far it is trained, where that is further than the epoch that is looked at. */
  to: { kind: 'number', label: 'Trained to', initial: 0, min: 0, max: mostEpochs, whole: true },
})

export const { values } = state

/** Which of the experiments is shown. */
export type Experiment = 'confidence' | 'rank' | 'many'

export function experiment(): Experiment {
  const { value } = values.what
  return value === 'rank' || value === 'many' ? value : 'confidence'
}

/** Epochs a second. */
export function speed(): number {
  return values.speed.value === 'full' ? Number.POSITIVE_INFINITY : Number(values.speed.value)
}
