import { type BootstrapInterval, bootstrapInterval } from '../../numerics/bootstrap.js'
import { median, type ShareInterval, wilsonInterval } from '../../numerics/statistics.js'
import { type ClaimRule, type Finding, judge } from '../claim.js'
import { attractingGhosts } from './attracting-ghosts.js'
import type { MemoryLook, SeedRun } from './seed-run.js'

/** What a claim about ghosts before a fall is judged by. */
export type JudgedRun = Pick<SeedRun<unknown>, 'events' | 'looks'>

/** Looks from this share of the way to a fall on count as before it. */
const before = 0.5
/** Seeds that a median, or a share, says something of. */
const fewest = 4

/** The claim that a ghost is there before the loss drops, of one kind of network and task. */
export function ghostClaim(id: string, network: string, task: string, delay: string): ClaimRule {
  return {
    id,
    statement: `A ghost is there before the loss drops: ${network}, ${task}`,
    expected:
      'slow points precede abrupt learning: an attracting ghost near the paths of the trials before the first fall (loss below half of the plateau)',
    rule: `of the seeds that learn, a share with an attracting ghost near the paths at a look from half of the way to the first fall on, lower end of the 95% interval above 50% (main), and the same at the last look before that fall; the median over the former seeds, at least ${fewest}, of the longest dwell time (the whole passage) at least the delay, ${delay}, by the lower end of its 95% bootstrap interval; the share before the second fall (below a tenth), if at least ${fewest} seeds have one`,
  }
}

/** Judges {@link ghostClaim} of all seeds that were run. */
export function judgeGhosts(runs: readonly JudgedRun[], delay: number): Finding {
  const learning = runs.filter(({ events }) => events.firstFall !== undefined)
  if (learning.length === 0) return { measured: `none of ${runs.length} seeds learns`, verdict: judge(false) }
  const first = presenceBefore(learning, 'firstFall')
  const falling = learning.filter(({ events }) => events.secondFall !== undefined)
  const second = falling.length < fewest ? undefined : presenceBefore(falling, 'secondFall')
  const last = wilsonInterval(learning.filter(hasGhostAtFall).length, learning.length)
  const dwell = first.dwells.length < fewest ? undefined : bootstrapInterval(first.dwells, median)
  return {
    measured: [
      `${learning.length}/${runs.length} seeds learn`,
      `ghost before the first fall in ${shareText(first.share, learning.length)}, at the last look in ${shareText(last, learning.length)}, its dwell time ${dwell === undefined ? stepsText(median(first.dwells)) : dwellText(dwell)}`,
      `before the second in ${falling.length === 0 ? '–' : shareText(presenceBefore(falling, 'secondFall').share, falling.length)}`,
      ...describeSeeds(learning),
      ...describeUntaught(runs.filter(({ events }) => events.firstFall === undefined)),
    ].join('; '),
    verdict: judge(
      first.share.low > 0.5,
      last.low > 0.5,
      dwell !== undefined && dwell.low >= delay,
      second === undefined || second.share.low > 0.5,
    ),
  }
}

/** In how many runs a ghost is seen on the last half of the way to a fall, and its longest dwell time in each. */
function presenceBefore(
  runs: readonly JudgedRun[],
  fall: 'firstFall' | 'secondFall',
): { readonly share: ShareInterval; readonly dwells: number[] } {
  const dwells = runs.flatMap(({ events, looks }) => {
    const at = events[fall]!
    const ghosts = looks
      .filter(({ epoch }) => epoch >= before * at && epoch < at)
      .flatMap(look => attractingGhosts(look).map(({ dwell }) => dwell))
    return ghosts.length === 0 ? [] : [Math.max(...ghosts)]
  })
  return { share: wilsonInterval(dwells.length, runs.length), dwells }
}

const hasGhost = (look: MemoryLook) => attractingGhosts(look).length > 0

/** The last look before the first fall. */
const lastBefore = ({ events, looks }: JudgedRun) => looks.findLast(({ epoch }) => epoch < events.firstFall!)!

const hasGhostAtFall = (run: JudgedRun) => hasGhost(lastBefore(run))

/** What else there is to say of the seeds that learn: when ghosts and fixed points are there. */
function describeSeeds(learning: readonly JudgedRun[]): string[] {
  const count = (holds: (run: JudgedRun) => boolean) => `${learning.filter(holds).length}/${learning.length}`
  const firstGhosts = learning.flatMap(({ events, looks }) => {
    const first = looks.find(hasGhost)
    return first === undefined ? [] : [first.epoch / events.firstFall!]
  })
  const lasting = learning.flatMap(({ looks }) => attractingGhosts(looks.at(-1)!).map(({ dwell }) => dwell))
  const decay = (lookOf: (run: JudgedRun) => MemoryLook) =>
    stepsText(median(learning.flatMap(run => lookOf(run).decay ?? [])))
  return [
    `at epoch 0 in ${count(({ looks }) => hasGhost(looks[0]!))}, at the end in ${count(({ looks }) => hasGhost(looks.at(-1)!))}, dwell ${stepsText(median(lasting))}`,
    `first seen at ${firstGhosts.length === 0 ? '–' : `${median(firstGhosts).toPrecision(2)} times the epoch of the first fall`}`,
    `several stable fixed points just before it in ${count(run => lastBefore(run).stableFixedPoints > 1)}, at the end in ${count(({ looks }) => looks.at(-1)!.stableFixedPoints > 1)}`,
    `other slow points ${count(run => lastBefore(run).slowPoints > 0)} and ${count(({ looks }) => looks.at(-1)!.slowPoints > 0)}`,
    `decay to the stable fixed point ${decay(({ looks }) => looks[0]!)} at epoch 0, ${decay(lastBefore)} just before the fall`,
  ]
}

/** Whether ghosts are there without learning, too. */
function describeUntaught(runs: readonly JudgedRun[]): string[] {
  if (runs.length === 0) return []
  const seen = runs.filter(({ looks }) => looks.some(hasGhost)).length
  return [`a ghost at some look in ${seen}/${runs.length} of the seeds that do not learn`]
}

function shareText({ share, low, high }: ShareInterval, total: number): string {
  return `${Math.round(share * total)}/${total} (95%: ${Math.round(100 * low)}–${Math.round(100 * high)}%)`
}

const dwellText = ({ estimate, low, high }: BootstrapInterval) =>
  `${estimate.toFixed(0)} steps (95%: ${low.toFixed(0)}–${high.toFixed(0)})`
const stepsText = (steps: number) => (Number.isNaN(steps) ? '–' : `${steps.toFixed(0)} steps`)
