import { formatCount } from '../../figures/numbers.js'
import { type ShareInterval, wilsonInterval } from '../../numerics/statistics.js'
import { type ClaimRule, type Finding, judge } from '../claim.js'
import { isSaddleNode } from './collapse-flow.js'
import type { FastTraining } from './fast-training.js'
import { seedClaims, seedFindings, vanished } from './seed-claims.js'
import { joinGroups, type SeedGroup, type SeedPart, seedParts } from './seeds.js'
import { fastSettings, slowSettings } from './settings.js'
import type { SlowTraining } from './slow-training.js'

export const claims: readonly ClaimRule[] = [
  {
    id: '4a',
    statement: 'A rank-one network learns abruptly without a bifurcation',
    expected: `rate ${slowSettings.optimizer.rate}, seed 40: the number of fixed points of the latent flow never changes`,
    rule: 'loss below 0.1 of the first at the end, and from 0.9 to 0.5 of it within 5% of the epochs up to that fall (main); the same number of fixed points at every look at the flow',
  },
  {
    id: '4b',
    statement: 'A ghost is there before the loss drops',
    expected:
      'a positive minimum of F(κ) between κ(0) and the threshold 1 before the first fall (loss below half of the plateau)',
    rule: 'a ghost before the first fall',
  },
  {
    id: '4c',
    statement: 'Learning that is lost at a high rate is lost into a no-learning zone',
    expected: `rate ${fastSettings.optimizer.rate}: loss back at the plateau in one jump, with a vanished gradient`,
    rule: 'of the perturbed copies that collapse, most end with a gradient below 1% of that at epoch 0, lower end of the 95% interval above 50% (main) and above 90%; more than half of the copies collapse, by the same interval',
  },
  ...seedClaims,
]

/** What figure 3's claims are judged by. */
export interface Figure3Parts {
  slow: SlowTraining
  fast: FastTraining
  /** Other seeds, in groups. */
  [seeds: SeedPart]: SeedGroup
}

export function findings(parts: Figure3Parts): Record<string, Finding> {
  return {
    '4a': withoutBifurcation(parts.slow),
    '4b': ghostBeforeFall(parts.slow),
    '4c': learningLost(parts.fast),
    ...seedFindings(allSeeds(parts)),
  }
}

/** The seeds of all groups. */
export function allSeeds(parts: Figure3Parts): SeedGroup {
  return joinGroups(seedParts.flatMap(({ name }) => parts[name] ?? []))
}

function withoutBifurcation({ fallShare, picture: { history, events, life } }: SlowTraining): Finding {
  const finalLoss = history.loss.at(-1) ?? Number.NaN
  const firstLoss = history.loss[0] ?? Number.NaN
  const abruptness =
    fallShare === undefined ? 'never' : `within ${(100 * fallShare).toPrecision(2)}% of the epochs before`
  const counts = [...new Set(life.fixedPoints)]
  const trained = (history.epoch.at(-1) ?? -1) + 1
  return {
    measured: `loss ${finalLoss.toPrecision(2)} after ${formatCount(trained)} epochs (falls at ${events.firstFall ?? '–'}, ${abruptness}, and ${events.secondFall ?? '–'}); fixed points: ${counts.join(', ')} at all of ${formatCount(life.epoch.length)} looks`,
    verdict: judge(finalLoss < 0.1 * firstLoss && (fallShare ?? 1) < 0.05, counts.length === 1),
  }
}

function ghostBeforeFall({ ghost: { first, forGood }, picture: { events, life } }: SlowTraining): Finding {
  const { firstFall, secondFall } = events
  const falls = `first fall ${firstFall ?? '–'}, second fall ${secondFall ?? '–'}`
  if (first === undefined) return { measured: `${falls}; no ghost`, verdict: judge(false) }
  const dwell = life.ghostDwell.filter(steps => !Number.isNaN(steps)).sort()
  const range = `${dwell[0]?.toFixed(0)}–${dwell.at(-1)?.toFixed(0)} steps`
  const from = forGood === undefined ? 'not there at the end' : `for good from ${forGood.epoch}`
  return {
    measured: `${falls}; first ghost ${first.epoch} (loss then ${first.loss.toPrecision(2)}), ${from}; dwell time ${range}`,
    verdict: judge(firstFall !== undefined && first.epoch < firstFall),
  }
}

function learningLost({ copies }: FastTraining): Finding {
  const lost = copies.filter(({ events }) => events.collapse !== undefined)
  const share = wilsonInterval(lost.length, copies.length)
  if (lost.length === 0)
    return { measured: `of ${copies.length} copies of seed 40 none lost`, verdict: judge(false) }
  const trapped = lost.filter(({ finalGradient }) => finalGradient < vanished).length
  const trappedShare = wilsonInterval(trapped, lost.length)
  const saddleNodes = lost.filter(({ fixedPoints }) => fixedPoints && isSaddleNode(fixedPoints)).length
  return {
    measured: `of ${copies.length} copies of seed 40, 1e-6 apart, ${lost.length} lost (${inPercent(share)}); gradient vanished in ${trapped}/${lost.length} (${inPercent(trappedShare)}); fixed points 1 → 3 before the collapse in ${saddleNodes}/${lost.length}`,
    verdict: judge(trappedShare.low > 0.5, trappedShare.low > 0.9, share.low > 0.5),
  }
}

function inPercent({ low, high }: ShareInterval): string {
  return `95%: ${(100 * low).toFixed(0)}–${(100 * high).toFixed(0)}%`
}
