import { mean } from '../../numerics/statistics.js'
import { createBreather } from '../../training/breather.js'
import { createTrainer } from '../../training/create-trainer.js'
import type { Trainer } from '../../training/trainer.js'
import type { PartContext } from '../experiment.js'
import { groups, readOutLimit, readOutTraining, seedsOf } from './settings.js'

/** Points of each accuracy curve: before the limit, and after. */
export const curvePoints = 60

/** One seed of figure 8c. */
export interface ReadOutRun {
  readonly seed: number
  /** Mean accuracy in each of `curvePoints` equal stretches before the limit. */
  readonly before: Float64Array
  /** The same after it: the read-out left alone, then one for each limit. */
  readonly alone: LimitedBranch
  readonly limited: readonly LimitedBranch[]
}

export interface LimitedBranch {
  readonly accuracy: Float64Array
  /** Mean over the last tenth of the epochs. */
  readonly late: number
  /** Whether loss or gradient stopped being finite; the accuracy then counts as 0 from there. */
  readonly diverged: boolean
}

/** Trains the seeds of one part without a limit on the read-out, and on with each and without. */
export async function readOutGroup(
  group: number,
  { profile, onProgress }: PartContext,
): Promise<readonly ReadOutRun[]> {
  const seeds = seedsOf(group, groups.readOut, readOutLimit.seeds[profile])
  const epochs = readOutLimit.epochs[profile]
  const runs: ReadOutRun[] = []
  for (const seed of seeds) {
    runs.push(await trainLimited(seed, epochs, share => onProgress((runs.length + share) / seeds.length)))
  }
  return runs
}

async function trainLimited(
  seed: number,
  epochs: number,
  onProgress: (share: number) => void,
): Promise<ReadOutRun> {
  const trainer = await createTrainer(readOutTraining(seed, epochs))
  const stretches = 2 + readOutLimit.limits.length
  let done = 0
  const advance = async () => {
    const accuracy = await accuracyOver(trainer, epochs, share => onProgress((done + share) / stretches))
    done++
    return accuracy
  }
  const first = await advance()
  const end = trainer.snapshot()
  const alone = branch(trainer, await advance())
  const limited: LimitedBranch[] = []
  for (const readOutNorm of readOutLimit.limits) {
    trainer.restore(end)
    trainer.change({ readOutNorm })
    limited.push(branch(trainer, await advance()))
  }
  return { seed, before: binned(first), alone, limited }
}

function branch(trainer: Trainer, accuracy: Float64Array): LimitedBranch {
  const compared = Math.ceil(readOutLimit.comparedShare * accuracy.length)
  return {
    accuracy: binned(accuracy),
    late: mean(accuracy.subarray(-compared)),
    diverged: trainer.divergedAt !== undefined,
  }
}

/** Accuracy at each epoch; 0 from a divergence on. */
async function accuracyOver(
  trainer: Trainer,
  epochs: number,
  onProgress: (share: number) => void,
): Promise<Float64Array> {
  const accuracy = new Float64Array(epochs)
  const breathe = createBreather()
  const atOnce = 10
  for (let done = 0; done < epochs && trainer.divergedAt === undefined; done += atOnce) {
    accuracy.set(trainer.advance(Math.min(atOnce, epochs - done)).accuracy, done)
    if (await breathe()) onProgress(done / epochs)
  }
  return accuracy
}

/** Means of equal stretches. */
function binned(values: Float64Array): Float64Array {
  return Float64Array.from({ length: curvePoints }, (_, i) => {
    const [from, to] = [i, i + 1].map(edge => Math.round((edge * values.length) / curvePoints))
    return mean(values.subarray(from, to))
  })
}
