/**
 * Where one array of a flat parameter vector lies in the storage of a kernel, in floats: entry (i, j) at
 * start + i·rowStep + j·columnStep. A column step other than 1 stores the array transposed.
 */
export interface StoredArray {
  readonly rows: number
  readonly columns: number
  readonly start: number
  readonly rowStep: number
  readonly columnStep: number
}

/**
 * Translates between flat float64 vectors, arrays row-major one behind the other, and the float32 storage of a
 * kernel, which pads rows and orders arrays as its loops want them.
 */
export class StoredParameters {
  /** Length of the flat vector. */
  readonly size: number

  constructor(private readonly arrays: readonly StoredArray[]) {
    this.size = arrays.reduce((sum, { rows, columns }) => sum + rows * columns, 0)
  }

  /** The flat vector, `[size]`, copied. */
  read(storage: Float32Array): Float64Array {
    const flat = new Float64Array(this.size)
    this.visit((index, place) => {
      flat[index] = storage[place]!
    })
    return flat
  }

  /** @throws RangeError if `flat` is not `[size]` */
  write(storage: Float32Array, flat: Float64Array): void {
    if (flat.length !== this.size) {
      throw new RangeError(`kernel: ${flat.length} parameters for a network with ${this.size}`)
    }
    this.visit((index, place) => {
      storage[place] = flat[index]!
    })
  }

  private visit(entry: (index: number, place: number) => void): void {
    let index = 0
    for (const { rows, columns, start, rowStep, columnStep } of this.arrays) {
      for (let i = 0; i < rows; i++) {
        for (let j = 0; j < columns; j++) entry(index++, start + i * rowStep + j * columnStep)
      }
    }
  }
}
