import { describe, expect, it } from 'vitest'
import { claimsText } from '../../src/cli/claims-text.js'
import { experiments } from '../../src/experiments/registry.js'
import { reproducedFigure } from '../../src/report/reproduction.js'
import { claim, figure, reproductionOf } from '../report/made-up-reproduction.js'

/** The real claims, whose texts are the ones that must fit. */
const real = reproductionOf(experiments.map(experiment => reproducedFigure(experiment, undefined)))
const ids = experiments.flatMap(({ claims }) => claims.map(({ id }) => id))

describe('the printed claims', () => {
  it.each([40, 60, 80, 109, 110, 120, 160, 300])(
    'fit a terminal of %i columns, with every word whole',
    width => {
      const text = claimsText(real, width)
      for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(width)
      expect(text).not.toContain('…')
      for (const id of ids) expect(text).toMatch(new RegExp(`^(│ )?${id} `, 'm'))
      expect(text.match(/not run/g)).toHaveLength(ids.length)
    },
  )

  it('are a table where there is no terminal', () => {
    const text = claimsText(reproductionOf([figure({ claims: [claim({})] })]), undefined)
    expect(text).toMatch(
      /│ 1a +│ a statement +│ an expectation +│ a measurement +│ supported +│ 1 +│ 1\.3 +│/,
    )
    expect(text).toMatch(/\nquick profile, 12\.3 s$/)
  })

  it('are a list where a table would not fit', () => {
    const measured = 'a measurement that is longer than the line is'
    const claims = [claim({ measured }), claim({ id: '1b', verdict: 'not run', seconds: undefined })]
    expect(claimsText(reproductionOf([figure({ claims })]), 40)).toBe(
      [
        '1a  supported  (figure 1, 1.3 s)',
        '    a statement',
        '    expected  an expectation',
        '    measured  a measurement that is',
        '              longer than the line is',
        '',
        '1b  not run  (figure 1)',
        '    a statement',
        '    expected  an expectation',
        '    measured  a measurement',
        '',
        'quick profile, 12.3 s',
      ].join('\n'),
    )
  })
})
