import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { requireFolder, writeWhole } from '../files/whole-file.js'
import { computationHash } from './computation-hash.js'
import type { Profile } from './experiment.js'

/**
 * Keeps the result of every finished part in a folder, so that a run that was stopped goes on where it was.
 *
 * A part has one file, `FIGURE.PART.PROFILE.part`, written whole or not at all: 32 bytes of key, 32 bytes of
 * the content's SHA-256, then the content. The key is the SHA-256 of this format's number, figure, part,
 * profile and the figure's `computationHash`: what a part's result is a function of. A file with another key is of other
 * code, and is computed anew and written over; one whose content does not fit its hash is damaged, which is
 * said, and computed anew as well.
 */

/** Of the layout of the files. */
const format = 1
const hashBytes = 32

/** The result of a part, and the seconds that it took to compute. */
export interface PartResult {
  readonly result: unknown
  readonly seconds: number
}

/** What tells one part from all others. */
export interface PartAddress {
  readonly figure: string
  readonly part: string
  readonly profile: Profile
}

/** Where results of parts outlive a run. */
export interface PartCache {
  /** The result that an earlier run of the same code kept, if there is one. */
  load(address: PartAddress): PartResult | undefined
  /** Keeps a result. Where that fails it says so once, and the run goes on. */
  store(address: PartAddress, part: PartResult): void
}

export interface PartCacheOptions {
  readonly folder: string
  /** Finds nothing that is kept, but keeps what is computed. */
  readonly fresh?: boolean | undefined
  /** Told of damaged files, and once if results cannot be kept. */
  readonly onNote?: ((text: string) => void) | undefined
  /** Hash of what computes a figure's parts; that of this code unless given. */
  readonly computationOf?: ((figure: string) => string) | undefined
}

/**
 * Opens a folder of kept parts; makes it if it is missing.
 * @throws InputError if files cannot be written there
 */
export function openPartCache(options: PartCacheOptions): PartCache {
  const { folder, fresh = false, onNote, computationOf = computationHash } = options
  requireFolder(folder)
  const fileOf = ({ figure, part, profile }: PartAddress) =>
    join(folder, `${[figure, part, profile].map(encodeURIComponent).join('.')}.part`)
  const computations = new Map<string, string>()
  const keyOf = ({ figure, part, profile }: PartAddress) => {
    const computation = computations.get(figure) ?? computationOf(figure)
    computations.set(figure, computation)
    return sha256(JSON.stringify([format, figure, part, profile, computation]))
  }
  let mayStore = true
  return {
    load(address) {
      const file = fileOf(address)
      const bytes = fresh ? undefined : contentOf(file)
      if (bytes === undefined || !keyOf(address).equals(bytes.subarray(0, hashBytes))) {
        return undefined
      }
      const part = unpacked(bytes)
      if (part === undefined) onNote?.(`${file} is damaged: that part is computed anew`)
      return part
    },
    store(address, part) {
      if (!mayStore) return
      const file = fileOf(address)
      try {
        writeWhole(file, packed(keyOf(address), part))
      } catch (error) {
        mayStore = false
        onNote?.(`results of parts are not kept: ${error instanceof Error ? error.message : error}`)
      }
    },
  }
}

function packed(key: Buffer, part: PartResult): Buffer {
  const content = serialize(part)
  return Buffer.concat([key, sha256(content), content])
}

/** What was packed; undefined if it is damaged. */
function unpacked(bytes: Buffer): PartResult | undefined {
  const content = bytes.subarray(2 * hashBytes)
  if (!sha256(content).equals(bytes.subarray(hashBytes, 2 * hashBytes))) return undefined
  // Its hash says that this is what `packed` wrote.
  return deserialize(content) as PartResult
}

function contentOf(file: string): Buffer | undefined {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}

function sha256(content: string | Uint8Array): Buffer {
  return createHash('sha256').update(content).digest()
}
