/** How files store a number: its size, and how it is read. 64-bit integers beyond 2⁵³ are rounded. */
export interface NumberType {
  readonly bytes: number
  read(view: DataView, offset: number, littleEndian: boolean): number
}

const numberType = (bytes: number, read: NumberType['read']): NumberType => ({ bytes, read })

export const float64 = numberType(8, (view, at, little) => view.getFloat64(at, little))
export const float32 = numberType(4, (view, at, little) => view.getFloat32(at, little))
export const float16 = numberType(2, (view, at, little) => halfToNumber(view.getUint16(at, little)))
export const bfloat16 = numberType(2, (view, at, little) => brainToNumber(view.getUint16(at, little)))
export const int64 = numberType(8, (view, at, little) => Number(view.getBigInt64(at, little)))
export const int32 = numberType(4, (view, at, little) => view.getInt32(at, little))
export const int16 = numberType(2, (view, at, little) => view.getInt16(at, little))
export const int8 = numberType(1, (view, at) => view.getInt8(at))
export const uint64 = numberType(8, (view, at, little) => Number(view.getBigUint64(at, little)))
export const uint32 = numberType(4, (view, at, little) => view.getUint32(at, little))
export const uint16 = numberType(2, (view, at, little) => view.getUint16(at, little))
export const uint8 = numberType(1, (view, at) => view.getUint8(at))
export const boolean = numberType(1, (view, at) => (view.getUint8(at) === 0 ? 0 : 1))

/** Every value of `bytes` as float64. */
export function readNumbers(type: NumberType, bytes: Uint8Array, littleEndian = true): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const values = new Float64Array(bytes.length / type.bytes)
  for (let i = 0; i < values.length; i++) values[i] = type.read(view, i * type.bytes, littleEndian)
  return values
}

/** IEEE 754 binary16: 1 bit of sign, 5 of exponent (bias 15), 10 of fraction. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = (bits & 0x3ff) / 1024
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  return exponent === 0 ? sign * fraction * 2 ** -14 : sign * (1 + fraction) * 2 ** (exponent - 15)
}

/** bfloat16: the upper half of a float32. */
function brainToNumber(bits: number): number {
  const view = new DataView(new ArrayBuffer(4))
  view.setUint16(0, bits)
  return view.getFloat32(0)
}

/** The number of entries of a shape. @throws RangeError if a length is no whole number from 0, or all are too many */
export function entriesOf(shape: readonly number[]): number {
  const entries = shape.reduce((product, length) => product * length, 1)
  if ([entries, ...shape].every(length => Number.isSafeInteger(length) && length >= 0)) return entries
  throw new RangeError(`no array has the shape (${shape.join(', ')})`)
}
