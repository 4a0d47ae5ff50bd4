import { unzipSync, zipSync } from 'fflate'
import { dump, parse } from 'npyjs'

/** An array as NumPy stores it: row-major float64. */
export interface NpzArray {
  readonly shape: readonly number[]
  readonly data: Float64Array
}

/** The bytes of a NumPy `.npz` archive: one float64 `.npy` an array, compressed. */
export function npzBytes(arrays: Readonly<Record<string, NpzArray>>): Uint8Array {
  const files = Object.entries(arrays).map(([name, { shape, data }]) => [
    `${name}.npy`,
    new Uint8Array(dump(data, [...shape])),
  ])
  // A fixed date: the same arrays give the same bytes.
  return zipSync(Object.fromEntries(files), { mtime: new Date('1980-01-01T00:00:00') })
}

/** Reads back a `.npz` of float64 arrays. @throws Error if the bytes are not such an archive */
export function readNpz(bytes: Uint8Array): Record<string, NpzArray> {
  const entries = Object.entries(unzipSync(bytes)).map(([file, content]) => {
    const { data, shape } = parse(content.slice().buffer)
    if (!(data instanceof Float64Array)) throw new Error(`readNpz: ${file} is not float64`)
    return [file.replace(/\.npy$/, ''), { shape, data }]
  })
  return Object.fromEntries(entries)
}
