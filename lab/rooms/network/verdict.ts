import { formatNumber } from '../../../src/figures/numbers.js'
import { type Events, eventThresholds } from '../../../src/training/events.js'
import type { HistoryRow } from '../../../src/training/history.js'

/** What the numbers of an epoch say, in words. */
export interface Verdict {
  readonly state: 'plateau' | 'falling' | 'learned' | 'lost'
  readonly text: string
}

export interface Judged {
  readonly row: HistoryRow
  /** The first epoch of the training. */
  readonly first: HistoryRow
  readonly events: Pick<Events, 'firstFall' | 'secondFall'>
  /** Of a silent network. */
  readonly silentLoss: number
}

/** A gradient that is this much smaller than at the start has vanished. */
const vanished = 1e-3

/** By the thresholds of the events, as shares of the plateau's loss. */
export function verdictOf({ row, first, events, silentLoss }: Judged): Verdict {
  const share = row.loss / Math.min(first.loss, silentLoss)
  const { firstFall = Number.POSITIVE_INFINITY, secondFall = Number.POSITIVE_INFINITY } = events
  if (share < eventThresholds.secondFall) return { state: 'learned', text: 'has learned' }
  const fell = row.epoch >= firstFall
  if (share >= eventThresholds.collapse) return onPlateau(row, first, fell)
  if (row.epoch >= secondFall) return { state: 'falling', text: 'has learned, but the loss hops' }
  return { state: 'falling', text: 'falling' }
}

/** Learning goes on there, unless the gradient has vanished. */
function onPlateau(row: HistoryRow, first: HistoryRow, fell: boolean): Verdict {
  const left = row.gradientNorm / first.gradientNorm
  const fate = fell ? 'lost' : 'stuck'
  if (row.gradientNorm === 0) return { state: 'lost', text: `${fate}: the gradient is zero` }
  if (left < vanished)
    return { state: 'lost', text: `${fate}: gradient ${formatNumber(left, 2)} of its start` }
  return fell ? { state: 'lost', text: 'back on the plateau' } : { state: 'plateau', text: 'on the plateau' }
}
