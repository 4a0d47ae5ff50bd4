import type { PartContext } from '../experiment.js'
import { type ReadOutRun, readOutGroup } from './read-out-limit.js'
import { type RescueRun, rescueGroup } from './rescue.js'
import { groups } from './settings.js'
import { type ConfidenceRun, confidenceGroup } from './trained-confidence.js'
import { measureZoneGradient, type ZoneGradient } from './zone-gradient.js'

/** The toy's gradients, and one part for every group of seeds, so that a long run can be stopped and taken up. */
export type Figure8Parts = { zone: ZoneGradient } & {
  [Part in `rescue ${number}`]: readonly RescueRun[]
} & { [Part in `trained confidence ${number}`]: readonly ConfidenceRun[] } & {
  [Part in `read-out ${number}`]: readonly ReadOutRun[]
}

export const parts = {
  zone: async () => measureZoneGradient(),
  ...grouped('rescue', groups.rescue, rescueGroup),
  ...grouped('trained confidence', groups.trained, confidenceGroup),
  ...grouped('read-out', groups.readOut, readOutGroup),
}

function grouped<Name extends string, Result>(
  name: Name,
  count: number,
  run: (group: number, context: PartContext) => Promise<Result>,
): Record<`${Name} ${number}`, (context: PartContext) => Promise<Result>> {
  const parts = Array.from({ length: count }, (_, group) => [
    `${name} ${group}` as const,
    (context: PartContext) => run(group, context),
  ])
  return Object.fromEntries(parts)
}
