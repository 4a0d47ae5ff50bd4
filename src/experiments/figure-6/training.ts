import { logspace } from '../../numerics/spacing.js'
import { advanceTo } from '../../training/advance-to.js'
import { createTask, createTrainer } from '../../training/create-trainer.js'
import { Summariser } from '../../training/training-summary.js'
import type { PartContext, Profile } from '../experiment.js'
import { extents, type Network, type NetworkPlan, type PartPlan, ratesOf, task } from './settings.js'

/** How one training ended. */
export interface RunEnd {
  readonly network: Network
  readonly rate: number
  readonly seed: number
  readonly firstLoss: number
  /** The loss from which a fall is told: the first, but at most that of a silent network. */
  readonly plateau: number
  /** Loss of the last epoch; NaN if the training diverged. */
  readonly finalLoss: number
  /** Loss at the epochs that `lossEpochs` names. */
  readonly lossAt: readonly number[]
}

/** Epochs whose loss a training keeps: those shown against the rate, or about 40 for a loss curve. */
export function lossEpochs(network: Network | number, profile: Profile): number[] {
  const { shownEpochs, rankEpochs } = extents[profile]
  if (typeof network !== 'number') return [...shownEpochs]
  const spaced = logspace(0, Math.log10(rankEpochs - 1), 40)
  return [...new Set([0, ...spaced.map(Math.round)])]
}

/** Trains a network at each of the rates that the profile wants of a part. */
export async function trainPart(part: PartPlan, { profile, onProgress }: PartContext): Promise<RunEnd[]> {
  const rates = ratesOf(part, profile)
  const ends: RunEnd[] = []
  for (const rate of rates) {
    const onShare = (share: number) => onProgress((ends.length + share) / rates.length)
    ends.push(await trainOnce(part.plan, part.seed, rate, profile, onShare))
  }
  return ends
}

async function trainOnce(
  { network, model }: NetworkPlan,
  seed: number,
  rate: number,
  profile: Profile,
  onShare: (share: number) => void,
): Promise<RunEnd> {
  const { shownEpochs, rankEpochs } = extents[profile]
  const epochs = typeof network === 'number' ? rankEpochs : shownEpochs.at(-1)! + 1
  const settings = { model, task, optimizer: { kind: 'sgd', rate }, seed, epochs } as const
  const trainer = await createTrainer(settings)
  const { silentLoss } = createTask({ task: { ...task, response: task.delay } })
  const summariser = new Summariser(silentLoss, lossEpochs(network, profile))
  await advanceTo(trainer, epochs, {
    onStretch: stretch => summariser.observe(stretch),
    onProgress: done => onShare(done / epochs),
  })
  const { firstLoss, finalLoss, lossAt } = summariser.summary
  return {
    network,
    rate,
    seed,
    firstLoss,
    plateau: Math.min(firstLoss, silentLoss),
    finalLoss: trainer.divergedAt === undefined ? finalLoss : Number.NaN,
    lossAt,
  }
}
