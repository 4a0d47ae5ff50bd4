import type { Room } from '../room.js'
import { command } from './command.js'
import { open, player, roomId } from './player.js'
import { prose } from './prose.js'
import { state } from './state.js'
import { View } from './views.js'

/** Two ways out of the no-learning zone, and forty seeds to count by. */
export const remedies: Room = { id: roomId, title: 'The remedies', prose, state, player, open, View, command }
