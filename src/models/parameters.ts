/** Name and shape of one parameter array of a model. */
export interface ParameterShape {
  readonly name: string
  readonly shape: readonly number[]
}

/** One parameter array by value: row-major, `data.length` the product of `shape`. */
export interface ParameterArray {
  readonly shape: readonly number[]
  readonly data: Float64Array
}

/** The number of entries of one array. */
export function sizeOf({ shape }: { readonly shape: readonly number[] }): number {
  return shape.reduce((product, length) => product * length, 1)
}

/** The length of a flat parameter vector. */
export function totalSize(layout: readonly ParameterShape[]): number {
  return layout.reduce((sum, entry) => sum + sizeOf(entry), 0)
}

/**
 * Views of a flat parameter vector, one for each array of the layout, in the layout's order.
 * Views, not copies: writing to one writes to the vector.
 */
export function viewsOf(layout: readonly ParameterShape[], flat: Float64Array): Float64Array[] {
  let offset = 0
  return layout.map(entry => {
    const start = offset
    offset += sizeOf(entry)
    return flat.subarray(start, offset)
  })
}

/** The arrays of a flat parameter vector, copied, by name. */
export function namedArrays(
  layout: readonly ParameterShape[],
  flat: Float64Array,
): Record<string, ParameterArray> {
  const views = viewsOf(layout, flat)
  return Object.fromEntries(
    layout.map(({ name, shape }, index) => [name, { shape, data: views[index]!.slice() }]),
  )
}
