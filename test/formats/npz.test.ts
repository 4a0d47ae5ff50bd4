import fc from 'fast-check'
import { unzipSync, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { npyTextBytes } from '../../src/formats/npy.js'
import { npzBytes, readNpz } from '../../src/formats/npz.js'

/** The one `.npy` file in an archive of one array. */
function npyOf(shape: readonly number[], data: Float64Array): Uint8Array {
  const files = unzipSync(npzBytes({ x: { shape, data } }))
  expect(Object.keys(files)).toEqual(['x.npy'])
  return files['x.npy']!
}

describe('npzBytes', () => {
  it.each([
    [[3], '(3,)'],
    [[2, 3], '(2, 3)'],
    [[], '()'],
    [[0], '(0,)'],
    [[1, 1, 4], '(1, 1, 4)'],
  ])('writes shape %j by the letter of NumPy’s format, version 1.0', (shape, written) => {
    const size = shape.reduce((product, length) => product * length, 1)
    const data = Float64Array.from({ length: size }, (_, i) => Math.PI * (i - 1))
    const npy = npyOf(shape, data)
    const view = new DataView(npy.buffer, npy.byteOffset, npy.byteLength)
    expect([...npy.subarray(0, 8)]).toEqual([0x93, ...[...'NUMPY'].map(letter => letter.charCodeAt(0)), 1, 0])
    const headerLength = view.getUint16(8, true)
    expect((10 + headerLength) % 64).toBe(0)
    const header = new TextDecoder('ascii').decode(npy.subarray(10, 10 + headerLength))
    expect(header).toMatch(/^\{.*\} *\n$/)
    expect(header).toMatch(/'descr': '<f8'/)
    expect(header).toMatch(/'fortran_order': False/)
    expect(header).toContain(`'shape': ${written}`)
    const values = Array.from(data, (_, i) => view.getFloat64(10 + headerLength + 8 * i, true))
    expect(values).toEqual([...data])
    expect(npy.length).toBe(10 + headerLength + 8 * size)
  })

  it('is the same for the same arrays, whatever the time', () => {
    const arrays = { loss: { shape: [2], data: Float64Array.of(1, 2) } }
    expect(npzBytes(arrays)).toEqual(npzBytes(arrays))
    // Bytes 10 to 13 of a zip entry are its time and date, which begin with 1980-01-01 00:00.
    expect([...npzBytes(arrays).subarray(10, 14)]).toEqual([0, 0, 0b0010_0001, 0])
  })

  it('refuses a shape that the data does not fill', () => {
    const data = Float64Array.of(1, 2, 3)
    expect(() => npzBytes({ m: { shape: [2, 2], data } })).toThrow(
      new RangeError('npy: 3 values for shape (2, 2)'),
    )
  })
})

describe('readNpz', () => {
  it('brings back names, shapes and every bit', () => {
    const array = fc
      .tuple(fc.nat(4), fc.nat(4))
      .chain(([rows, columns]) =>
        fc
          .array(fc.double(), { minLength: rows * columns, maxLength: rows * columns })
          .map(values => ({ shape: [rows, columns], data: Float64Array.from(values) })),
      )
    const name = fc.stringMatching(/^[a-z][A-Za-z0-9]*$/)
    fc.assert(
      fc.property(fc.dictionary(name, array), arrays => {
        const back = readNpz(npzBytes(arrays))
        expect(Object.keys(back).sort()).toEqual(Object.keys(arrays).sort())
        for (const [key, { shape, data }] of Object.entries(arrays)) {
          expect(back[key]?.shape).toEqual(shape)
          expect(new BigUint64Array(back[key]!.data.buffer)).toEqual(new BigUint64Array(data.buffer))
        }
      }),
      { numRuns: 50 },
    )
  })

  it('refuses arrays that are no numbers, by name, and bytes that are no archive', () => {
    const npy = npyOf([1], Float64Array.of(1))
    const text = Buffer.from(npy).toString('latin1').replace('<f8', '|O8')
    const objects = new Uint8Array(Buffer.from(text, 'latin1'))
    expect(() => readNpz(zipSync({ 'x.npy': objects }))).toThrow(
      new RangeError('x: holds Python objects (a pickle), type |O8, not real numbers'),
    )
    expect(() => readNpz(zipSync({ 'x.npy': Uint8Array.of(1, 2, 3) }))).toThrow(/^x: not a \.npy file/)
    expect(() => readNpz(zipSync({ 'x.npy': npy.subarray(0, npy.length - 1) }))).toThrow(/^x: .* for shape/)
    expect(() => readNpz(Uint8Array.of(1, 2, 3))).toThrow('not a whole .npz archive: invalid zip data')
  })

  it('passes over what is no array', () => {
    expect(readNpz(zipSync({ 'readme.txt': Uint8Array.of(1, 2, 3) }))).toEqual({})
  })

  it('refuses an archive that is cut off, wherever it is', () => {
    const bytes = npzBytes({ x: { shape: [50], data: new Float64Array(50).map((_, i) => Math.sin(i)) } })
    for (let length = 0; length < bytes.length; length += 7) {
      expect(() => readNpz(bytes.subarray(0, length))).toThrow(RangeError)
    }
  })

  it('ends with an answer or a RangeError, whichever byte of an archive is wrong', () => {
    const bytes = npzBytes({
      x: { shape: [3], data: Float64Array.of(1, 2, 3) },
      y: { shape: [0], data: new Float64Array(0) },
    })
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, value) => {
        const wrong = bytes.slice()
        wrong[at] = value
        try {
          readNpz(wrong)
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('refuses entries that say they are larger than they can be, before it unpacks them', () => {
    const bytes = npzBytes({ x: { shape: [3], data: Float64Array.of(1, 2, 3) } })
    const list = bytes.findLastIndex((_, i) => bytes[i] === 0x50 && bytes[i + 2] === 1 && bytes[i + 3] === 2)
    // The size unpacked stands at byte 24 of an entry of the list.
    new DataView(bytes.buffer).setUint32(list + 24, 2 ** 31, true)
    expect(() => readNpz(bytes)).toThrow('npz: the entry "x.npy" says that it is larger than it can be')
  })
})

describe('texts in .npy', () => {
  it('have the bytes that numpy.save writes', () => {
    // np.save(file, np.array(['ab', 'é😀', ''])), NumPy 2
    const bytes = Buffer.from(npyTextBytes({ texts: ['ab', 'é😀', ''] }))
    const dictionary = "{'descr': '<U2', 'fortran_order': False, 'shape': (3,), }"
    expect(bytes.subarray(0, 128).toString('latin1')).toBe(
      `\x93NUMPY\x01\x00v\x00${dictionary.padEnd(117)}\n`,
    )
    expect(bytes.subarray(128).toString('hex')).toBe('6100000062000000e900000000f601000000000000000000')
  })
})
