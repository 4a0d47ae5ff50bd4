import { wilsonInterval } from '../../numerics/statistics.js'
import { type ClaimRule, type Finding, judge } from '../claim.js'
import type { FastTraining } from './fast-training.js'
import { fastSettings, slowSettings } from './settings.js'
import type { SlowTraining } from './slow-training.js'

/** A gradient below this share of the plateau's, from which the network did learn, has vanished. */
const vanished = 0.01

export const claims: readonly ClaimRule[] = [
  {
    id: '4a',
    statement: 'A rank-one network learns abruptly without a bifurcation',
    expected: `rate ${slowSettings.optimizer.rate}, seed 40: the number of fixed points of the latent flow never changes`,
    rule: 'loss below 0.1 of the plateau at the end (main), and the same number of fixed points at every look at the flow',
  },
  {
    id: '4b',
    statement: 'A ghost is there before the loss drops',
    expected:
      'a positive minimum of F(κ) between κ(0) and the threshold 1 before the first fall (loss < 0.5)',
    rule: 'a ghost before the second fall, loss < 0.1 (main), and before the first fall as well',
  },
  {
    id: '4c',
    statement: 'Learning that is lost at a high rate is lost into a no-learning zone',
    expected: `rate ${fastSettings.optimizer.rate}: loss back at the plateau in one jump, with a vanished gradient`,
    rule: 'some copies collapse, and at the last epoch of each of them the gradient is below 1% of that at epoch 0 (main); more than half of the copies collapse, lower end of the 95% interval',
  },
]

/** What figure 3's claims are judged by. */
export interface Figure3Parts {
  slow: SlowTraining
  fast: FastTraining
}

export function findings({ slow, fast }: Figure3Parts): Record<string, Finding> {
  return { '4a': withoutBifurcation(slow), '4b': ghostBeforeFall(slow), '4c': learningLost(fast) }
}

function withoutBifurcation({ picture: { history, events, life } }: SlowTraining): Finding {
  const finalLoss = history.loss.at(-1) ?? Number.NaN
  const counts = [...new Set(life.fixedPoints)]
  const trained = (history.epoch.at(-1) ?? -1) + 1
  return {
    measured: `loss ${finalLoss.toPrecision(2)} after ${trained} epochs (falls at ${events.firstFall ?? '–'} and ${events.secondFall ?? '–'}); fixed points: ${counts.join(', ')} at all of ${life.epoch.length} looks`,
    verdict: judge(finalLoss < 0.1, counts.length === 1),
  }
}

function ghostBeforeFall({ ghost: { first, forGood }, picture: { events, life } }: SlowTraining): Finding {
  const { firstFall, secondFall } = events
  const before = (fall: number | undefined) => first !== undefined && fall !== undefined && first.epoch < fall
  const falls = `first fall ${firstFall ?? '–'}, second fall ${secondFall ?? '–'}`
  if (first === undefined) return { measured: `${falls}; no ghost`, verdict: judge(false) }
  const dwell = life.ghostDwell.filter(steps => !Number.isNaN(steps)).sort()
  const range = `${dwell[0]?.toFixed(0)}–${dwell.at(-1)?.toFixed(0)} steps`
  const from = forGood === undefined ? 'not there at the end' : `for good from ${forGood.epoch}`
  return {
    measured: `${falls}; first ghost ${first.epoch} (loss then ${first.loss.toPrecision(2)}), ${from}; dwell time ${range}`,
    verdict: judge(before(secondFall), before(firstFall)),
  }
}

function learningLost({ copies }: FastTraining): Finding {
  const lost = copies.filter(({ events }) => events.collapse !== undefined)
  const { share, low, high } = wilsonInterval(lost.length, copies.length)
  const trapped = lost.filter(({ finalGradient }) => finalGradient < vanished).length
  const saddleNodes = lost.filter(
    ({ fixedPoints }) => fixedPoints?.before === 1 && fixedPoints.after === 3,
  ).length
  const percent = (value: number) => (100 * value).toFixed(0)
  return {
    measured: `${lost.length}/${copies.length} lost, ${percent(share)}% (95%: ${percent(low)}–${percent(high)}%); gradient vanished in ${trapped}/${lost.length}; fixed points 1 → 3 at the collapse in ${saddleNodes}/${lost.length}`,
    verdict: judge(lost.length > 0 && trapped === lost.length, low > 0.5),
  }
}
