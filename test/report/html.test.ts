import { parseHTML } from 'linkedom'
import { describe, expect, it } from 'vitest'
import { reportHtml } from '../../src/report/html.js'
import type { Reproduction } from '../../src/report/reproduction.js'
import { claim, figure, hostile, reproductionOf } from './made-up-reproduction.js'

const drawing = '<svg id="drawn"><title>drawn</title></svg>'

function page(reproduction: Reproduction, drawings = new Map<string, string>()): Document {
  return parseHTML(reportHtml(reproduction, drawings)).document
}

const textsOf = (document: Document, selector: string) =>
  [...document.querySelectorAll(selector)].map(element => element.textContent?.trim())

const three = reproductionOf([
  figure({
    claims: [
      claim({ id: '1a', verdict: 'supported' }),
      claim({ id: '1b', verdict: 'partly', measured: 'half of it' }),
      claim({ id: '1c', verdict: 'not supported', measured: 'the opposite' }),
    ],
    settings: [{ setting: 'epochs', published: '500,000', run: '500' }],
  }),
  figure({
    figure: '2',
    status: 'interrupted',
    seconds: 3,
    claims: [claim({ id: '2a', figure: '2', verdict: 'not run', measured: '–', seconds: undefined })],
  }),
  figure({ figure: '3', status: 'failed', error: 'no memory <here>' }),
])

describe('the report', () => {
  it('has a row for every claim, with its verdict and its figure', () => {
    const document = page(three)
    const rows = [...document.querySelectorAll('[aria-labelledby="claims"] tbody tr')]
    const cells = rows.map(row => [...row.querySelectorAll('td')].map(cell => cell.textContent))
    expect(cells).toEqual([
      ['1a', 'a statement', 'an expectation', 'a measurement', 'supported', '1.3', '1'],
      ['1b', 'a statement', 'an expectation', 'half of it', 'partly', '1.3', '1'],
      ['1c', 'a statement', 'an expectation', 'the opposite', 'not supported', '1.3', '1'],
      ['2a', 'a statement', 'an expectation', '–', 'not run', '–', '2'],
    ])
    for (const link of document.querySelectorAll('tbody a')) {
      expect(document.getElementById(link.getAttribute('href')!.slice(1))).not.toBeNull()
    }
  })

  it('counts the verdicts', () => {
    expect(textsOf(page(three), '.counts li')).toEqual([
      'supported 1 every part of the rule holds',
      "partly 1 the rule's main part holds, another does not",
      "not supported 1 the rule's main part fails",
      'not run 1 nothing was measured: interrupted, or failed',
    ])
  })

  it('gives every claim’s rule beside its measurement', () => {
    const entries = textsOf(page(three), 'dd')
    expect(entries).toHaveLength(4)
    expect(entries[1]).toBe('Measured: half of itRule: a rule.')
  })

  it('shows each figure that there is, and says why another is missing', () => {
    const document = page(three, new Map([['1', drawing]]))
    expect(document.querySelectorAll('#drawn')).toHaveLength(1)
    expect(textsOf(document, '.missing')).toEqual([
      'No figure: interrupted.',
      'No figure: failed: no memory <here>.',
    ])
  })

  it('says that what draws figures is not installed', () => {
    expect(textsOf(page(three), '.missing')[0]).toBe('No figure: what draws it is not installed.')
  })

  it('says what was run against what was published', () => {
    expect(textsOf(page(three), 'section:nth-of-type(2) table td')).toEqual(['epochs', '500,000', '500'])
  })

  it('says by what, when and where it was made', () => {
    expect(textsOf(page(three), '.kicker')).toEqual(['ghostpoint 1.2.3 · profile quick'])
    expect(textsOf(page(three), '.provenance')).toEqual(['2025-01-02 03:04 UTC · a machine · 12.3 s'])
  })

  it('shows hostile text as text, wherever it stands', () => {
    const { provenance, ...rest } = reproductionOf([
      figure({
        title: hostile,
        status: 'failed',
        error: hostile,
        settings: [{ setting: hostile, published: hostile, run: hostile }],
        claims: [claim({ statement: hostile, expected: hostile, rule: hostile, measured: hostile })],
      }),
    ])
    const document = page({ ...rest, provenance: { ...provenance, machine: hostile, version: hostile } })
    expect(document.querySelectorAll('script')).toHaveLength(0)
    // Kicker, provenance, three cells and two lines of the claim and its head, title, error, three settings.
    expect(document.body.textContent!.split(hostile)).toHaveLength(1 + 2 + 3 + 3 + 1 + 1 + 3)
  })

  it('holds its style itself, for light and dark', () => {
    const html = reportHtml(three, new Map())
    expect(html).toMatch(/^<!doctype html>/)
    expect(html).toContain('@media (prefers-color-scheme: dark)')
    expect(page(three).querySelectorAll('link, script, img')).toHaveLength(0)
  })
})
