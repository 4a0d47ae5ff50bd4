import { network } from './network/network.js'
import { oneDimension } from './one-dimension/one-dimension.js'
import { remedies } from './remedies/remedies.js'
import type { Room } from './room.js'
import { workingMemory } from './working-memory/working-memory.js'

/** The rooms, in their order on the page. */
export const rooms: readonly Room[] = [oneDimension, network, remedies, workingMemory]
