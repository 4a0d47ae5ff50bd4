import { formatCount } from '../../figures/numbers.js'
import { wilsonInterval } from '../../numerics/statistics.js'
import { type ClaimRule, type Finding, judge } from '../claim.js'
import { collapseWindow, isSaddleNode } from './collapse-flow.js'
import type { FastSeed } from './fast-seeds.js'
import type { SeedGroup } from './seeds.js'
import { fastSettings, slowSettings } from './settings.js'
import { openingMargin, type SlowSeed } from './slow-seeds.js'

/** A gradient below this share of that at epoch 0 has vanished. */
export const vanished = 0.01

const most = 'lower end of the 95% interval above 50%'

/** 4a–4c over seeds. */
export const seedClaims: readonly ClaimRule[] = [
  {
    id: '4d',
    statement: 'Networks learn abruptly without a bifurcation, whatever the seed',
    expected: `rate ${slowSettings.optimizer.rate}: of the seeds that learn, each has the same number of fixed points from epoch 0 until twice its second fall`,
    rule: `of the seeds that learn (loss below a tenth of the plateau) most have the same number of fixed points at every look up to the second fall, ${most} (main); most have it throughout, and most fall from 0.9 of the first loss to half of the plateau within 5% of the epochs up to that fall, by the same bound`,
  },
  {
    id: '4e',
    statement: 'A ghost is there before the loss drops, whatever the seed',
    expected: `rate ${slowSettings.optimizer.rate}: of the seeds that learn, each has a positive minimum of F(κ) between κ(0) and the threshold 1 before its first fall`,
    rule: `of the seeds that learn, most have a ghost before the first fall, ${most}`,
  },
  {
    id: '4f',
    statement:
      'At a high rate networks lose what they learned, by a saddle-node bifurcation, into a no-learning zone, whatever the seed',
    expected: `rate ${fastSettings.optimizer.rate}: of the seeds that fall, each is back at the plateau by twice that epoch; fixed points 1 → 3 just before; gradient vanished`,
    rule: `of the seeds that collapse, most end with a gradient below 1% of that at epoch 0, ${most} (main); most go from 1 fixed point to 3 within the last ${collapseWindow} epochs before the collapse and have 3 at it, and of the seeds that fall most collapse, by the same bound`,
  },
]

export function seedFindings({ slow, fast }: SeedGroup): Record<string, Finding> {
  const learned = slow.filter(hasLearned)
  return {
    '4d': withoutBifurcation(learned, slow.length),
    '4e': ghostBeforeFall(learned, slow.length),
    '4f': learningLost(fast),
  }
}

/** A seed that has learned, so that both falls are known. */
export type LearnedSeed = SlowSeed & { readonly firstFall: number; readonly secondFall: number }

export function hasLearned(seed: SlowSeed): seed is LearnedSeed {
  return seed.firstFall !== undefined && seed.secondFall !== undefined
}

/** How many of some seeds do something. */
export interface SeedShare {
  readonly count: number
  readonly total: number
  readonly low: number
  readonly high: number
}

/** An interval from 0 to 1 where there are no seeds. */
export function shareOf<Seed>(seeds: readonly Seed[], does: (seed: Seed) => boolean): SeedShare {
  const [count, total] = [seeds.filter(does).length, seeds.length]
  const { low, high } = total === 0 ? { low: 0, high: 1 } : wilsonInterval(count, total)
  return { count, total, low, high }
}

/** What claims 4d and 4e count, over seeds that have learned. */
export const slowShares = (learned: readonly LearnedSeed[]) => ({
  unchangedBefore: shareOf(
    learned,
    ({ firstBifurcation, secondFall }) => firstBifurcation === undefined || firstBifurcation > secondFall,
  ),
  unchanged: shareOf(learned, ({ firstBifurcation }) => firstBifurcation === undefined),
  abrupt: shareOf(learned, ({ fallShare }) => fallShare !== undefined && fallShare < 0.05),
  ghostBeforeFirst: shareOf(learned, ({ firstGhost, firstFall }) => isBefore(firstGhost, firstFall)),
  ghostBeforeSecond: shareOf(learned, ({ firstGhost, secondFall }) => isBefore(firstGhost, secondFall)),
  slowPointBeforeFirst: shareOf(learned, ({ firstSlowPoint, firstFall }) =>
    isBefore(firstSlowPoint, firstFall),
  ),
  opens: shareOf(learned, ({ opening }) => opening !== undefined),
  ghostEver: shareOf(learned, ({ firstGhost }) => firstGhost !== undefined),
})

