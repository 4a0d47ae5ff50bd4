import { type UnzipFileInfo, unzipSync, zipSync } from 'fflate'
import type { StoredArray } from '../models/stored-array.js'
import { type NpyArray, type NpyTexts, npyBytes, npyTextBytes, openNpy } from './npy.js'

/** Deflate packs at most 1032 bytes into one. */
const densest = 1032
/** Of all arrays of an archive together, unpacked. */
const largest = 2 ** 31

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

/**
 * Reads every array of a `.npz` archive as float64.
 * @throws RangeError if the bytes are no such archive, or an array holds no real numbers
 */
export function readNpz(bytes: Uint8Array): Record<string, NpyArray> {
  return Object.fromEntries(openNpz(bytes).map(array => [array.name, readNamed(array)]))
}

function readNamed(array: StoredArray): NpyArray {
  return { shape: array.shape, data: named(array.name, () => array.read()) }
}

/**
 * The arrays of a `.npz` archive, stored or deflated; what is no `.npy` in it is passed over.
 * @throws RangeError if the bytes are no such archive, or unpack to more than 2 GiB
 */
export function openNpz(bytes: Uint8Array): StoredArray[] {
  const files = Object.entries(unzip(bytes)).filter(([file]) => file.endsWith('.npy'))
  return files.map(([file, content]) => {
    const name = file.slice(0, -'.npy'.length)
    return named(name, () => openNpy(name, content))
  })
}

function unzip(bytes: Uint8Array): Record<string, Uint8Array> {
  const limits = unpackLimits(bytes.length)
  try {
    return unzipSync(bytes, { filter: info => limits(info) && info.name.endsWith('.npy') })
  } catch (error) {
    if (error instanceof RangeError && error.message.startsWith('npz: ')) throw error
    throw new RangeError(`not a whole .npz archive: ${error instanceof Error ? error.message : error}`)
  }
}

/** Refuses, before anything is unpacked, entries that could not be real or would fill the memory. */
function unpackLimits(archive: number): (info: UnzipFileInfo) => true {
  let [entries, total] = [0, 0]
  return ({ name, size, originalSize }) => {
    entries += 1
    total += originalSize
    // An entry takes 46 bytes at least in the archive's list.
    if (46 * entries > archive || size > archive || originalSize > densest * size + densest) {
      throw new RangeError(`npz: the entry ${JSON.stringify(name)} says that it is larger than it can be`)
    }
    if (total > largest) throw new RangeError(`npz: unpacks to more than ${largest} bytes`)
    return true
  }
}

/** Puts an array's name before what goes wrong with it. */
function named<Value>(name: string, work: () => Value): Value {
  try {
    return work()
  } catch (error) {
    throw error instanceof RangeError ? new RangeError(`${name}: ${error.message}`, { cause: error }) : error
  }
}
