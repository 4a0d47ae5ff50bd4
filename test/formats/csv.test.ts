import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvLine, csvText } from '../../src/formats/csv.js'

describe('csvText', () => {
  it('is a header and a line a row', () => {
    expect(csvText({ epoch: [0, 1], loss: Float64Array.of(0.5, -1e-300) })).toBe(
      'epoch,loss\n0,0.5\n1,-1e-300\n',
    )
  })

  it('brings back every float64, signed zero and all', () => {
    const column = fc.array(fc.double(), { minLength: 1 })
    fc.assert(
      fc.property(column, values => {
        const [head, ...lines] = csvText({ x: values }).trimEnd().split('\n')
        expect(head).toBe('x')
        // Object.is, so that −0 is not 0 and NaN is NaN.
        expect(lines.map(Number).every((value, i) => Object.is(value, values[i]))).toBe(true)
        expect(lines).toHaveLength(values.length)
      }),
    )
  })

  it('refuses columns that differ in length', () => {
    expect(() => csvText({ a: [1, 2], b: [1] })).toThrow(
      new RangeError('csvText: columns differ in length: 2, 1'),
    )
  })
})

describe('csvLine', () => {
  it('quotes what would end a cell, writes numbers in full, and null as nothing', () => {
    const cells = ['a', 'b,c', 'say "hi"', 'two\nlines', -0, 0.1 + 0.2, true, null, '']
    expect(csvLine(cells)).toBe('a,"b,c","say ""hi""","two\nlines",-0,0.30000000000000004,true,,')
  })
})
