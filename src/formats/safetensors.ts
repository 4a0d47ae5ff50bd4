import { z } from 'zod'
import type { ParameterArray } from '../models/parameters.js'
import type { StoredArray } from '../models/stored-array.js'
import {
  bfloat16,
  boolean,
  entriesOf,
  float16,
  float32,
  float64,
  int8,
  int16,
  int32,
  int64,
  type NumberType,
  readNumbers,
  uint8,
  uint16,
  uint32,
  uint64,
} from './number-types.js'

/**
 * The safetensors format: the header's length in 8 bytes, a header in JSON that gives type, shape and place of
 * every array, then the arrays one after the other, little-endian and row-major. The arrays fill the rest of the
 * file: no gap, no overlap. Float64 is written; every type of real numbers of whole bytes is read, as float64.
 * Source: https://huggingface.co/docs/safetensors
 */

const lengthBytes = 8
/** The format's own limit on the header. */
const longestHeader = 100_000_000

const numberTypes: Readonly<Record<string, NumberType>> = {
  F64: float64,
  F32: float32,
  F16: float16,
  BF16: bfloat16,
  I64: int64,
  I32: int32,
  I16: int16,
  I8: int8,
  U64: uint64,
  U32: uint32,
  U16: uint16,
  U8: uint8,
  BOOL: boolean,
}

const wholeNumber = z.int().nonnegative()
const entry = z.object({
  dtype: z.string(),
  shape: z.array(wholeNumber),
  data_offsets: z.tuple([wholeNumber, wholeNumber]),
})
type Entry = z.infer<typeof entry>

/** The bytes of a safetensors file of float64 arrays. @throws RangeError if data do not fill their shape */
export function safetensorsBytes(arrays: Readonly<Record<string, ParameterArray>>): Uint8Array<ArrayBuffer> {
  let end = 0
  const entries = Object.entries(arrays).map(([name, { shape, data }]): [string, Entry] => {
    if (data.length !== entriesOf(shape)) {
      throw new RangeError(`safetensors: ${data.length} values for shape (${shape.join(', ')})`)
    }
    const start = end
    end += 8 * data.length
    return [name, { dtype: 'F64', shape: [...shape], data_offsets: [start, end] }]
  })
  const text = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)))
  const headerLength = 8 * Math.ceil(text.length / 8)
  const bytes = new Uint8Array(lengthBytes + headerLength + end)
  const view = new DataView(bytes.buffer)
  view.setBigUint64(0, BigInt(headerLength), true)
  bytes.fill(0x20, lengthBytes, lengthBytes + headerLength)
  bytes.set(text, lengthBytes)
  let at = lengthBytes + headerLength
  for (const { data } of Object.values(arrays)) {
    for (const value of data) {
      view.setFloat64(at, value, true)
      at += 8
    }
  }
  return bytes
}

/** Reads every array of a safetensors file as float64. @throws RangeError if it is none, or an array holds no real numbers */
export function readSafetensors(bytes: Uint8Array): Record<string, ParameterArray> {
  const arrays = openSafetensors(bytes)
  return Object.fromEntries(arrays.map(array => [array.name, { shape: array.shape, data: array.read() }]))
}

/** The arrays of a safetensors file, in the order of their data. @throws RangeError if it is no such file, or not whole */
export function openSafetensors(bytes: Uint8Array): StoredArray[] {
  const { header, content } = splitFile(bytes)
  const entries = Object.entries(header)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, value]) => [name, entryOf(name, value)] as const)
    .sort(([, a], [, b]) => a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1])
  requireFilled(entries, content.length)
  return entries.map(([name, { dtype, shape, data_offsets }]) => {
    const numbers = Object.hasOwn(numberTypes, dtype) ? numberTypes[dtype] : undefined
    const read = () => {
      if (numbers === undefined) throw new RangeError(`holds type ${dtype}, which is not read here`)
      return readNumbers(numbers, content.subarray(...data_offsets))
    }
    return { name, shape, type: dtype, read }
  })
}

function splitFile(bytes: Uint8Array): { readonly header: object; readonly content: Uint8Array } {
  if (bytes.length < lengthBytes) throw new RangeError('not a safetensors file: shorter than 8 bytes')
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true))
  const start = lengthBytes + length
  if (length > longestHeader || bytes[lengthBytes] !== 0x7b) {
    throw new RangeError('not a safetensors file: no header at its beginning')
  }
  if (start > bytes.length) throw new RangeError('safetensors: the file ends in its header')
  return { header: parseHeader(bytes.subarray(lengthBytes, start)), content: bytes.subarray(start) }
}

function parseHeader(bytes: Uint8Array): object {
  try {
    return z.looseObject({}).parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)))
  } catch {
    throw new RangeError('not a safetensors file: its header is not JSON')
  }
}

function entryOf(name: string, value: unknown): Entry {
  const { success, data } = entry.safeParse(value)
  if (!success) throw new RangeError(`safetensors: ${name}: no type, shape and offsets in the header`)
  const [start, end] = data.data_offsets
  const numbers = Object.hasOwn(numberTypes, data.dtype) ? numberTypes[data.dtype] : undefined
  const wanted = numbers === undefined ? end - start : numbers.bytes * entriesOf(data.shape)
  if (end < start || end - start !== wanted) {
    const shape = `(${data.shape.join(', ')})`
    throw new RangeError(`safetensors: ${name}: ${end - start} bytes for ${data.dtype} of shape ${shape}`)
  }
  return data
}

/** Holds the arrays to the format's promise: one after the other, from the first byte to the last. */
function requireFilled(entries: readonly (readonly [string, Entry])[], length: number): void {
  let at = 0
  for (const [name, { data_offsets }] of entries) {
    const [start, end] = data_offsets
    if (start !== at) {
      throw new RangeError(`safetensors: ${name} begins at byte ${start} of the data, not at ${at}`)
    }
    at = end
  }
  if (at === length) return
  const problem = at > length ? 'the file is cut off' : 'bytes are left over'
  throw new RangeError(`safetensors: ${problem}: ${length} bytes of data, ${at} in the header`)
}
