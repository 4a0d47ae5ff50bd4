import { describe, expect, it } from 'vitest'
import { defineExperiment } from '../../src/experiments/experiment.js'
import type { Outcome } from '../../src/experiments/run-experiments.js'
import { reproducedFigure } from '../../src/report/reproduction.js'

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
const done: Outcome = {
  status: 'done',
  seconds: 2,
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
    ['interrupted', { status: 'interrupted', seconds: 2 }],
    ['failed', { status: 'failed', error: 'no memory', seconds: 2 }],
    ['not run', undefined],
  ])('that is %s has no claim with a verdict', (status, outcome) => {
    const figure = reproducedFigure(experiment, outcome)
    expect(figure).toMatchObject({ status, settings: [] })
    expect(figure.error).toBe(status === 'failed' ? 'no memory' : undefined)
    expect(figure.claims.map(({ verdict, seconds }) => ({ verdict, seconds }))).toEqual([
      { verdict: 'not run', seconds: undefined },
      { verdict: 'not run', seconds: undefined },
    ])
  })
})
