import { unzipSync, zipSync } from 'fflate'
import { type NpyArray, type NpyTexts, npyBytes, npyTextBytes, readNpy } from './npy.js'

/**
 * The bytes of a NumPy `.npz` archive: one `.npy` of float64 or of texts an array, compressed.
 * @throws RangeError if an array's data do not fill its shape
 */
export function npzBytes(arrays: Readonly<Record<string, NpyArray | NpyTexts>>): Uint8Array {
  const files = Object.entries(arrays).map(([name, array]) => [
    `${name}.npy`,
    'texts' in array ? npyTextBytes(array) : npyBytes(array),
  ])
  // A fixed date: the same arrays give the same bytes.
  return zipSync(Object.fromEntries(files), { mtime: new Date('1980-01-01T00:00:00') })
}

/** Reads back a `.npz` of float64 arrays. @throws Error if the bytes are not such an archive */
export function readNpz(bytes: Uint8Array): Record<string, NpyArray> {
  const entries = Object.entries(unzipSync(bytes))
  return Object.fromEntries(entries.map(([file, content]) => [file.replace(/\.npy$/, ''), readNpy(content)]))
}
