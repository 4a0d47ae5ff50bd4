/**
 * NumPy's `.npy` format, version 1.0: magic and version, the header's length, a header that is a Python
 * dictionary in ASCII, padded so that the data begin at a multiple of 64 bytes, then the data.
 * Source: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */

/** An array as NumPy stores it: row-major float64. */
export interface NpyArray {
  readonly shape: readonly number[]
  readonly data: Float64Array
}

const magic = Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0)
const alignment = 64
/** Little-endian float64. */
const float64 = '<f8'

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
  const { bytes, start } = withHeader(float64, shape, 8)
  const view = new DataView(bytes.buffer)
  data.forEach((value, i) => {
    view.setFloat64(start + 8 * i, value, true)
  })
  return bytes
}

/** A file with its header and room for the data, which begin at `start`. */
function withHeader(type: string, shape: readonly number[], itemBytes: number) {
  const lengths = shape.length === 1 ? `${shape[0]},` : shape.join(', ')
  const dictionary = `{'descr': '${type}', 'fortran_order': False, 'shape': (${lengths}), }`
  const start = alignment * Math.ceil((magic.length + 2 + dictionary.length + 1) / alignment)
  const bytes = new Uint8Array(start + itemBytes * sizeOf(shape))
  bytes.set(magic)
  new DataView(bytes.buffer).setUint16(magic.length, start - magic.length - 2, true)
  const header = `${dictionary.padEnd(start - magic.length - 3)}\n`
  bytes.set(new TextEncoder().encode(header), magic.length + 2)
  return { bytes, start }
}

/** Reads a `.npy` file of float64. @throws RangeError if it is none */
export function readNpy(bytes: Uint8Array): NpyArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 10 || magic.some((byte, i) => bytes[i] !== byte)) {
    throw new RangeError('readNpy: not a .npy file of version 1.0')
  }
  const start = magic.length + 2 + view.getUint16(magic.length, true)
  const header = new TextDecoder('latin1').decode(bytes.subarray(magic.length + 2, start))
  const field = (name: string, value: string) => new RegExp(`'${name}': *${value}`).exec(header)?.[1]
  const type = field('descr', "'([^']*)'")
  if (type !== float64) throw new RangeError(`readNpy: the type is ${type}, not ${float64}`)
  if (field('fortran_order', '(\\w+)') !== 'False') throw new RangeError('readNpy: not in row-major order')
  const lengths = field('shape', '\\(([\\d, ]*)\\)')
  if (lengths === undefined) throw new RangeError('readNpy: no shape')
  const shape = lengths
    .split(',')
    .filter(text => text.trim() !== '')
    .map(Number)
  requireFilled(shape, (bytes.length - start) / 8)
  const data = Float64Array.from({ length: (bytes.length - start) / 8 }, (_, i) =>
    view.getFloat64(start + 8 * i, true),
  )
  return { shape, data }
}

function requireFilled(shape: readonly number[], size: number): void {
  const wanted = sizeOf(shape)
  if (size !== wanted) throw new RangeError(`npy: ${size} values for shape (${shape.join(', ')})`)
}

const sizeOf = (shape: readonly number[]) => shape.reduce((product, length) => product * length, 1)
