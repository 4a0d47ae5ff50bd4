import { describe, expect, it } from 'vitest'
import { judge } from '../../src/experiments/claim.js'
import { experiments } from '../../src/experiments/registry.js'

describe('judge', () => {
  it.each([
    [true, [], 'supported'],
    [true, [true, true], 'supported'],
    [true, [true, false], 'partly'],
    [true, [false, false], 'partly'],
    [false, [], 'not supported'],
    [false, [true, true], 'not supported'],
    [false, [false], 'not supported'],
  ] as const)('of a main part that is %s and others that are %j is %s', (main, others, verdict) => {
    expect(judge(main, ...others)).toBe(verdict)
  })
})

describe('the claims', () => {
  const claims = experiments.flatMap(({ claims }) => claims)

  it('have ids of their own, a number and a letter', () => {
    expect(new Set(claims.map(({ id }) => id)).size).toBe(claims.length)
    expect(claims.map(({ id }) => id).filter(id => !/^S?\d+[a-z]$/.test(id))).toEqual([])
  })

  it('each say what is expected, and the rule that decides', () => {
    for (const { statement, expected, rule } of claims) {
      for (const text of [statement, expected, rule]) expect(text.length).toBeGreaterThan(10)
    }
  })
})
