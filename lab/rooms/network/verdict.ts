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
  if (row.epoch >= firstFall && share >= eventThresholds.collapse) return lost(row, first)
  if (row.epoch >= secondFall) return { state: 'falling', text: 'has learned, but the loss hops' }
  if (row.epoch >= firstFall || share < eventThresholds.collapse) return { state: 'falling', text: 'falling' }
  return { state: 'plateau', text: 'on the plateau' }
}

function lost(row: HistoryRow, first: HistoryRow): Verdict {
  const left = row.gradientNorm / first.gradientNorm
  if (row.gradientNorm === 0) return { state: 'lost', text: 'lost: the gradient is zero' }
  if (left < vanished) return { state: 'lost', text: `lost: gradient ${formatNumber(left, 2)} of its start` }
  return { state: 'lost', text: 'back on the plateau' }
}
