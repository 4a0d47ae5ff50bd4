import { logspace } from '../../numerics/spacing.js'
import type { Settings } from '../../settings/settings.js'
import type { Profile } from '../experiment.js'

/** The ranks of figure 6b. */
export const publishedRanks = [1, 2, 3, 4, 5, 10, 30, 50, 100] as const

/** A network of the figure: of 6a by name, of 6b by its rank K. */
export type Network = 'rank-one' | 'full' | (typeof publishedRanks)[number]

/** What the paper ran of one network, and what each profile runs of it. */
export interface NetworkPlan {
  readonly network: Network
  readonly model: Settings['model']
  /** The published learning rates. */
  readonly rates: Float64Array
  /** Parts that the rates of one seed are cut into, so that none takes more than about four minutes. */
  readonly blocks: number
}

const size = { neurons: 100, leak: 0.5 } as const

/** Delayed activation: off for 20 steps, on for 20. */
export const task = { kind: 'delayed-activation', delay: 20 } as const

export const publishedSeeds = 10

/** Figure 6a: a rank-one network against one of full rank. */
const ratePlans: readonly NetworkPlan[] = [
  { network: 'rank-one', model: { kind: 'rank-one', ...size }, rates: logspace(-4, -1, 30), blocks: 1 },
  {
    network: 'full',
    model: { kind: 'autonomous', ...size, rank: 'full' },
    rates: logspace(-4, 1, 30),
    blocks: 4,
  },
]

const rankBlocks: Partial<Record<number, number>> = { 30: 2, 50: 3, 100: 5 }

/** Figure 6b: networks of rank K. */
const rankPlans = publishedRanks.map(
  (rank): NetworkPlan => ({
    network: rank,
    model: { kind: 'autonomous', ...size, rank },
    rates: logspace(-3, 0, 10),
    blocks: rankBlocks[rank] ?? 1,
  }),
)

export const networkPlans: readonly NetworkPlan[] = [...ratePlans, ...rankPlans]

/** What a profile runs. */
interface Extent {
  /** Learning rates by their index in the published ones; all unless given. */
  readonly rates: {
    readonly rankOne?: readonly number[]
    readonly full?: readonly number[]
    readonly rank?: readonly number[]
  }
  readonly ranks: readonly number[]
  readonly seeds: { readonly rates: number; readonly ranks: number }
  /** Epochs at which the loss is shown against the rate; the last one is the last of the training. */
  readonly shownEpochs: readonly number[]
  /** Epochs of the trainings of rank K. */
  readonly rankEpochs: number
}

export const extents: Record<Profile, Extent> = {
  quick: {
    rates: { rankOne: [10, 13, 16, 18, 20, 22, 24, 26, 29], full: [17, 21], rank: [4, 5, 6] },
    ranks: [1, 5, 30],
    seeds: { rates: 4, ranks: 4 },
    shownEpochs: [2000, 5000, 10_000],
    rankEpochs: 6000,
  },
  standard: {
    rates: {
      rankOne: [3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29],
      full: [8, 12, 16, 20, 23, 25, 27, 29],
      rank: [3, 4, 5, 6, 7],
    },
    ranks: [1, 3, 5, 10, 30, 100],
    seeds: { rates: 5, ranks: 6 },
    shownEpochs: [5000, 10_000, 20_000, 30_000],
    rankEpochs: 10_000,
  },
  paper: {
    rates: {},
    ranks: publishedRanks,
    seeds: { rates: publishedSeeds, ranks: publishedSeeds },
    shownEpochs: [10_000, 20_000, 30_000, 50_000, 100_000, 200_000],
    rankEpochs: 500_000,
  },
}

/** One part: some rates of one network and seed. */
export interface PartPlan {
  readonly name: string
  readonly plan: NetworkPlan
  readonly seed: number
  readonly block: number
}

/** Every part of the paper's profile. */
export const partPlans: readonly PartPlan[] = networkPlans.flatMap(plan =>
  Array.from({ length: publishedSeeds * plan.blocks }, (_, i): PartPlan => {
    const [seed, block] = [Math.floor(i / plan.blocks), i % plan.blocks]
    const label = typeof plan.network === 'number' ? `rank ${plan.network}` : plan.network
    const blockLabel = plan.blocks === 1 ? '' : `, rates ${block + 1} of ${plan.blocks}`
    return { name: `${label}, seed ${seed}${blockLabel}`, plan, seed, block }
  }),
)

/** The rates that a profile runs in a part; none if it does not run the part. */
export function ratesOf({ plan, seed, block }: PartPlan, profile: Profile): number[] {
  const { rates, ranks, seeds } = extents[profile]
  const isRank = typeof plan.network === 'number'
  if (seed >= (isRank ? seeds.ranks : seeds.rates)) return []
  if (typeof plan.network === 'number' && !ranks.includes(plan.network)) return []
  const chosen = isRank ? rates.rank : plan.network === 'full' ? rates.full : rates.rankOne
  return [...(chosen ?? plan.rates.keys())].filter(i => i % plan.blocks === block).map(i => plan.rates[i]!)
}
