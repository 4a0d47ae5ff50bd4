import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  choleskyFactor,
  choleskySolve,
  euclideanNorm,
  matrixProduct,
  matrixVector,
  negativeDirection,
  plusScaled,
  solve,
  spectrum,
  transposedMatrix,
  transposedVector,
  weightedGram,
} from '../../src/numerics/linear-algebra.js'

const square = fc
  .integer({ min: 1, max: 12 })
  .chain(d => fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: d * d, maxLength: d * d }))
  .map(values => ({ d: Math.sqrt(values.length), matrix: Float64Array.from(values, value => value / 1000) }))

const ones = (d: number) => Float64Array.from({ length: d }, (_, i) => 1 + i)

describe('products', () => {
  it('of a 2 × 3 matrix are those worked out by hand', () => {
    const a = Float64Array.of(1, 2, 3, 4, 5, 6)
    expect([...matrixVector(a, Float64Array.of(1, 0, -1))]).toEqual([-2, -2])
    expect([...transposedVector(a, Float64Array.of(1, -1))]).toEqual([-3, -3, -3])
    expect([...transposedMatrix(a, 3)]).toEqual([1, 4, 2, 5, 3, 6])
    expect([...matrixProduct(a, transposedMatrix(a, 3), 2)]).toEqual([14, 32, 32, 77])
  })

  it('Σ w a aᵀ is AᵀWA for any number of rows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 11 }), fc.integer({ min: 1, max: 6 }), (n, d) => {
        const rows = Float64Array.from({ length: n * d }, (_, i) => Math.sin(i + 1))
        const weights = Float64Array.from({ length: n }, (_, i) => Math.cos(3 * i))
        const weighted = rows.map((value, i) => value * weights[Math.floor(i / d)]!)
        const expected = matrixProduct(transposedMatrix(rows, d), weighted, d)
        for (const [i, value] of weightedGram(rows, d, weights).entries())
          expect(value).toBeCloseTo(expected[i]!, 12)
      }),
    )
  })
})

describe('solving', () => {
  it('gives back the right-hand side, or says that the matrix is singular', () => {
    fc.assert(
      fc.property(square, ({ d, matrix }) => {
        const x = solve(matrix, ones(d))
        if (x === undefined) return
        const error = euclideanNorm(plusScaled(matrixVector(matrix, x), ones(d), -1))
        expect(error).toBeLessThan(1e-11 * (1 + euclideanNorm(matrix) * euclideanNorm(x)))
      }),
    )
    expect(solve(Float64Array.of(1, 2, 2, 4), Float64Array.of(1, 1))).toBeUndefined()
  })

  it('by Cholesky works on A·Aᵀ + 1, and is refused where a matrix is not positive definite', () => {
    fc.assert(
      fc.property(square, ({ d, matrix }) => {
        const gram = weightedGram(matrix, d)
        const x = choleskySolve(choleskyFactor(gram, d, 1)!, ones(d))
        const product = plusScaled(matrixVector(gram, x), x, 1)
        expect(euclideanNorm(plusScaled(product, ones(d), -1))).toBeLessThan(1e-10)
      }),
    )
    expect(choleskyFactor(Float64Array.of(1, 2, 2, 1), 2)).toBeUndefined()
    expect(choleskyFactor(Float64Array.of(1, 2, 2, 1), 2, 1.01)).toBeDefined()
  })

  it('finds the direction in which a matrix is most negative', () => {
    const half = Math.SQRT1_2
    expect([...negativeDirection(Float64Array.of(1, 2, 2, 1), 2)!]).toEqual([
      expect.closeTo(half),
      expect.closeTo(-half),
    ])
    expect(negativeDirection(Float64Array.of(2, 1, 1, 2), 2)).toBeUndefined()
    expect(negativeDirection(new Float64Array(4), 2)).toBeUndefined()
  })
})

describe('a spectrum', () => {
  it('satisfies A·v = λ·v, adds up to the trace, and is sorted by real part', () => {
    fc.assert(
      fc.property(square, ({ d, matrix }) => {
        const { real, imaginary, vectors, residual } = spectrum(matrix, d)
        expect(residual).toBeLessThan(1e-10)
        const trace = Array.from({ length: d }, (_, i) => matrix[i * (d + 1)]!).reduce((a, b) => a + b)
        expect(real.reduce((a, b) => a + b)).toBeCloseTo(trace, 9)
        expect([...real]).toEqual([...real].sort((a, b) => b - a))
        for (let i = 0; i < d; i++) {
          const parts =
            imaginary[i]! > 0 ? [vectors[i]!, vectors[i + 1]!] : imaginary[i] === 0 ? [vectors[i]!] : []
          if (parts.length > 0) expect(Math.hypot(...parts.map(euclideanNorm))).toBeCloseTo(1, 9)
        }
      }),
    )
  })

  it('of a rotation is a pair on the imaginary axis', () => {
    const { real, imaginary } = spectrum(Float64Array.of(0, -2, 2, 0), 2)
    expect([...real, ...imaginary]).toEqual([0, 0, 2, -2])
  })

  it('of a matrix with NaN is refused', () => {
    expect(() => spectrum(Float64Array.of(Number.NaN), 1)).toThrow('not finite')
  })
})
