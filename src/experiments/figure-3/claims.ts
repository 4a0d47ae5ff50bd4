import { wilsonInterval } from '../../numerics/statistics.js'
import { type ClaimRule, type Finding, judge } from '../claim.js'
import type { FastTraining } from './fast-training.js'
import { fastSettings, slowSettings } from './settings.js'
import type { SlowTraining } from './slow-training.js'

/** A gradient this much smaller than its largest counts as vanished. */
const vanished = 1e-6

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
    statement: 'At a high rate learning is lost, and lost into a no-learning zone',
    expected: `rate ${fastSettings.optimizer.rate}: loss back at the plateau in one jump, gradient vanished`,
    rule: 'more than half of the perturbed copies collapse, lower end of the 95% interval (main), and in every collapsed copy the last gradient is below 1e-6 of the largest',
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

function ghostBeforeFall({ ghostFrom, picture: { events, life } }: SlowTraining): Finding {
  const { firstFall, secondFall } = events
  const before = (fall: number | undefined) =>
    ghostFrom !== undefined && fall !== undefined && ghostFrom < fall
  const dwell = [...life.ghostDwell].filter(steps => !Number.isNaN(steps))
  const range = `dwell time ${Math.min(...dwell).toFixed(1)}–${Math.max(...dwell).toFixed(1)} steps`
  const ghost = ghostFrom === undefined ? 'no ghost' : `ghost from epoch ${ghostFrom}, ${range}`
  return {
    measured: `${ghost}; first fall ${firstFall ?? '–'}, second fall ${secondFall ?? '–'}`,
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
    verdict: judge(low > 0.5, trapped === lost.length),
  }
}
