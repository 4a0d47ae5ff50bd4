import { describe, expect, it } from 'vitest'
import {
  addMatrixVector,
  addOuterProduct,
  addVectorMatrix,
  dot,
  zeroRows,
} from '../../src/numerics/matrix.js'

/** [[1, 2, 3], [4, 5, 6]] */
const matrix = Float64Array.of(1, 2, 3, 4, 5, 6)

describe('matrix products', () => {
  it('multiply a row vector from the left and a column vector from the right, adding', () => {
    const columns = Float64Array.of(100, 100, 100)
    addVectorMatrix(columns, Float64Array.of(1, 10), matrix)
    expect([...columns]).toEqual([141, 152, 163])
    const rows = Float64Array.of(1000, 1000)
    addMatrixVector(rows, matrix, Float64Array.of(1, 10, 100))
    expect([...rows]).toEqual([1321, 1654])
  })

  it('add an outer product', () => {
    const target = matrix.slice()
    addOuterProduct(target, Float64Array.of(10, 100), Float64Array.of(1, 2, 3))
    expect([...target]).toEqual([11, 22, 33, 104, 205, 306])
  })

  it('have a scalar product, and rows of zeros that are apart', () => {
    expect(dot(Float64Array.of(1, 2, 3), Float64Array.of(4, 5, 6))).toBe(32)
    const [first, second] = zeroRows(2, 2)
    first![0] = 1
    expect([...second!]).toEqual([0, 0])
  })
})
