import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openSafetensors, readSafetensors, safetensorsBytes } from '../../src/formats/safetensors.js'

/** A safetensors file put together by hand. */
function file(header: unknown, data: ArrayLike<number> = []): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header))
  const length = Array.from({ length: 8 }, (_, i) => Math.floor(text.length / 256 ** i) % 256)
  return Uint8Array.from([...length, ...text, ...Array.from(data)])
}

const entry = (dtype: string, shape: number[], start: number, end: number) => ({
  dtype,
  shape,
  data_offsets: [start, end],
})

describe('readSafetensors', () => {
  it.each([
    ['F64', [0, 0, 0, 0, 0, 0, 0x24, 0xc0], -10],
    ['F32', [0, 0, 0x20, 0xc1], -10],
    ['F16', [0x00, 0xc9], -10],
    ['BF16', [0x20, 0xc1], -10],
    ['I64', [0xf6, 255, 255, 255, 255, 255, 255, 255], -10],
    ['I32', [0xf6, 255, 255, 255], -10],
    ['I16', [0xf6, 255], -10],
    ['I8', [0xf6], -10],
    ['U8', [0xf6], 246],
    ['BOOL', [1], 1],
  ])('reads %s', (dtype, bytes, value) => {
    const read = readSafetensors(file({ x: entry(dtype, [1], 0, bytes.length) }, bytes))
    expect(read).toEqual({ x: { shape: [1], data: Float64Array.of(value) } })
  })

  it('reads a file with metadata, a padded header, and arrays listed out of order', () => {
    const header = {
      __metadata__: { format: 'pt' },
      second: entry('U8', [], 4, 5),
      first: entry('U8', [2, 2], 0, 4),
      none: entry('F32', [0, 3], 5, 5),
    }
    const read = readSafetensors(file(`${JSON.stringify(header)}   `, [1, 2, 3, 4, 5]))
    expect(read).toEqual({
      first: { shape: [2, 2], data: Float64Array.of(1, 2, 3, 4) },
      second: { shape: [], data: Float64Array.of(5) },
      none: { shape: [0, 3], data: new Float64Array(0) },
    })
  })

  it('brings back names, shapes and every bit of what is written', () => {
    const array = fc
      .array(fc.double())
      .map(values => ({ shape: [1, values.length], data: Float64Array.from(values) }))
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z.]+$/), array), arrays => {
        const back = readSafetensors(safetensorsBytes(arrays))
        expect(Object.keys(back).sort()).toEqual(Object.keys(arrays).sort())
        for (const [name, { shape, data }] of Object.entries(arrays)) {
          expect(back[name]!.shape).toEqual(shape)
          expect(new BigUint64Array(back[name]!.data.buffer)).toEqual(new BigUint64Array(data.buffer))
        }
      }),
      { numRuns: 50 },
    )
  })

  it.each([
    ['nothing', new Uint8Array(0), 'not a safetensors file: shorter than 8 bytes'],
    ['another file', new Uint8Array(100), 'not a safetensors file: no header at its beginning'],
    ['an endless header', file('{}').fill(255, 0, 8), 'not a safetensors file: no header at its beginning'],
    ['a cut header', file('{"x": 1}').subarray(0, 12), 'safetensors: the file ends in its header'],
    ['a header that is no JSON', file('{nothing'), 'not a safetensors file: its header is not JSON'],
    ['an entry that is none', file({ x: 3 }), 'safetensors: x: no type, shape and offsets in the header'],
    [
      'a negative length',
      file({ x: entry('U8', [-1], 0, 1) }, [1]),
      'safetensors: x: no type, shape and offsets in the header',
    ],
    [
      'a shape that is not filled',
      file({ x: entry('F32', [2], 0, 4) }, [1, 2, 3, 4]),
      'safetensors: x: 4 bytes for F32 of shape (2)',
    ],
    [
      'offsets in the wrong order',
      file({ x: entry('F8_E4M3', [1], 4, 2) }, [1, 2, 3, 4]),
      'safetensors: x: -2 bytes for F8_E4M3 of shape (1)',
    ],
    [
      'a huge shape',
      file({ x: entry('U8', [2 ** 40, 2 ** 40], 0, 1) }, [1]),
      'no array has the shape (1099511627776, 1099511627776)',
    ],
    [
      'arrays that overlap',
      file({ x: entry('U8', [2], 0, 2), y: entry('U8', [2], 1, 3) }, [1, 2, 3]),
      'safetensors: y begins at byte 1 of the data, not at 2',
    ],
    [
      'a gap',
      file({ x: entry('U8', [1], 0, 1), y: entry('U8', [1], 2, 3) }, [1, 2, 3]),
      'safetensors: y begins at byte 2 of the data, not at 1',
    ],
    [
      'a cut file',
      file({ x: entry('U8', [9], 0, 9) }, [1, 2]),
      'safetensors: the file is cut off: 2 bytes of data, 9 in the header',
    ],
    [
      'bytes left over',
      file({ x: entry('U8', [1], 0, 1) }, [1, 2]),
      'safetensors: bytes are left over: 2 bytes of data, 1 in the header',
    ],
    [
      'a type of parts of bytes',
      file({ x: entry('F8_E4M3', [1], 0, 1) }, [1]),
      'holds type F8_E4M3, which is not read here',
    ],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => readSafetensors(bytes)).toThrow(new RangeError(message))
  })
})

describe('openSafetensors', () => {
  it('tells of what it cannot read', () => {
    const [array] = openSafetensors(file({ x: entry('F8_E4M3', [2, 1], 0, 2) }, [1, 2]))
    expect(array).toMatchObject({ name: 'x', shape: [2, 1], type: 'F8_E4M3' })
  })
})

describe('safetensorsBytes', () => {
  it('lays a file out by the letter of the format', () => {
    const bytes = safetensorsBytes({ b: { shape: [1], data: Float64Array.of(-10) } })
    const header = '{"b":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}'.padEnd(56)
    expect(bytes).toEqual(file(header, [0, 0, 0, 0, 0, 0, 0x24, 0xc0]))
  })

  it('refuses a shape that the data do not fill', () => {
    const data = Float64Array.of(1, 2, 3)
    expect(() => safetensorsBytes({ m: { shape: [2, 2], data } })).toThrow(
      new RangeError('safetensors: 3 values for shape (2, 2)'),
    )
  })
})
