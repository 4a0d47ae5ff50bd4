import { unzipSync, zipSync } from 'fflate'
import { type NpyArray, npyBytes, readNpy } from './npy.js'

/**
 * The bytes of a NumPy `.npz` archive: one float64 `.npy` an array, compressed.
 * @throws RangeError if an array's data do not fill its shape
 */
export function npzBytes(arrays: Readonly<Record<string, NpyArray>>): Uint8Array {
  const files = Object.entries(arrays).map(([name, array]) => [`${name}.npy`, npyBytes(array)])
  // A fixed date: the same arrays give the same bytes.
  return zipSync(Object.fromEntries(files), { mtime: new Date('1980-01-01T00:00:00') })
}

/** Reads back a `.npz` of float64 arrays. @throws Error if the bytes are not such an archive */
export function readNpz(bytes: Uint8Array): Record<string, NpyArray> {
  const entries = Object.entries(unzipSync(bytes))
  return Object.fromEntries(entries.map(([file, content]) => [file.replace(/\.npy$/, ''), readNpy(content)]))
}
