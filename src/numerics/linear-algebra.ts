import { EigenvalueDecomposition, LuDecomposition, Matrix } from 'ml-matrix'
import { addMatrixVector, addVectorMatrix, dot } from './matrix.js'

/** Square matrices as row-major `[d, d]` arrays, and what is solved and taken apart of them. */

/** A·x. */
export function matrixVector(matrix: Float64Array, x: Float64Array): Float64Array {
  const product = new Float64Array(matrix.length / x.length)
  addMatrixVector(product, matrix, x)
  return product
}

/** Aᵀ·x. */
export function transposedVector(matrix: Float64Array, x: Float64Array): Float64Array {
  const product = new Float64Array(matrix.length / x.length)
  addVectorMatrix(product, x, matrix)
  return product
}

/** Aᵀ of A `[rows, columns]`. */
export function transposedMatrix(matrix: Float64Array, columns: number): Float64Array {
  const rows = matrix.length / columns
  const transposed = new Float64Array(matrix.length)
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) transposed[j * rows + i] = matrix[i * columns + j]!
  }
  return transposed
}

/** A·B for A of `rows` rows. */
export function matrixProduct(a: Float64Array, b: Float64Array, rows: number): Float64Array {
  const inner = a.length / rows
  const columns = b.length / inner
  const product = new Float64Array(rows * columns)
  for (let i = 0; i < rows; i++) {
    addVectorMatrix(
      product.subarray(i * columns, (i + 1) * columns),
      a.subarray(i * inner, (i + 1) * inner),
      b,
    )
  }
  return product
}

/**
 * Σ_k w_k a_k a_kᵀ over the rows a_k of A `[n, d]`: AᵀA, symmetric `[d, d]`, if no weights are given.
 * Four rows at a time, so that every sum is loaded and stored a quarter as often.
 */
export function weightedGram(rows: Float64Array, d: number, weights?: Float64Array): Float64Array {
  const n = rows.length / d
  const gram = new Float64Array(d * d)
  const weight = (k: number) => (k >= n ? 0 : weights === undefined ? 1 : weights[k]!)
  const last = (n - 1) * d
  for (let k = 0; k < n; k += 4) {
    // Past the last row the weight is 0, and which row is read does not matter.
    const [p, q, r, s] = [
      k * d,
      Math.min((k + 1) * d, last),
      Math.min((k + 2) * d, last),
      Math.min((k + 3) * d, last),
    ]
    const wp = weight(k)
    const wq = weight(k + 1)
    const wr = weight(k + 2)
    const ws = weight(k + 3)
    for (let i = 0; i < d; i++) {
      const fp = wp * rows[p + i]!
      const fq = wq * rows[q + i]!
      const fr = wr * rows[r + i]!
      const fs = ws * rows[s + i]!
      const row = i * d
      for (let j = 0; j <= i; j++) {
        gram[row + j] =
          gram[row + j]! + fp * rows[p + j]! + fq * rows[q + j]! + fr * rows[r + j]! + fs * rows[s + j]!
      }
    }
  }
  for (let i = 0; i < d; i++) for (let j = 0; j < i; j++) gram[j * d + i] = gram[i * d + j]!
  return gram
}

/** Euclidean norm. */
export function euclideanNorm(vector: Float64Array): number {
  return Math.sqrt(dot(vector, vector))
}

/** x + scale·y. */
export function plusScaled(x: Float64Array, y: Float64Array, scale: number): Float64Array {
  return x.map((value, i) => value + scale * y[i]!)
}

/** Euclidean distance. */
export function distance(a: Float64Array, b: Float64Array): number {
  return euclideanNorm(plusScaled(a, b, -1))
}

/** The solution of A·x = b, or undefined where A is singular to rounding. */
export function solve(matrix: Float64Array, b: Float64Array): Float64Array | undefined {
  const lu = new LuDecomposition(toMatrix(matrix, b.length))
  if (lu.isSingular()) return undefined
  const x = Float64Array.from(lu.solve(Matrix.columnVector(b)).to1DArray())
  return x.every(Number.isFinite) ? x : undefined
}

/**
 * The lower Cholesky factor L of a symmetric A + shift·1 = L·Lᵀ, row-major; undefined unless that is positive
 * definite. Only the lower triangle of A is read.
 */
export function choleskyFactor(matrix: Float64Array, d: number, shift = 0): Float64Array | undefined {
  const factor = new Float64Array(d * d)
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) {
      const entry = i === j ? matrix[i * d + i]! + shift : matrix[i * d + j]!
      const rest = entry - leadingDot(factor, i * d, j * d, j)
      if (i !== j) factor[i * d + j] = rest / factor[j * d + j]!
      else if (rest > 0) factor[i * d + i] = Math.sqrt(rest)
      else return undefined
    }
  }
  return factor
}

/**
 * The direction in which a symmetric matrix is most negative, of length 1 and a positive largest entry; undefined
 * if it is positive semidefinite to 1e-9 of its size.
 */
