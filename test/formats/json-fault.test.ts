import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findJsonFault } from '../../src/formats/json-fault.js'

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

describe('findJsonFault', () => {
  it('finds a fault exactly where the engine’s own parser does', () => {
    const piece = fc.constantFrom(...['', ...'{}[],:"\\1-.et/ \n\u0000\u00a0\ud800', 'null', '\\u12'])
    const cut = fc.nat()
    fc.assert(
      fc.property(fc.json(), cut, cut, piece, (text, from, dropped, inserted) => {
        const at = from % (text.length + 1)
        const damaged = `${text.slice(0, at)}${inserted}${text.slice(at + (dropped % 3))}`
        expect(findJsonFault(damaged) === undefined, damaged).toBe(isJson(damaged))
      }),
      { numRuns: 3000 },
    )
  })

  it('places a fault where the text up to it could still have become JSON', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (text, from) => {
        const cut = text.slice(0, from % text.length)
        const fault = findJsonFault(cut)
        // A cut inside a token is found at the token's start, any other at the end.
        if (fault !== undefined) expect(text.startsWith(cut.slice(0, fault.offset))).toBe(true)
        if (fault !== undefined) expect(cut.slice(fault.offset)).not.toMatch(/^[{}[\]:,]/)
      }),
    )
  })

  it.each([
    ['', 0, 'a value'],
    ['hello', 0, 'a value'],
    ['{"a": tru}', 6, 'a value'],
    ['{"a": 1,,}', 8, 'a key in double quotes'],
    ["{'a': 1}", 1, 'a key in double quotes or }'],
    ['{"a" 1}', 5, ':'],
    ['{"a": 1 "b"', 8, ', or }'],
    ['[1, 2,]', 6, 'a value'],
    ['[1 2]', 3, ', or ]'],
    ['[', 1, 'a value or ]'],
    ['{"a": 1} x', 9, 'the end'],
    ['"line\nbreak"', 0, 'a value'],
    ['01', 1, 'the end'],
    ['\u00a01', 0, 'a value'],
  ])('of %j is at %i, where JSON would have %s', (text, offset, expected) => {
    expect(findJsonFault(text)).toEqual({ offset, expected })
  })
})
