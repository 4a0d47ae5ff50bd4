import { drivenDecision } from '../../src/dynamics/decision.js'
import { type DrivenTrial, drivenTrials } from '../../src/dynamics/driven-trials.js'
import { type FlowMap, flowMap } from '../../src/dynamics/flow-map.js'
import { drivenWeights, latentNetworkFlow, latentOf } from '../../src/dynamics/network-flow.js'
import type { SlowPoint } from '../../src/dynamics/slow-point.js'
import { findSlowPoints } from '../../src/dynamics/slow-points.js'
import { drawStarts } from '../../src/dynamics/visited-states.js'
import type { MemoryOutputs } from '../../src/figures/memory/data.js'
import { type DrivenModel, drivenViews } from '../../src/models/driven.js'
import { distance } from '../../src/numerics/linear-algebra.js'
import { principalComponents } from '../../src/numerics/principal-components.js'
import { linspace } from '../../src/numerics/spacing.js'
import { type CueDiscriminationIntervals, cueDiscrimination } from '../../src/tasks/cue-discrimination.js'
import { type MatchToSampleIntervals, matchToSample } from '../../src/tasks/match-to-sample.js'
import type { Task } from '../../src/tasks/task.js'

/** A network as it is at an epoch: its flow without input, what is slow in it, and what it answers. */

/** What is trained, as the settings of a training say it. */
export interface MemorySubject {
  readonly model: DrivenModel
  readonly task: MemoryTask
  readonly seed: number
}

export type MemoryTask =
  | ({ readonly kind: 'cue-discrimination' } & CueDiscriminationIntervals)
  | ({ readonly kind: 'match-to-sample' } & MatchToSampleIntervals)

export interface MemoryLook {
  readonly epoch: number
  /** Of the latent plane, or at full rank of the first two principal components of the states; its points are those of {@link points}, in the same order. */
  readonly map: FlowMap
  /** Shares of the variance of these components; undefined of a latent plane. */
  readonly shares: readonly number[] | undefined
  readonly points: readonly SlowPoint[]
  /** Of each point, whether it is no farther from the nearest visited state than these spread around their mean. */
  readonly near: readonly boolean[]
  readonly outputs: MemoryOutputs
}

/** Trials of a class that are run, at most, and that are drawn: one of each of four classes, two of each of two. */
const trialsPerClass = 4
/** Searches start from as many visited states, and from every point of a grid of this side around them. */
const [visitedStarts, gridSide] = [15, 5] as const
/** At full rank, where a search takes some tens of ms: from visited states, moved by noise of this in every neuron. */
const [stateStarts, stateNoise] = [8, 0.05] as const
/** Grid points along each side of a map. */
const gridPoints = { plane: 51, section: 31 } as const

/** Classes of trials in the tasks' order. */
const classNames: Readonly<Record<MemoryTask['kind'], readonly string[]>> = {
  'cue-discrimination': ['cue +', 'cue −'],
  'match-to-sample': ['cues + +', 'cues − −', 'cues − +', 'cues + −'],
}

/**
 * Looks at the network of an epoch. Trials have the noise of that epoch; starts are drawn with the epoch as seed, so
 * that the same network is always seen alike.
 */
export function lookAt(subject: MemorySubject, epoch: number, parameters: Float64Array): MemoryLook {
  const { model, task: taskSettings } = subject
  const task = taskOf(taskSettings)
  const trials = runTrials(subject, task, epoch, parameters)
  const views = drivenViews(model, parameters)
  const flow = latentNetworkFlow(drivenWeights(views, model.leak))
  const paths = trials.map(({ name, states }) => ({
    name,
    states: states.map(state => latentOf(views.recurrent, state)),
  }))
  const visited = paths.flatMap(({ states }) => states)
  const { points } = findSlowPoints(flow, startsFrom(visited, epoch))
  const spread = spreadOf(visited)
  const near = points.map(({ position }) => visited.some(state => distance(state, position) <= spread))
  const names = classNames[taskSettings.kind]
  const drawn = names.flatMap(name =>
    paths.filter(path => path.name === name).slice(0, names.length > 2 ? 1 : 2),
  )
  const decision = drivenDecision(views, task.outputFunction)
  const section = flow.dimension > 2 ? principalComponents(visited, 2) : undefined
  const map = flowMap(flow, {
    slowPoints: points,
    paths: drawn,
    gridPoints: section === undefined ? gridPoints.plane : gridPoints.section,
    decision,
    ...(section === undefined ? {} : { section }),
  })
  const shares = section && [...section.shares]
  return { epoch, map, shares, points, near, outputs: outputsOf(taskSettings, task, epoch, trials) }
}

function taskOf(settings: MemoryTask): Task {
  return settings.kind === 'cue-discrimination' ? cueDiscrimination(settings) : matchToSample(settings)
}

interface NamedTrial extends DrivenTrial {
  readonly name: string
}

function runTrials(
  { model, task: { kind }, seed }: MemorySubject,
  task: Task,
  epoch: number,
  parameters: Float64Array,
): NamedTrial[] {
  const names = classNames[kind]
  const each = task.trials / names.length
  const chosen = Array.from({ length: task.trials }, (_, i) => i).filter(i => i % each < trialsPerClass)
  return drivenTrials(model, task, parameters, { seed, epoch, trials: chosen }).map(run => ({
    ...run,
    name: names[Math.floor(run.trial / each)]!,
  }))
}

/** Some visited states, and in a plane a grid over all of them and half their width beyond on every side. */
export function startsFrom(visited: readonly Float64Array[], epoch: number): Float64Array[] {
  if (visited[0]!.length > 2) {
    return drawStarts(visited, { count: stateStarts, noise: stateNoise, seed: epoch })
  }
  const [columns, rows] = [0, 1].map(k => {
    const values = visited.map(state => state[k]!)
    const [low, high] = [Math.min(...values), Math.max(...values)]
    const beyond = (high - low) / 2
    return linspace(low - beyond, high + beyond, gridSide)
  })
  const grid = Array.from(rows!, y => Array.from(columns!, x => Float64Array.of(x, y))).flat()
  return [...drawStarts(visited, { count: visitedStarts, noise: 0, seed: epoch }), ...grid]
}

/** Root mean square distance of states from their mean. */
function spreadOf(states: readonly Float64Array[]): number {
  const centre = states[0]!.map((_, k) => states.reduce((sum, state) => sum + state[k]!, 0) / states.length)
  return Math.sqrt(states.reduce((sum, state) => sum + distance(state, centre) ** 2, 0) / states.length)
}

/** Mean outputs of each class of trials, with the targets. */
function outputsOf(
  settings: MemoryTask,
  { targets, steps }: Task,
  epoch: number,
  trials: readonly NamedTrial[],
): MemoryOutputs {
  const classes = classNames[settings.kind].map(name => {
    const members = trials.filter(trial => trial.name === name)
    const start = members[0]!.trial * steps
    const sum = new Float64Array(steps)
    for (const { outputs } of members) for (let t = 0; t < steps; t++) sum[t] = sum[t]! + outputs[t]!
    return {
      name,
      output: sum.map(value => value / members.length),
      target: targets.slice(start, start + steps),
    }
  })
  const { cue, delay, kind } = settings
  const second = kind === 'match-to-sample' ? [[cue + delay, 2 * cue + delay] as const] : []
  const from = second[0]?.[1] ?? cue + delay
  return { epoch, classes, cues: [[0, cue], ...second], reaction: [from, steps] }
}
