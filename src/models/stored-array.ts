/** An array of a file, read when it is asked for: files hold more than is needed, and things that are no numbers. */
export interface StoredArray {
  readonly name: string
  readonly shape: readonly number[]
  /** The type as its file calls it: `<f8` of NumPy, `F32` of safetensors. */
  readonly type: string
  /** The values as float64, row-major. @throws RangeError if they are not real numbers */
  read(): Float64Array
}

/** `W (100, 100) <f4`. */
export function arrayText({ name, shape, type }: StoredArray): string {
  return `${name} ${shapeText(shape)} ${type}`
}

/** A shape as Python writes it: `(3, 4)`, `(3,)`, `()`. */
export function shapeText(shape: readonly (number | string)[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`
}
