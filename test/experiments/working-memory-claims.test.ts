import { describe, expect, it } from 'vitest'
import { type JudgedRun, judgeGhosts } from '../../src/experiments/working-memory/claims.js'
import type { MemoryLook } from '../../src/experiments/working-memory/seed-run.js'
import { stageShares } from '../../src/experiments/working-memory/training-data.js'

interface Made {
  firstFall: number | undefined
  secondFall: number | undefined
  /** Dwell time of the ghost at each epoch that has one; negative if it does not attract. */
  ghosts: Record<number, number>
}

const epochs = [0, 300, 600, 900, 1100, 1500, 1800, 2500]

function lookAt(epoch: number, dwell: number | undefined): MemoryLook {
  return {
    epoch,
    stableFixedPoints: epoch > 1000 ? 2 : 1,
    unstableFixedPoints: 0,
    // Negative: of a ghost that does not attract.
    ghosts: dwell === undefined ? [] : [{ dwell: Math.abs(dwell), stable: dwell > 0 }],
    slowPoints: 0,
    farGhosts: 0,
    decay: 5,
  }
}

function run(change: Partial<Made> = {}): JudgedRun {
  const { firstFall, secondFall, ghosts } = {
    firstFall: 1000,
    secondFall: 2000,
    ghosts: { 600: 12, 900: 30, 1800: 20 },
    ...change,
  }
  return {
    events: { firstFall, secondFall, collapse: undefined, recoveries: 0, lowest: undefined },
    looks: epochs.map(epoch => lookAt(epoch, ghosts[epoch as keyof typeof ghosts])),
  }
}

const seeds = (count: number, change?: Partial<Made>) => Array.from({ length: count }, () => run(change))

describe('the claim that a ghost is there before the loss drops', () => {
  it('is supported if nearly every seed that learns has one that holds for the delay', () => {
    const finding = judgeGhosts(
      [...seeds(8), ...seeds(2, { firstFall: undefined, secondFall: undefined })],
      16,
    )
    expect(finding.verdict).toBe('supported')
    expect(finding.measured).toContain('8/10 seeds learn; ghost before the first fall in 8/8')
    expect(finding.measured).toContain('its dwell time 30 steps')
    expect(finding.measured).toContain('a ghost at some look in 2/2 of the seeds that do not learn')
  })

  it.each<[string, JudgedRun[]]>([
    ['ghosts pass faster than the delay', seeds(8, { ghosts: { 900: 9, 1800: 9 } })],
    ['of half of them they do', [...seeds(4), ...seeds(4, { ghosts: { 900: 9, 1800: 9 } })]],
    ['they are gone at the last look', seeds(8, { ghosts: { 600: 30, 1800: 20 } })],
    ['there is none before the second fall', seeds(8, { ghosts: { 900: 30 } })],
  ])('is partly so if %s', (_, runs) => {
    expect(judgeGhosts(runs, 16).verdict).toBe('partly')
  })

  it.each<[string, JudgedRun[]]>([
    ['nothing is learned', seeds(8, { firstFall: undefined, secondFall: undefined })],
    ['there are no ghosts', seeds(8, { ghosts: {} })],
    ['no ghost attracts', seeds(8, { ghosts: { 600: -12, 900: -30, 1800: -20 } })],
    ['ghosts come after the fall', seeds(8, { ghosts: { 1100: 30, 1800: 30 } })],
    ['ghosts are gone before the last half of the way', seeds(8, { ghosts: { 300: 30, 1800: 30 } })],
    ['half of the seeds have one', [...seeds(4), ...seeds(4, { ghosts: {} })]],
    ['three seeds are too few', seeds(3)],
  ])('is not supported if %s', (_, runs) => {
    expect(judgeGhosts(runs, 16).verdict).toBe('not supported')
  })

  it('does not ask about second falls if few seeds have one', () => {
    const few = [...seeds(5, { secondFall: undefined }), ...seeds(3, { ghosts: { 900: 30 } })]
    expect(judgeGhosts(few, 16).verdict).toBe('supported')
  })
})

describe('the stages of the way to the first fall', () => {
  it('count the seeds that learn at their last look of each stage', () => {
    const shares = stageShares([...seeds(3), run({ ghosts: { 300: 5 } }), run({ firstFall: undefined })])
    expect(shares.map(({ stage }) => stage)).toEqual([0, 0.3, 0.6, 0.9, 1.1, 1.8, 2.5])
    expect(shares.map(({ ghost }) => ghost.share)).toEqual([0, 0.25, 0.75, 0.75, 0, 0.75, 0])
    expect(shares.map(({ bistable }) => bistable.share)).toEqual([0, 0, 0, 0, 1, 1, 1])
  })

  it('are none if no seed learns', () => {
    expect(stageShares(seeds(2, { firstFall: undefined }))).toEqual([])
  })
})
