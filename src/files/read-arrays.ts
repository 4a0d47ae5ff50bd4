import { accessSync, constants, readFileSync, statSync } from 'node:fs'
import { basename, extname } from 'node:path'
import { openNpy } from '../formats/npy.js'
import { openNpz } from '../formats/npz.js'
import { openSafetensors } from '../formats/safetensors.js'
import type { StoredArray } from '../models/stored-array.js'
import { InputError } from '../settings/input-error.js'
import { nameOf, reasonOf } from './whole-file.js'

const readers: Readonly<Record<string, (bytes: Uint8Array, file: string) => StoredArray[]>> = {
  '.npz': openNpz,
  '.safetensors': openSafetensors,
  '.npy': (bytes, file) => [openNpy(basename(file, '.npy'), bytes)],
}

/** Files of named arrays, by what their names end in. */
export const arrayFileTypes = ['.npz', '.safetensors', '.npy'] as const
export type ArrayFileType = (typeof arrayFileTypes)[number]

/**
 * The arrays of a file; the one of a `.npy` file is named after it.
 * @param types what the file may be
 * @throws InputError if it cannot be read, or is not what its name says
 */
export function readArrays(file: string, types: readonly ArrayFileType[] = arrayFileTypes): StoredArray[] {
  const accepted = `a whole file whose name ends in ${types.join(', ')}`
  const type = types.find(ending => ending === extname(file).toLowerCase())
  requireFile(file, accepted)
  if (type === undefined) throw new InputError(nameOf(file), 'is no file of arrays by its name', accepted)
  const bytes = readFileSync(file)
  if (bytes.length === 0) throw new InputError(file, 'is empty', accepted)
  try {
    return readers[type]!(bytes, file)
  } catch (error) {
    throw error instanceof RangeError ? new InputError(file, error.message, accepted) : error
  }
}

function requireFile(file: string, accepted: string): void {
  try {
    accessSync(file, constants.R_OK)
    if (!statSync(file).isFile()) throw new Error('it is no file')
  } catch (error) {
    throw new InputError(nameOf(file), `cannot be read: ${reasonOf(error)}`, accepted)
  }
}
