import { describe, expect, it } from 'vitest'
import { claims, type Figure3Parts, findings } from '../../src/experiments/figure-3/claims.js'
import type { CopyEnd } from '../../src/experiments/figure-3/fast-training.js'

const epoch = Float64Array.from({ length: 11 }, (_, i) => 100 * i)

interface Made {
  finalLoss: number
  fallShare: number | undefined
  firstFall: number | undefined
  secondFall: number | undefined
  fixedPoints: Float64Array
  firstGhost: number | undefined
  copies: CopyEnd[]
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
  }
}

describe('the claims of figure 3', () => {
  it('are all judged, and can all be supported', () => {
    const judged = findings(parts({}))
    expect(Object.keys(judged).sort()).toEqual(claims.map(({ id }) => id).sort())
    expect(new Set(Object.values(judged).map(({ verdict }) => verdict))).toEqual(new Set(['supported']))
  })

  it('can be judged by a look at every epoch of the published half million', () => {
    const { slow, fast } = parts({})
    const every = Float64Array.from({ length: 500_000 }, (_, i) => i)
    const life = { epoch: every, fixedPoints: every.map(() => 1), ghostDwell: every.map(i => 20 + i / 1e5) }
    const judged = findings({ slow: { ...slow, picture: { ...slow.picture, life } }, fast })
    expect(judged['4a']?.verdict).toBe('supported')
    expect(judged['4b']?.measured).toContain('dwell time 20–25 steps')
  })

  it.each<[string, string, Partial<Made>]>([
    ['4a', 'a pair of fixed points was there once', { fixedPoints: ideal.fixedPoints.with(4, 3) }],
    ['4b', 'the ghost is there between the falls', { firstGhost: 550 }],
    ['4b', 'the ghost comes with the first fall', { firstGhost: 500 }],
    ['4c', 'only half of the copies are lost', { copies: copies(50, 50) }],
    ['4c', 'few copies are too few to say more than half', { copies: copies(5, 1) }],
    ['4c', 'a fifth of the lost copies have a gradient left', { copies: [...copies(80, 0), ...left(20)] }],
  ])('%s is partly so if %s', (id, _, change) => {
    expect(findings(parts(change))[id]?.verdict).toBe('partly')
  })

  it.each<[string, string, Partial<Made>]>([
    ['4a', 'nothing is learned', { finalLoss: 0.9 }],
    ['4a', 'the loss falls steadily', { fallShare: 0.8 }],
    ['4a', 'the loss never falls', { fallShare: undefined }],
    ['4a', 'the loss is no number', { finalLoss: Number.NaN }],
    ['4b', 'there is no ghost', { firstGhost: undefined }],
    ['4b', 'the ghost comes after both falls', { firstGhost: 700 }],
    ['4b', 'nothing falls', { firstFall: undefined, secondFall: undefined }],
    ['4c', 'no copy is lost', { copies: copies(0, 100) }],
    ['4c', 'half of the lost copies have a gradient left', { copies: [...copies(50, 0), ...left(50)] }],
    ['4c', 'the gradients are no numbers', { copies: Array(99).fill(copyThat(true, Number.NaN)) }],
  ])('%s is not supported if %s', (id, _, change) => {
    expect(findings(parts(change))[id]?.verdict).toBe('not supported')
  })
})
