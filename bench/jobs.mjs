// The trainings that are timed, and what is to be reached: `pytorch` times faster at least, `c` times slower at
// most. The networks and tasks are those of the paper, N = 100, α = ½.
import { autonomousLayout, initialiseAutonomous } from '../dist/models/autonomous.js'
import { drivenLayout, initialiseDriven } from '../dist/models/driven.js'
import { initialiseRankOne, rankOneLayout } from '../dist/models/rank-one.js'
import { TorchGenerator } from '../dist/numerics/torch-generator.js'
import { cueDiscrimination } from '../dist/tasks/cue-discrimination.js'
import { delayedActivation } from '../dist/tasks/delayed-activation.js'
import { matchToSample } from '../dist/tasks/match-to-sample.js'

export const seed = 40
/** Small enough for a network to stay what it is while it is timed. */
export const rate = 1e-5
export const confidence = 10

const shape = { neurons: 100, leak: 0.5 }
const delay = delayedActivation({ delay: 20 })
const cues = cueDiscrimination({ cue: 2, delay: 10, reaction: 10, trialsPerClass: 500 })
const pairs = matchToSample({ cue: 6, delay: 16, reaction: 10, trialsPerClass: 1 })

/** A rank-one network, which has a kernel of its own. */
export function rankOne(model, task) {
  return { kind: 'rank-one', model, task, layout: rankOneLayout(model), initialise: initialiseRankOne }
}

export function autonomous(model, task) {
  return {
    kind: 'autonomous',
    model,
    task,
    layout: autonomousLayout(model),
    initialise: initialiseAutonomous,
  }
}

export function driven(model, task) {
  return { kind: 'driven', model, task, layout: drivenLayout(model), initialise: initialiseDriven }
}

/** The initial parameters, rounded to float32, as every contestant starts from them. */
export function initialParameters({ model, initialise }) {
  return initialise(model, new TorchGenerator(seed)).map(Math.fround)
}

const few = { ...shape, initialNoise: 0, noise: 0 }
const many = { ...shape, rank: 2, initialNoise: 0.3, noise: 0 }

export const jobs = [
  { name: 'rank-one, T = 20', ...rankOne(shape, delay), goal: { pytorch: 400, c: 3.5 } },
  ...[
    [5, 200],
    [30, 60],
    [100, 22],
  ].map(([rank, pytorch]) => ({
    name: `autonomous, rank ${rank}`,
    ...autonomous({ ...shape, rank }, delay),
    goal: { pytorch, c: 4 },
  })),
  {
    name: 'autonomous, full rank',
    ...autonomous({ ...shape, rank: 'full' }, delay),
    goal: { pytorch: 32, c: 3.5 },
  },
  {
    name: 'driven, full rank, match to sample, 4 trials, 38 steps',
    ...driven({ ...few, rank: 'full' }, pairs),
    goal: { pytorch: 12, c: 4.5 },
  },
  {
    name: 'driven, rank 2, cue discrimination, 1000 trials, 22 steps',
    ...driven(many, cues),
    goal: { pytorch: 5, c: 3 },
  },
  {
    name: 'the same with noise in every step',
    ...driven({ ...many, noise: 0.01 }, cues),
    goal: { pytorch: 3, c: undefined },
  },
]
