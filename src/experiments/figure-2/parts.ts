import type { PartContext } from '../experiment.js'
import { measureScaling, runSweep } from './critical-rates.js'
import { measureFloor, runDescents } from './descents.js'
import { measureLandscape } from './landscape.js'

export const parts = {
  landscape: async () => measureLandscape(),
  descents: async () => runDescents(),
  floor: async () => measureFloor(),
  sweep: async () => runSweep(),
  scaling: async ({ onProgress }: PartContext) => measureScaling(onProgress),
}