/** What claim 4f counts. */
export function fastShares(fast: readonly FastSeed[]) {
  const lost = fast.filter(({ collapse }) => collapse !== undefined)
  const fallen = fast.filter(({ firstFall }) => firstFall !== undefined)
  return {
    lost: shareOf(fallen, ({ collapse }) => collapse !== undefined),
    trapped: shareOf(lost, ({ finalGradient }) => finalGradient < vanished),
    saddleNode: shareOf(lost, ({ fixedPoints }) => fixedPoints !== undefined && isSaddleNode(fixedPoints)),
  }
}

const isBefore = (epoch: number | undefined, fall: number) => epoch !== undefined && epoch < fall
const isMost = ({ low }: SeedShare) => low > 0.5

function withoutBifurcation(learned: readonly LearnedSeed[], seeds: number): Finding {
  const { unchangedBefore, unchanged, abrupt } = slowShares(learned)
  const counts = [...new Set(learned.flatMap(({ fixedPoints }) => fixedPoints))].sort((a, b) => a - b)
  const sum = (of: 'looks' | 'uncertain') => learned.reduce((total, seed) => total + seed[of], 0)
  return {
    measured: `${learned.length}/${seeds} seeds learn; no bifurcation up to the second fall in ${inWords(unchangedBefore)}, throughout in ${inWords(unchanged)} (fixed points: ${counts.join(', ')} at ${formatCount(sum('looks'))} looks, ${sum('uncertain')} of them unproved); abrupt in ${inWords(abrupt)}`,
    verdict: judge(isMost(unchangedBefore), isMost(unchanged), isMost(abrupt)),
  }
}

function ghostBeforeFall(learned: readonly LearnedSeed[], seeds: number): Finding {
  const { ghostBeforeFirst, ghostBeforeSecond, ghostEver, slowPointBeforeFirst, opens } = slowShares(learned)
  const delays = learned.flatMap(({ firstGhost, firstFall }) =>
    firstGhost === undefined ? [] : [firstGhost - firstFall],
  )
  const range =
    delays.length === 0
      ? ''
      : ` (${Math.min(...delays)} to ${Math.max(...delays)} epochs after the first fall, median ${median(delays)})`
  return {
    measured: `${learned.length}/${seeds} seeds learn; ghost before the first fall in ${inWords(ghostBeforeFirst)}, before the second in ${inWords(ghostBeforeSecond)}, at any time in ${ghostEver.count}/${ghostEver.total}${range}; a slow point anywhere before the first fall in ${slowPointBeforeFirst.count}/${slowPointBeforeFirst.total}; the stable fixed point passes the threshold within ${openingMargin} epochs of the first fall in ${inWords(opens)}`,
    verdict: judge(isMost(ghostBeforeFirst)),
  }
}

function learningLost(fast: readonly FastSeed[]): Finding {
  const { lost, trapped, saddleNode } = fastShares(fast)
  const recoveries = fast.reduce((sum, seed) => sum + seed.recoveries, 0)
  return {
    measured: `${lost.total}/${fast.length} seeds learn at first, of which lost ${inWords(lost)}; gradient vanished in ${inWords(trapped)}; fixed points 1 → 3 before the collapse in ${inWords(saddleNode)}; ${recoveries} collapses undone`,
    verdict: judge(isMost(trapped), isMost(saddleNode), isMost(lost)),
  }
}

/** `7/8 (95%: 53–98%)` */
export function inWords({ count, total, low, high }: SeedShare): string {
  return `${count}/${total} (95%: ${(100 * low).toFixed(0)}–${(100 * high).toFixed(0)}%)`
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)]!
}
