import { drivenDecision } from '../../dynamics/decision.js'
import { flowMap } from '../../dynamics/flow-map.js'
import type { RankTwoData } from '../../figures/figure-4.js'
import type { MemoryOutputs } from '../../figures/memory/data.js'
import { formatCount } from '../../figures/numbers.js'
import { drivenViews } from '../../models/driven.js'
import { createTask } from '../../training/create-trainer.js'
import type { Snapshot } from '../../training/trainer.js'
import { lookAtNetwork, runTrials } from '../working-memory/look.js'
import { shownSnapshots } from '../working-memory/picture-epochs.js'
import type { MemorySettings } from '../working-memory/settings.js'
import type { KeptTraining } from '../working-memory/training.js'
import { compareRecipes, type RecipeComparison } from './published-recipe.js'

/** What figure 4 shows of one training. */
export interface RankTwoPicture extends Pick<RankTwoData, 'maps' | 'outputs'> {
  /** The published way to slow points beside this one, at the last epoch shown. */
  readonly recipes: RecipeComparison
}

/** Maps, and grid points along each side of them: few enough for a page of ten. */
const [mapCount, gridPoints] = [5, 51] as const

/** Maps of the latent flow at the epochs shown, outputs before the last two falls and at the end. */
export function rankTwoPicture(training: KeptTraining, asked: readonly number[]): RankTwoPicture {
  const { settings, events } = training
  const shown = shownSnapshots(training, asked, mapCount)
  const fall = events.secondFall ?? events.firstFall ?? settings.epochs
  const before = shown.findLast(({ epoch }) => epoch < fall) ?? shown[0]!
  const last = shown.at(-1)!
  return {
    maps: shown.map(snapshot => mapAt(settings, snapshot)),
    outputs: [...new Set([before, last])].map(snapshot => outputsAt(settings, snapshot)),
    recipes: compareRecipes(lookAtNetwork(settings, last)),
  }
}

function mapAt(settings: MemorySettings, snapshot: Snapshot): RankTwoPicture['maps'][number] {
  const { flow, paths, points } = lookAtNetwork(settings, snapshot)
  const { outputFunction } = createTask(settings)
  const parameters = drivenViews(settings.model, snapshot.parameters)
  const names = [...new Set(paths.map(({ name }) => name))]
  // One trial of each of four classes, two of each of two: more hide the flow.
  const drawn = names.flatMap(name =>
    paths.filter(path => path.name === name).slice(0, names.length > 2 ? 1 : 2),
  )
  const map = flowMap(flow, {
    slowPoints: points,
    paths: drawn,
    gridPoints,
    decision: drivenDecision(parameters, outputFunction),
  })
  return { title: `Epoch ${formatCount(snapshot.epoch)}`, map }
}

function outputsAt(settings: MemorySettings, snapshot: Snapshot): MemoryOutputs {
  const { task } = settings
  const { targets, steps } = createTask(settings)
  const trials = runTrials(settings, snapshot)
  const names = [...new Set(trials.map(({ name }) => name))]
  const classes = names.map(name => {
    const members = trials.filter(trial => trial.name === name)
    const start = members[0]!.trial * steps
    const output = Float64Array.from(
      { length: steps },
      (_, t) => members.reduce((sum, { outputs }) => sum + outputs[t]!, 0) / members.length,
    )
    return { name, output, target: targets.slice(start, start + steps) }
  })
  const cue = task.kind === 'delayed-activation' ? 0 : task.cue
  const second = task.kind === 'match-to-sample' ? [[cue + task.delay, 2 * cue + task.delay] as const] : []
  const reactionStart = second[0]?.[1] ?? cue + task.delay
  return { epoch: snapshot.epoch, classes, cues: [[0, cue], ...second], reaction: [reactionStart, steps] }
}
