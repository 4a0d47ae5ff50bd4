import { describe, expect, it } from 'vitest'
import { claims, type Figure3Parts, findings } from '../../src/experiments/figure-3/claims.js'
import type { FastSeed } from '../../src/experiments/figure-3/fast-seeds.js'
import type { CopyEnd } from '../../src/experiments/figure-3/fast-training.js'
import type { SlowSeed } from '../../src/experiments/figure-3/slow-seeds.js'

const epoch = Float64Array.from({ length: 11 }, (_, i) => 100 * i)

interface Made {
  finalLoss: number
  fallShare: number | undefined
  firstFall: number | undefined
  secondFall: number | undefined
  fixedPoints: Float64Array
  firstGhost: number | undefined
  copies: CopyEnd[]
  slowSeeds: SlowSeed[]
  fastSeeds: FastSeed[]
}

function copyThat(collapses: boolean, finalGradient = collapses ? 1e-6 : 2): CopyEnd {
  const collapse = collapses ? 900 : undefined
  return {
    events: { firstFall: 500, secondFall: 600, collapse, recoveries: 0, lowest: undefined },
    finalLoss: collapses ? 1 : 0.01,
    finalGradient,
    fixedPoints: collapses ? { counts: [1, 1, 3, 3], end: 3 } : undefined,
  }
}

const copies = (lost: number, kept: number) => [
  ...Array.from({ length: lost }, () => copyThat(true)),
  ...Array.from({ length: kept }, () => copyThat(false)),
]

/** A seed that learns as the paper has it: one fixed point throughout, a ghost before both falls. */
const slowSeed = (change: Partial<SlowSeed> = {}): SlowSeed => ({
  seed: 0,
  epochs: 1200,
  firstFall: 500,
  secondFall: 600,
  fallShare: 0.002,
  firstGhost: 300,
  firstSlowPoint: 300,
  opening: 499,
  fixedPoints: [1],
  firstBifurcation: undefined,
  looks: 100,
  uncertain: 0,
  ...change,
})

/** A seed that falls and is lost as the paper has it. */
const fastSeed = (change: Partial<FastSeed> = {}): FastSeed => ({
  seed: 0,
  epochs: 1000,
  firstFall: 500,
  collapse: 600,
  recoveries: 0,
  finalLoss: 1,
  finalGradient: 1e-6,
  fixedPoints: { counts: [1, 1, 1, 3], end: 3 },
  ...change,
})
const keptSeed = fastSeed({
  collapse: undefined,
  fixedPoints: undefined,
  finalLoss: 0.02,
  finalGradient: 900,
})

/** Twenty seeds, of which so many are others. */
const twenty = <Seed>(usual: Seed, others: number, other: Seed): Seed[] =>
  Array.from({ length: 20 }, (_, i) => (i < others ? other : usual))
const slowly = (others: number, change: Partial<SlowSeed>) => twenty(slowSeed(), others, slowSeed(change))
const fast = (others: number, change: Partial<FastSeed>) => twenty(fastSeed(), others, fastSeed(change))

const left = (count: number) => Array.from({ length: count }, () => copyThat(true, 0.02))

/** What would support every claim. */
const ideal: Made = {
  finalLoss: 0.01,
  fallShare: 0.002,
  firstFall: 500,
  secondFall: 600,
  fixedPoints: new Float64Array(11).fill(1),
  firstGhost: 300,
  copies: copies(80, 20),
  slowSeeds: slowly(0, {}),
  fastSeeds: twenty(fastSeed(), 4, keptSeed),
}

/** Parts in which nothing matters but what claims are judged by. */
function parts(change: Partial<Made>): Figure3Parts {
  const made = { ...ideal, ...change }
  const events = {
    firstFall: made.firstFall,
    secondFall: made.secondFall,
    collapse: undefined,
    recoveries: 0,
    lowest: undefined,
  }
  const history = {
    epoch,
    loss: new Float64Array(11).fill(1).with(-1, made.finalLoss),
    gradientNorm: new Float64Array(11),
    accuracy: new Float64Array(11),
  }
  const ghostDwell = epoch.map(at =>
    made.firstGhost !== undefined && at >= made.firstGhost ? 40 : Number.NaN,
  )
  const first = made.firstGhost === undefined ? undefined : { epoch: made.firstGhost, loss: 0.2 }
  const picture = {
    rate: 0.003,
    epochs: 1001,
    history,
    events,
    closeUp: undefined,
    closeUpHistory: undefined,
    flows: [],
    life: { epoch, fixedPoints: made.fixedPoints, ghostDwell },
  }
  return {
    slow: { picture, ghost: { first, forGood: first }, fallShare: made.fallShare },
    fast: { picture, pictured: 0, copies: made.copies },
    'seeds-0': { slow: made.slowSeeds.slice(0, 7), fast: [] },
    'seeds-3': { slow: made.slowSeeds.slice(7), fast: made.fastSeeds },
  }
}

