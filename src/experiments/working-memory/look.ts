import { drivenTrials } from '../../dynamics/driven-trials.js'
import type { Flow } from '../../dynamics/flow.js'
import { drivenWeights, latentNetworkFlow, latentOf } from '../../dynamics/network-flow.js'
import type { SlowPoint } from '../../dynamics/slow-point.js'
import { findSlowPoints } from '../../dynamics/slow-points.js'
import { drawStarts } from '../../dynamics/visited-states.js'
import { drivenViews } from '../../models/driven.js'
import { distance } from '../../numerics/linear-algebra.js'
import { linspace } from '../../numerics/spacing.js'
import { createTask } from '../../training/create-trainer.js'
import type { Snapshot } from '../../training/trainer.js'
import type { MemorySettings } from './settings.js'

/** Trials of a class that a look runs, at most. */
const trialsPerClass = 4
/** Searches of a look at rank 2: from visited states, and from every point of a grid of this side. */
const [latentStarts, gridSide] = [15, 5] as const
/** Of the noise that moves starts at full rank, in every neuron. */
const startNoise = 0.05

/** A network as it is at a snapshot: its trials, the flow without input in its latent variables, and what is slow in it. */
export interface NetworkLook {
  readonly flow: Flow
  /** Each trial's class and its states in the flow's coordinates, `[trials][steps]`. */
  readonly paths: readonly { readonly name: string; readonly states: readonly Float64Array[] }[]
  readonly points: readonly SlowPoint[]
  /** Whether a place is no farther from the nearest visited state than these spread around their mean. */
  readonly isNear: (place: Float64Array) => boolean
}

/**
 * Looks at a network: runs trials with the noise of the snapshot's epoch and searches for slow points from where they pass.
 * @param searches how many at full rank, from visited states; at rank 2 their number is fixed
 */
export function lookAtNetwork(settings: MemorySettings, snapshot: Snapshot, searches = 0): NetworkLook {
  const { model } = settings
  const parameters = drivenViews(model, snapshot.parameters)
  const flow = latentNetworkFlow(drivenWeights(parameters, model.leak))
  const paths = runTrials(settings, snapshot).map(({ name, states }) => ({
    name,
    states: states.map(state => latentOf(parameters.recurrent, state)),
  }))
  const visited = paths.flatMap(({ states }) => states)
  const { points } = findSlowPoints(flow, startsFrom(visited, searches, snapshot.epoch))
  const spread = spreadOf(visited)
  return { flow, paths, points, isNear: place => visited.some(state => distance(state, place) <= spread) }
}

/** The trials of a look, by class. */
export function runTrials(settings: MemorySettings, { parameters, epoch }: Snapshot) {
  const { model, seed } = settings
  const task = createTask(settings)
  const classes = classNames[task.kind]!
  const each = task.trials / classes.length
  const chosen = Array.from({ length: task.trials }, (_, i) => i).filter(i => i % each < trialsPerClass)
  return drivenTrials(model, task, parameters, { seed, epoch, trials: chosen }).map(run => ({
    ...run,
    name: classes[Math.floor(run.trial / each)]!,
  }))
}

/** Classes of trials in the tasks' order. */
const classNames: Readonly<Record<string, readonly string[]>> = {
  'cue-discrimination': ['cue +', 'cue −'],
  'match-to-sample': ['cues + +', 'cues − −', 'cues − +', 'cues + −'],
}

function startsFrom(visited: readonly Float64Array[], searches: number, seed: number): Float64Array[] {
  const isPlane = visited[0]!.length === 2
  if (!isPlane) return drawStarts(visited, { count: searches, noise: startNoise, seed })
  return [...drawStarts(visited, { count: latentStarts, noise: 0, seed }), ...gridAround(visited)]
}

/** A grid over a plane's visited states and half their width beyond on every side. */
function gridAround(visited: readonly Float64Array[]): Float64Array[] {
  const [columns, rows] = [0, 1].map(k => {
    const values = visited.map(state => state[k]!)
    const [low, high] = [Math.min(...values), Math.max(...values)]
    const beyond = (high - low) / 2
    return linspace(low - beyond, high + beyond, gridSide)
  })
  return Array.from(rows!, y => Array.from(columns!, x => Float64Array.of(x, y))).flat()
}

/** Root mean square distance of states from their mean. */
function spreadOf(states: readonly Float64Array[]): number {
  const centre = states[0]!.map((_, k) => states.reduce((sum, state) => sum + state[k]!, 0) / states.length)
  return Math.sqrt(states.reduce((sum, state) => sum + distance(state, centre) ** 2, 0) / states.length)
}
