import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openNpy, readNpy } from '../../src/formats/npy.js'
import { readNpz } from '../../src/formats/npz.js'
import { emptyFolder } from '../cli/run-command.js'
import { pythonWith, runPython } from '../python.js'

/** A `.npy` file put together by hand. */
function npy(header: string, data: ArrayLike<number> = [], version = 1): Uint8Array {
  const text = new TextEncoder().encode(header)
  const length =
    version === 1 ? [text.length & 255, text.length >> 8] : [text.length & 255, text.length >> 8, 0, 0]
  const magic = [0x93, ...[...'NUMPY'].map(letter => letter.charCodeAt(0)), version, 0]
  return Uint8Array.from([...magic, ...length, ...text, ...Array.from(data)])
}

const header = (descr: string, shape: string, fortran = 'False') =>
  `{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': ${shape}, }\n`

describe('readNpy', () => {
  it.each([
    ['<f4', [0, 0, 0x20, 0xc1], -10],
    ['>f4', [0xc1, 0x20, 0, 0], -10],
    ['>f8', [0xc0, 0x24, 0, 0, 0, 0, 0, 0], -10],
    ['<f2', [0x00, 0xc9], -10],
    ['>f2', [0x00, 0x01], 2 ** -24],
    ['<f2', [0xff, 0x7b], 65504],
    ['<f2', [0x00, 0xfc], Number.NEGATIVE_INFINITY],
    ['<f2', [0x01, 0x7c], Number.NaN],
    ['<i8', [0xf6, 255, 255, 255, 255, 255, 255, 255], -10],
    ['<u8', [0xf6, 255, 255, 255, 255, 255, 255, 255], 2 ** 64],
    ['>i4', [255, 255, 255, 0xf6], -10],
    ['<u4', [0xf6, 255, 255, 255], 2 ** 32 - 10],
    ['<i2', [0xf6, 255], -10],
    ['>u2', [1, 2], 258],
    ['|i1', [0xf6], -10],
    ['|u1', [0xf6], 246],
    ['|b1', [1], 1],
  ])('reads %s', (descr, bytes, value) => {
    expect(readNpy(npy(header(descr, '()'), bytes))).toEqual({ shape: [], data: Float64Array.of(value) })
  })

  it.each([1, 2, 3])('reads version %i', version => {
    const bytes = npy(header('|u1', '(2,)'), [7, 8], version)
    expect(readNpy(bytes)).toEqual({ shape: [2], data: Float64Array.of(7, 8) })
  })

  it('puts column-major data into rows', () => {
    // [[1, 2, 3], [4, 5, 6]], column after column.
    const bytes = npy(header('|u1', '(2, 3)', 'True'), [1, 4, 2, 5, 3, 6])
    expect(readNpy(bytes)).toEqual({ shape: [2, 3], data: Float64Array.of(1, 2, 3, 4, 5, 6) })
  })

  it('reads keys in any order and quotes of either kind, and Python 2’s long integers', () => {
    const bytes = npy(`{"shape": (1L, 2L), "fortran_order": False, "descr": "|u1"}`, [7, 8])
    expect(readNpy(bytes)).toEqual({ shape: [1, 2], data: Float64Array.of(7, 8) })
  })

  it.each([
    ['no magic', Uint8Array.of(1, 2, 3), 'not a .npy file of version 1, 2 or 3'],
    ['version 4', npy(header('|u1', '(0,)'), [], 4), 'not a .npy file of version 1, 2 or 3'],
    ['a cut header', npy(header('|u1', '(0,)')).subarray(0, 30), 'npy: the file ends in its header'],
    ['a header’s length cut', npy('', [], 2).subarray(0, 9), 'npy: the file ends in its header'],
    ['a cut file', npy(header('<f8', '(2,)'), [1, 2, 3]), 'npy: 0.375 values for shape (2)'],
    ['bytes left over', npy(header('|u1', '(2,)'), [1, 2, 3]), 'npy: 3 values for shape (2)'],
    [
      'a huge shape',
      npy(header('<f8', '(99999999999, 99999999999)')),
      'no array has the shape (99999999999, 99999999999)',
    ],
    ['a negative shape', npy(header('<f8', '(-1,)')), 'npy: no shape in the header'],
    ['an endless header', npy('', [], 2).fill(255, 8, 12), 'npy: a header of 4294967295 bytes, over 10000'],
    ['no shape', npy("{'descr': '<f8', 'fortran_order': False}"), 'npy: no shape in the header'],
    ['objects', npy(header('|O', '(1,)'), [1]), 'holds Python objects (a pickle), type |O, not real numbers'],
    ['complex numbers', npy(header('<c16', '(0,)')), 'holds complex numbers, type <c16, not real numbers'],
    ['text', npy(header('<U3', '(0,)')), 'holds text, type <U3, not real numbers'],
    ['long doubles', npy(header('<f16', '(0,)')), 'holds type <f16, not real numbers'],
    [
      'fields',
      npy("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (0,), }"),
      'holds records with fields, type fields, not real numbers',
    ],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => readNpy(bytes)).toThrow(new RangeError(message))
  })
})

