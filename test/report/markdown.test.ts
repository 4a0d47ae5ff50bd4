import { describe, expect, it } from 'vitest'
import { reportMarkdown } from '../../src/report/markdown.js'
import { claim, figure, hostile, reproductionOf } from './made-up-reproduction.js'

const noPictures = new Map<string, string>()

describe('the report in Markdown', () => {
  it('says where and how it was made', () => {
    const text = reportMarkdown(reproductionOf([figure({})]), noPictures)
    expect(text).toContain('ghostpoint 1.2.3 · 2025-01-02 03:04 UTC · a machine · 12.3 s')
  })

  it('has a row for every claim and its rule below, under the figure and its picture', () => {
    const figures = [
      figure({ claims: [claim({ id: '1a' })] }),
      figure({ figure: '2', claims: [claim({ id: '2a', figure: '2', verdict: 'not supported' })] }),
    ]
    const text = reportMarkdown(reproductionOf(figures), new Map([['2', 'figure-2.png']]))
    expect(text).toContain('| 1 | 1a | a statement | a measurement | **supported** |')
    expect(text).toContain('| 2 | 2a | a statement | a measurement | **not supported** |')
    expect(text.split('![').length - 1).toBe(1)
    expect(text.indexOf('## Figure 2. a title')).toBeLessThan(text.indexOf('![Figure 2](figure-2.png)'))
    expect(text.match(/Rule: a rule\./g)).toHaveLength(2)
  })

  it('counts the verdicts, says what they mean, and names the figures it does not have', () => {
    const figures = [
      figure({ claims: [claim({ id: '1a' }), claim({ id: '1b' }), claim({ id: '1c', verdict: 'partly' })] }),
    ]
    const text = reportMarkdown(reproductionOf(figures, [{ figure: '4', claims: ['7a', '7b'] }]), noPictures)
    expect(text).toContain('Verdicts: 2 supported (every part of the rule holds), 1 partly (')
    expect(text).not.toContain('not run (')
    expect(text).toContain('Not in this run: figure 4 (claims 7a, 7b).')
    expect(reportMarkdown(reproductionOf(figures), noPictures)).not.toContain('Not in this run')
  })

  it('says which figure is not done, and why', () => {
    const figures = [
      figure({ status: 'failed', error: 'no memory', seconds: 12 }),
      figure({ figure: '2', status: 'interrupted', seconds: undefined }),
    ]
    const text = reportMarkdown(reproductionOf(figures), noPictures)
    expect(text).toContain('\nfailed: no memory; 12 s of computation.\n')
    expect(text).toContain('\ninterrupted.\n')
  })

  it('keeps its tables whole whatever stands in them', () => {
    const settings = [{ setting: `a | b ${hostile}`, published: '1\n2', run: 'c' }]
    const text = reportMarkdown(reproductionOf([figure({ settings })]), noPictures)
    const row = text.split('\n').find(line => line.includes('a \\| b'))!
    expect(row.replaceAll('\\|', '').split('|')).toHaveLength(5)
    expect(row).not.toMatch(/(?<!\\)[<>]/)
  })
})
