/**
 * What networks and their gradients are made of: three products with row-major matrices `[rows, columns]`, each
 * added to its target; the scalar product; zeros.
 */

/** target += x·A, x `[rows]`, target `[columns]`: a row vector from the left. */
export function addVectorMatrix(target: Float64Array, x: Float64Array, matrix: Float64Array): void {
  const columns = target.length
  for (let i = 0; i < x.length; i++) {
    const [scale, offset] = [x[i]!, i * columns]
    for (let j = 0; j < columns; j++) target[j] = target[j]! + scale * matrix[offset + j]!
  }
}

/** target += A·y, y `[columns]`, target `[rows]`: a column vector from the right. */
export function addMatrixVector(target: Float64Array, matrix: Float64Array, y: Float64Array): void {
  const columns = y.length
  for (let i = 0; i < target.length; i++) {
    const offset = i * columns
    let sum = 0
    for (let j = 0; j < columns; j++) sum += matrix[offset + j]! * y[j]!
    target[i] = target[i]! + sum
  }
}

/** target += x yᵀ, x `[rows]`, y `[columns]`, target `[rows, columns]`. */
export function addOuterProduct(target: Float64Array, x: Float64Array, y: Float64Array): void {
  const columns = y.length
  for (let i = 0; i < x.length; i++) {
    const [scale, offset] = [x[i]!, i * columns]
    for (let j = 0; j < columns; j++) target[offset + j] = target[offset + j]! + scale * y[j]!
  }
}

/** Σ a·b. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}

/** `count` vectors of zeros, each `[length]`. */
export function zeroRows(count: number, length: number): Float64Array[] {
  return Array.from({ length: count }, () => new Float64Array(length))
}