export function negativeDirection(matrix: Float64Array, d: number): Float64Array | undefined {
  const size = euclideanNorm(matrix)
  if (size === 0 || choleskyFactor(matrix, d, 1e-9 * size) !== undefined) return undefined
  const evd = new EigenvalueDecomposition(toMatrix(matrix, d), { assumeSymmetric: true })
  const { realEigenvalues } = evd
  const direction = Float64Array.from(
    evd.eigenvectorMatrix.getColumn(realEigenvalues.indexOf(Math.min(...realEigenvalues))),
  )
  normalise([direction])
  return direction
}

/** The scalar product of two stretches of an array, in four sums that do not wait for one another. */
function leadingDot(values: Float64Array, from: number, other: number, length: number): number {
  let a = 0
  let b = 0
  let c = 0
  let d = 0
  let k = 0
  for (; k + 3 < length; k += 4) {
    a += values[from + k]! * values[other + k]!
    b += values[from + k + 1]! * values[other + k + 1]!
    c += values[from + k + 2]! * values[other + k + 2]!
    d += values[from + k + 3]! * values[other + k + 3]!
  }
  for (; k < length; k++) a += values[from + k]! * values[other + k]!
  return a + b + c + d
}

/** The solution of L·Lᵀ·x = b for a Cholesky factor L. */
export function choleskySolve(factor: Float64Array, b: Float64Array): Float64Array {
  const d = b.length
  const x = b.slice()
  for (let i = 0; i < d; i++) {
    let rest = x[i]!
    for (let k = 0; k < i; k++) rest -= factor[i * d + k]! * x[k]!
    x[i] = rest / factor[i * d + i]!
  }
  for (let i = d - 1; i >= 0; i--) {
    const value = x[i]! / factor[i * d + i]!
    x[i] = value
    for (let k = 0; k < i; k++) x[k] = x[k]! - factor[i * d + k]! * value
  }
  return x
}

/** Eigenvalues and right eigenvectors of a real matrix, the largest real part first. */
export interface Spectrum {
  /** Real parts `[d]`, descending. */
  readonly real: Float64Array
  /** Imaginary parts `[d]`; the two of a pair stand side by side, the positive one first. */
  readonly imaginary: Float64Array
  /**
   * Right eigenvectors by index, of length 1, their largest entry positive: real for a real eigenvalue; of a pair
   * the real part at the first index, the imaginary part at the second.
   */
  readonly vectors: readonly Float64Array[]
  /** The largest ‖A·v − λ·v‖ over all of them, relative to ‖A‖: how far the decomposition is to be trusted. */
  readonly residual: number
}

/** @throws RangeError if an entry is not finite */
export function spectrum(matrix: Float64Array, d: number): Spectrum {
  if (!matrix.every(Number.isFinite))
    throw new RangeError('spectrum: the matrix holds a value that is not finite')
  const evd = new EigenvalueDecomposition(toMatrix(matrix, d), { assumeSymmetric: false })
  const [re, im] = [evd.realEigenvalues, evd.imaginaryEigenvalues]
  const columns = evd.eigenvectorMatrix.transpose().to2DArray()
  // Pairs stand side by side in the decomposition, and a stable sort leaves them so.
  const order = Array.from(re, (_, i) => i).sort(
    (a, b) => re[b]! - re[a]! || pairStart(im, a) - pairStart(im, b) || a - b,
  )
  const vectors = order.map(i => Float64Array.from(columns[i]!))
  const [real, imaginary] = [Float64Array.from(order, i => re[i]!), Float64Array.from(order, i => im[i]!)]
  for (let i = 0; i < d; i++)
    if (imaginary[i]! >= 0) normalise(vectors.slice(i, imaginary[i]! > 0 ? i + 2 : i + 1))
  return { real, imaginary, vectors, residual: largestResidual(matrix, { real, imaginary, vectors }) }
}

/** The index of the first of a pair of complex eigenvalues; of a real one, its own. */
const pairStart = (im: readonly number[], i: number) => (im[i]! < 0 ? i - 1 : i)

/** Scales an eigenvector, given by its real and imaginary parts, to length 1 and a positive largest entry. */
function normalise(parts: readonly Float64Array[]): void {
  const length = Math.hypot(...parts.map(euclideanNorm))
  const largest = parts[0]!.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0)
  const scale = (largest < 0 ? -1 : 1) / (length || 1)
  for (const part of parts) for (let k = 0; k < part.length; k++) part[k] = part[k]! * scale
}

function largestResidual(
  matrix: Float64Array,
  { real, imaginary, vectors }: Omit<Spectrum, 'residual'>,
): number {
  const size = euclideanNorm(matrix) || 1
  let largest = 0
  for (let i = 0; i < real.length; i++) {
    const [u, w] = imaginary[i]! > 0 ? [vectors[i]!, vectors[i + 1]!] : [vectors[i]!, undefined]
    const rest = plusScaled(matrixVector(matrix, u), u, -real[i]!)
    const error = w === undefined ? rest : plusScaled(rest, w, imaginary[i]!)
    if (imaginary[i]! >= 0) largest = Math.max(largest, euclideanNorm(error) / size)
  }
  return largest
}

function toMatrix(values: Float64Array, columns: number): Matrix {
  const rows = values.length / columns
  return new Matrix(
    Array.from({ length: rows }, (_, i) => Array.from(values.subarray(i * columns, (i + 1) * columns))),
  )
}