describe('the claims of figure 3', () => {
  it('over seeds say how many there are, and when the ghosts come', () => {
    const slowSeeds = [
      ...slowly(5, { firstGhost: 700 }),
      slowSeed({ firstFall: undefined, secondFall: undefined }),
    ]
    const { '4d': learns, '4e': ghosts, '4f': lost } = findings(parts({ slowSeeds }))
    expect(learns?.measured).toContain(
      '20/21 seeds learn; no bifurcation up to the second fall in 20/20 (95%: 84–100%)',
    )
    expect(ghosts?.measured).toContain('before the first fall in 15/20')
    expect(ghosts?.measured).toContain('(-200 to 200 epochs after the first fall, median -200)')
    expect(lost?.measured).toContain('20/20 seeds learn at first, of which lost 16/20')
  })

  it('are all judged, and can all be supported', () => {
    const judged = findings(parts({}))
    expect(Object.keys(judged).sort()).toEqual(claims.map(({ id }) => id).sort())
    expect(new Set(Object.values(judged).map(({ verdict }) => verdict))).toEqual(new Set(['supported']))
  })

  it('can be judged by a look at every epoch of the published half million', () => {
    const { slow, ...others } = parts({})
    const every = Float64Array.from({ length: 500_000 }, (_, i) => i)
    const life = { epoch: every, fixedPoints: every.map(() => 1), ghostDwell: every.map(i => 20 + i / 1e5) }
    const judged = findings({ slow: { ...slow, picture: { ...slow.picture, life } }, ...others })
    expect(judged['4a']?.verdict).toBe('supported')
    expect(judged['4b']?.measured).toContain('dwell time 20–25 steps')
  })

  it.each<[string, string, Partial<Made>]>([
    ['4a', 'a pair of fixed points was there once', { fixedPoints: ideal.fixedPoints.with(4, 3) }],
    ['4c', 'only half of the copies are lost', { copies: copies(50, 50) }],
    ['4c', 'few copies are too few to say more than half', { copies: copies(5, 1) }],
    ['4c', 'a fifth of the lost copies have a gradient left', { copies: [...copies(80, 0), ...left(20)] }],
    [
      '4d',
      'half of the seeds have a bifurcation later',
      { slowSeeds: slowly(10, { firstBifurcation: 601 }) },
    ],
    ['4d', 'half of the seeds learn steadily', { slowSeeds: slowly(10, { fallShare: 0.3 }) }],
    ['4f', 'half of the seeds keep what they learned', { fastSeeds: twenty(fastSeed(), 10, keptSeed) }],
    [
      '4f',
      'half are lost without a bifurcation',
      { fastSeeds: fast(10, { fixedPoints: { counts: [1, 1], end: 3 } }) },
    ],
    [
      '4f',
      'half had three fixed points long before',
      { fastSeeds: fast(10, { fixedPoints: { counts: [3, 3], end: 3 } }) },
    ],
    [
      '4f',
      'half are back at one fixed point',
      { fastSeeds: fast(10, { fixedPoints: { counts: [1, 3, 1], end: 1 } }) },
    ],
  ])('%s is partly so if %s', (id, _, change) => {
    expect(findings(parts(change))[id]?.verdict).toBe('partly')
  })

  it.each<[string, string, Partial<Made>]>([
    ['4a', 'nothing is learned', { finalLoss: 0.9 }],
    ['4a', 'the loss falls steadily', { fallShare: 0.8 }],
    ['4a', 'the loss never falls', { fallShare: undefined }],
    ['4a', 'the loss is no number', { finalLoss: Number.NaN }],
    ['4b', 'there is no ghost', { firstGhost: undefined }],
    ['4b', 'the ghost comes with the first fall', { firstGhost: 500 }],
    ['4b', 'the ghost comes after both falls', { firstGhost: 700 }],
    ['4b', 'nothing falls', { firstFall: undefined, secondFall: undefined }],
    ['4c', 'no copy is lost', { copies: copies(0, 100) }],
    ['4c', 'half of the lost copies have a gradient left', { copies: [...copies(50, 0), ...left(50)] }],
    ['4d', 'half of the seeds learn by a bifurcation', { slowSeeds: slowly(10, { firstBifurcation: 599 }) }],
    ['4d', 'no seed learns', { slowSeeds: slowly(20, { secondFall: undefined }) }],
    ['4d', 'three seeds are too few to say most', { slowSeeds: slowly(0, {}).slice(0, 3) }],
    ['4e', 'half of the ghosts come between the falls', { slowSeeds: slowly(10, { firstGhost: 550 }) }],
    ['4e', 'the ghosts come with the first fall', { slowSeeds: slowly(20, { firstGhost: 500 }) }],
    ['4e', 'half of the seeds have no ghost', { slowSeeds: slowly(10, { firstGhost: undefined }) }],
    ['4e', 'there are only slow points off the way', { slowSeeds: slowly(20, { firstGhost: undefined }) }],
    ['4f', 'no seed is lost', { fastSeeds: twenty(keptSeed, 0, keptSeed) }],
    ['4f', 'half of the lost seeds have a gradient left', { fastSeeds: fast(10, { finalGradient: 0.02 }) }],
    ['4f', 'the gradients of seeds are no numbers', { fastSeeds: fast(20, { finalGradient: Number.NaN }) }],
    ['4c', 'the gradients are no numbers', { copies: Array(99).fill(copyThat(true, Number.NaN)) }],
  ])('%s is not supported if %s', (id, _, change) => {
    expect(findings(parts(change))[id]?.verdict).toBe('not supported')
  })
})
