import type { ParameterArray } from '../models/parameters.js'
import { type StoredArray, shapeText } from '../models/stored-array.js'
import {
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
 * NumPy's `.npy` format: magic and version, the header's length (2 bytes in version 1, 4 later), a header that is
 * a Python dictionary, padded so that the data begin at a multiple of 64 bytes, then the data. Version 3 differs
 * from 2 in nothing but names of fields in UTF-8. Float64 in version 1.0 is written; every version and every type
 * of real numbers is read, as float64.
 * Source: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */

/** An array as it is handed around: row-major float64. */
export type NpyArray = ParameterArray

const magic = Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59)
const alignment = 64
/** NumPy refuses longer headers too. */
const longestHeader = 10_000

/** By kind and size, as in a `descr`. */
const numberTypes: Readonly<Record<string, NumberType>> = {
  f8: float64,
  f4: float32,
  f2: float16,
  i8: int64,
  i4: int32,
  i2: int16,
  i1: int8,
  u8: uint64,
  u4: uint32,
  u2: uint16,
  u1: uint8,
  b1: boolean,
}

/** A column of texts. */
export interface NpyTexts {
  readonly texts: readonly string[]
}

/** The bytes of a `.npy` file of texts: UTF-32 of one length, filled up with zeros, as NumPy stores them. */
export function npyTextBytes({ texts }: NpyTexts): Uint8Array<ArrayBuffer> {
  const codes = texts.map(text => Array.from(text, character => character.codePointAt(0)!))
  const width = codes.reduce((most, { length }) => Math.max(most, length), 1)
  const { bytes, start } = withHeader(`<U${width}`, [texts.length], 4 * width)
  const view = new DataView(bytes.buffer)
  for (const [row, text] of codes.entries()) {
    for (const [i, code] of text.entries()) view.setUint32(start + 4 * (row * width + i), code, true)
  }
  return bytes
}

/** The bytes of a `.npy` file. @throws RangeError if the data do not fill the shape */
export function npyBytes({ shape, data }: NpyArray): Uint8Array<ArrayBuffer> {
  requireFilled(shape, data.length)
  const { bytes, start } = withHeader('<f8', shape, 8)
  const view = new DataView(bytes.buffer)
  data.forEach((value, i) => {
    view.setFloat64(start + 8 * i, value, true)
  })
  return bytes
}

/** A file with its header and room for the data, which begin at `start`. */
function withHeader(type: string, shape: readonly number[], itemBytes: number) {
  const dictionary = `{'descr': '${type}', 'fortran_order': False, 'shape': ${shapeText(shape)}, }`
  const start = alignment * Math.ceil((magic.length + 4 + dictionary.length + 1) / alignment)
  const bytes = new Uint8Array(start + itemBytes * entriesOf(shape))
  bytes.set(magic)
  bytes.set([1, 0], magic.length)
  new DataView(bytes.buffer).setUint16(magic.length + 2, start - magic.length - 4, true)
  const header = `${dictionary.padEnd(start - magic.length - 5)}\n`
  bytes.set(new TextEncoder().encode(header), magic.length + 4)
  return { bytes, start }
}

/** Reads a `.npy` file. @throws RangeError if it is none, or holds no real numbers */
export function readNpy(bytes: Uint8Array): NpyArray {
  const array = openNpy('array', bytes)
  return { shape: array.shape, data: array.read() }
}

/**
 * Reads the header of a `.npy` file. The data are of the length it says, unless they are no real numbers, which
 * shows when they are read.
 * @throws RangeError if it is no `.npy` file, or its data do not fill the shape
 */
