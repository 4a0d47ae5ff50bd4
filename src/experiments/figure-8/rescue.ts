import { mean } from '../../numerics/statistics.js'
import { createTrainer } from '../../training/create-trainer.js'
import type { Stretch } from '../../training/trainer.js'
import type { PartContext } from '../experiment.js'
import { groups, judgedEpochs, rescueSettings, rescueTraining, seedsOf } from './settings.js'

/** What became of one seed of figure 8b. */
export interface RescueRun {
  readonly seed: number
  readonly fate: Fate
  /** A branch for each confidence; empty unless learning is lost. */
  readonly branches: readonly Branch[]
}

/** Never learned; lost: learned, and nothing left of it at the end; kept. */
export type Fate = 'never' | 'lost' | 'kept'

/** The training after a lost state, at one confidence. */
export interface Branch {
  /** Of the lost state: gradient norm at the first epoch of the branch. */
  readonly firstGradient: number
  /** Mean over the epochs of the branch. */
  readonly meanGradient: number
  /** Mean over the last 50 epochs. */
  readonly accuracy: number
  /** Whether that mean is above one half, which a silent network has. */
  readonly rescued: boolean
}

/** Accuracy of a silent network on delayed activation with equal delay and response. */
const silentAccuracy = 0.5

/** Trains the seeds of one part, and those that lose what they learned on at every confidence. */
export async function rescueGroup(
  group: number,
  { profile, onProgress }: PartContext,
): Promise<readonly RescueRun[]> {
  const runs: RescueRun[] = []
  const seeds = seedsOf(group, groups.rescue, rescueSettings.seeds[profile])
  for (const seed of seeds) {
    runs.push(await rescue(seed))
    onProgress(runs.length / seeds.length)
  }
  return runs
}

async function rescue(seed: number): Promise<RescueRun> {
  const trainer = await createTrainer(rescueTraining(seed))
  const fate = fateOf(trainer.advance(rescueSettings.epochs))
  if (fate !== 'lost') return { seed, fate, branches: [] }
  const trapped = trainer.snapshot()
  const branches = rescueSettings.confidences.map(confidence => {
    trainer.restore(trapped)
    trainer.change({ confidence })
    return branchOf(trainer.advance(rescueSettings.branchEpochs))
  })
  return { seed, fate, branches }
}

/** Learned: accuracy above one half at some epoch; lost: at none of the last 50. */
export function fateOf({ accuracy }: Pick<Stretch, 'accuracy'>): Fate {
  const above = (value: number) => value > silentAccuracy
  if (!accuracy.some(above)) return 'never'
  return accuracy.subarray(-judgedEpochs).some(above) ? 'kept' : 'lost'
}

/** Sums a branch up. */
export function branchOf({ accuracy, gradientNorm }: Omit<Stretch, 'loss' | 'firstEpoch'>): Branch {
  const late = mean(accuracy.subarray(-judgedEpochs))
  return {
    firstGradient: gradientNorm[0] ?? Number.NaN,
    meanGradient: mean(gradientNorm),
    accuracy: late,
    rescued: late > silentAccuracy,
  }
}
