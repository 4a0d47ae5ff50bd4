import type { Events } from '../../../src/training/events.js'
import type { SessionProgress } from '../../work/training-session.js'

/** Falls of the loss, and a collapse that has lasted. */
export type LastingEvents = Pick<Events, 'firstFall' | 'secondFall' | 'collapse'>

/** Epochs after which a collapse is one: noise alone takes the loss of few trials to the plateau for an epoch. */
const lasting = 50

export function lastingEvents({ events, epoch }: Pick<SessionProgress, 'events' | 'epoch'>): LastingEvents {
  const { firstFall, secondFall, collapse } = events
  const lasts = collapse !== undefined && epoch - collapse >= lasting
  return { firstFall, secondFall, collapse: lasts ? collapse : undefined }
}
