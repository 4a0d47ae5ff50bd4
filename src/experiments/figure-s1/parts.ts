import type { PartContext } from '../experiment.js'
import { measureResponseRates, type ResponseRates } from './critical-rates.js'
import { type SwitchingRun, seedGroups, switchingGroup } from './switching.js'

/** One part for the toy's rates, and one for every group of seeds. */
export type FigureS1Parts = { rates: ResponseRates } & {
  [Part in `switching ${number}`]: readonly SwitchingRun[]
}

const switchingParts = Object.fromEntries(
  Array.from({ length: seedGroups }, (_, group) => [
    `switching ${group}` as const,
    (context: PartContext) => switchingGroup(group, context),
  ]),
)

export const parts = {
  rates: async (context: PartContext) => measureResponseRates(context),
  ...switchingParts,
}