export function openNpy(name: string, bytes: Uint8Array): StoredArray {
  const { header, start } = headerOf(bytes)
  const type = descriptionOf(header)
  const shape = shapeOf(header)
  const [, order = '', kind = ''] = /^([<>|=]?)([a-z]\d+)$/.exec(type) ?? []
  const numbers = Object.hasOwn(numberTypes, kind) ? numberTypes[kind] : undefined
  if (numbers === undefined) {
    const read = () => {
      throw new RangeError(`holds ${contentOf(type)}, not real numbers`)
    }
    return { name, shape, type, read }
  }
  const content = bytes.subarray(start)
  requireFilled(shape, content.length / numbers.bytes)
  const columnMajor = fieldOf(header, 'fortran_order', /True|False/) === 'True'
  const read = () => {
    const values = readNumbers(numbers, content, order !== '>')
    return columnMajor ? toRowMajor(values, shape) : values
  }
  return { name, shape, type, read }
}

/** The header's text, and where the data start. */
function headerOf(bytes: Uint8Array): { readonly header: string; readonly start: number } {
  const version = bytes[magic.length] ?? 0
  if (magic.some((byte, i) => bytes[i] !== byte) || version < 1 || version > 3) {
    throw new RangeError('not a .npy file of version 1, 2 or 3')
  }
  const sizeBytes = version === 1 ? 2 : 4
  const from = magic.length + 2 + sizeBytes
  if (bytes.length < from) throw new RangeError('npy: the file ends in its header')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const length = version === 1 ? view.getUint16(from - 2, true) : view.getUint32(from - 4, true)
  if (length > longestHeader) throw new RangeError(`npy: a header of ${length} bytes, over ${longestHeader}`)
  if (bytes.length < from + length) throw new RangeError('npy: the file ends in its header')
  const header = new TextDecoder(version === 3 ? 'utf-8' : 'latin1').decode(
    bytes.subarray(from, from + length),
  )
  return { header, start: from + length }
}

/** A field's value in the header's dictionary, as far as it looks as it should. */
function fieldOf(header: string, name: string, value: RegExp): string {
  const found = new RegExp(`['"]${name}['"] *: *(${value.source})`).exec(header)?.[1]
  if (found === undefined) throw new RangeError(`npy: no ${name} in the header`)
  return found
}

/** `<f8`; of an array with fields, `fields`. */
function descriptionOf(header: string): string {
  const text = fieldOf(header, 'descr', /\[|'[^']*'|"[^"]*"/)
  return text === '[' ? 'fields' : text.slice(1, -1)
}

function shapeOf(header: string): number[] {
  const shape = fieldOf(header, 'shape', /\([\dL, ]*\)/)
    .slice(1, -1)
    .split(',')
    .filter(text => text.trim() !== '')
    .map(text => Number(text.replace('L', '')))
  entriesOf(shape)
  return shape
}

/** What an array that holds no real numbers holds. */
function contentOf(type: string): string {
  const kinds: Readonly<Record<string, string>> = {
    O: 'Python objects (a pickle)',
    c: 'complex numbers',
    U: 'text',
    S: 'text',
    M: 'dates',
    m: 'time spans',
    fields: 'records with fields',
  }
  const kind = kinds[type] ?? kinds[type.replace(/^[<>|=]/, '').charAt(0)]
  return kind === undefined ? `type ${type}` : `${kind}, type ${type}`
}

/** Values in column-major order (the first index fastest), put into row-major order. */
function toRowMajor(values: Float64Array, shape: readonly number[]): Float64Array {
  const sorted = new Float64Array(values.length)
  const index = shape.map(() => 0)
  const strides = shape.map((_, axis) =>
    shape.slice(axis + 1).reduce((product, length) => product * length, 1),
  )
  let target = 0
  for (const value of values) {
    sorted[target] = value
    for (let axis = 0; axis < shape.length; axis++) {
      index[axis] = index[axis]! + 1
      target += strides[axis]!
      if (index[axis]! < shape[axis]!) break
      target -= strides[axis]! * shape[axis]!
      index[axis] = 0
    }
  }
  return sorted
}

function requireFilled(shape: readonly number[], size: number): void {
  if (size !== entriesOf(shape)) throw new RangeError(`npy: ${size} values for shape (${shape.join(', ')})`)
}
