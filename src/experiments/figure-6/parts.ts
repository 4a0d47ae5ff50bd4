import type { PartContext } from '../experiment.js'
import { partPlans } from './settings.js'
import { type RunEnd, trainPart } from './training.js'

export const parts: Record<string, (context: PartContext) => Promise<readonly RunEnd[]>> = Object.fromEntries(
  partPlans.map(plan => [plan.name, (context: PartContext) => trainPart(plan, context)]),
)
