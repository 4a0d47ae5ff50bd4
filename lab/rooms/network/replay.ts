import { everyFrame } from '../../ui/frames.js'
import { following, head, pastEpoch } from './place.js'
import { active, lookAt, playing, speed } from './playback.js'

/** Goes through the past of the training, at the speed that is set, while it plays there. */

/** The epoch shown, and the part of the next that has passed. */
let exactEpoch = 0

/** Follows what is set, from now on. */
export function startReplay(): void {
  everyFrame(() => playing.value && !following.value && active.value, pass)
}

function pass(milliseconds: number): void {
  // It is still being caught up to.
  if (pastEpoch.peek() > head.peek()) return
  if (Math.floor(exactEpoch) !== pastEpoch.peek()) exactEpoch = pastEpoch.peek()
  exactEpoch = Math.min(head.peek(), exactEpoch + epochsIn(milliseconds))
  const epoch = Math.floor(exactEpoch)
  if (epoch === pastEpoch.peek()) return
  pastEpoch.value = epoch
  lookAt(epoch)
}

/** No time at all is no epoch, at any speed. */
function epochsIn(milliseconds: number): number {
  return milliseconds > 0 ? (speed.peek() * milliseconds) / 1000 : 0
}
