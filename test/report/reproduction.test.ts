import { describe, expect, it } from 'vitest'
import { defineExperiment } from '../../src/experiments/experiment.js'
import type { Outcome } from '../../src/experiments/run-experiments.js'
import { effortText, reproducedFigure } from '../../src/report/reproduction.js'
import { figure } from './made-up-reproduction.js'

const rule = (id: string) => ({ id, statement: `${id} holds`, expected: 'much', rule: 'by eye' })

const experiment = defineExperiment<{ only: number }>({
  figure: '7',
  title: 'made up',
  claims: [rule('7a'), rule('7b')],
  parts: { only: async () => 1 },
  conclude: () => {
    throw new Error('not asked for')
  },
})

const settings = [{ setting: 's', published: 'p', run: 'r' }]
const effort = { seconds: 2, kept: 1, parts: 1 } as const
const done: Outcome = {
  status: 'done',
  ...effort,
  conclusion: {
    settings,
    findings: { '7a': { measured: '5', verdict: 'partly' } },
    draw: () => {
      throw new Error('not asked for')
    },
  },
}

describe('a reproduced figure', () => {
  it('has the findings of its claims; a claim without one is not run', () => {
    const { status, claims, settings: run } = reproducedFigure(experiment, done)
    expect({ status, run }).toEqual({ status: 'done', run: settings })
    expect(claims).toEqual([
      { ...rule('7a'), measured: '5', verdict: 'partly', figure: '7', seconds: 2 },
      { ...rule('7b'), measured: '–', verdict: 'not run', figure: '7', seconds: 2 },
    ])
  })

  it.each<[string, Outcome | undefined]>([
    ['interrupted', { status: 'interrupted', ...effort }],
    ['failed', { status: 'failed', error: 'no memory', ...effort }],
    ['not run', undefined],
  ])('that is %s has no claim with a verdict', (status, outcome) => {
    const reproduced = reproducedFigure(experiment, outcome)
    expect(reproduced).toMatchObject({ status, settings: [] })
    expect(reproduced.error).toBe(status === 'failed' ? 'no memory' : undefined)
    expect(reproduced.claims.map(({ verdict, seconds }) => ({ verdict, seconds }))).toEqual([
      { verdict: 'not run', seconds: undefined },
      { verdict: 'not run', seconds: undefined },
    ])
  })
})

describe('the effort of a reproduction', () => {
  it('is the seconds of the run where all was computed in it', () => {
    expect(effortText({ figures: [figure({ seconds: 20 })], seconds: 12.34 })).toBe('12.3 s')
  })

  it('tells parts of an earlier run, and the seconds that they took then', () => {
    const figures = [
      figure({ kept: 2, parts: 2, seconds: 60 }),
      figure({ kept: 1, parts: 3, seconds: 40.04 }),
    ]
    expect(effortText({ figures, seconds: 1 })).toBe(
      '1.0 s; 3 of 5 parts from an earlier run, 100.0 s of computation in all',
    )
  })
})