describe('openNpy', () => {
  it('tells of what it cannot read', () => {
    const { name, shape, type } = openNpy('names', npy(header('<U3', '(4, 1)')))
    expect({ name, shape, type }).toEqual({ name: 'names', shape: [4, 1], type: '<U3' })
  })
})

const python = pythonWith('numpy')

describe.skipIf(python === undefined)('files of NumPy', () => {
  it('of every type, order and version, stored and deflated, hold what NumPy says they hold', () => {
    const folder = emptyFolder()
    const script = `
import json, sys, numpy as np
folder, expected, arrays = sys.argv[1], {}, {}
values = np.arange(24).reshape(2, 3, 4) - 5
for kind in ['f8', 'f4', 'f2', 'i8', 'i4', 'i2', 'i1', 'u8', 'u4', 'u2', 'u1', 'b1']:
    for order in '<>':
        for layout in 'CF':
            array = np.array(np.abs(values) if kind[0] == 'u' else values, dtype=order + kind, order=layout)
            if kind[0] == 'f': array = np.array(array / 3, dtype=order + kind, order=layout)
            arrays[kind + ('le' if order == '<' else 'be') + layout] = array
for size in [(), (1,), (0,), (3, 0), (5, 1)]: arrays['shape' + str(len(arrays))] = np.ones(size)
np.savez(folder + '/stored.npz', **arrays)
np.savez_compressed(folder + '/deflated.npz', **arrays)
np.savez(folder + '/one.npz', np.float32([1, 2]))
for version in [(1, 0), (2, 0), (3, 0)]:
    with open(folder + '/version-%d.npy' % version[0], 'wb') as f:
        np.lib.format.write_array(f, values, version=version)
print(json.dumps({k: [list(v.shape), v.astype(float).ravel().tolist()] for k, v in arrays.items()}))
`
    const expected: Record<string, [number[], number[]]> = JSON.parse(runPython(python!, script, folder))
    for (const file of ['stored.npz', 'deflated.npz']) {
      const arrays = readNpz(readFileSync(join(folder, file)))
      expect(Object.keys(arrays)).toEqual(Object.keys(expected))
      for (const [name, [shape, values]] of Object.entries(expected)) {
        expect(arrays[name], `${file}: ${name}`).toEqual({ shape, data: Float64Array.from(values) })
      }
    }
    expect(readNpz(readFileSync(join(folder, 'one.npz')))).toEqual({
      arr_0: { shape: [2], data: Float64Array.of(1, 2) },
    })
    const versions = readdirSync(folder).filter(file => file.endsWith('.npy'))
    expect(versions).toHaveLength(3)
    for (const file of versions) {
      const data = Float64Array.from({ length: 24 }, (_, i) => i - 5)
      expect(readNpy(readFileSync(join(folder, file)))).toEqual({ shape: [2, 3, 4], data })
    }
  })
})
