import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { requireFolder, requireWritable, writeWhole } from '../../src/files/whole-file.js'
import { InputError } from '../../src/settings/input-error.js'
import { emptyFolder } from '../cli/run-command.js'

describe('writeWhole', () => {
  it('writes text and bytes, over what was there, and leaves no other file', () => {
    const folder = emptyFolder()
    const file = join(folder, 'a.txt')
    writeWhole(file, 'a long first version')
    writeWhole(file, 'short')
    expect(readFileSync(file, 'utf8')).toBe('short')
    writeWhole(file, Uint8Array.of(0, 255))
    expect([...readFileSync(file)]).toEqual([0, 255])
    expect(readdirSync(folder)).toEqual(['a.txt'])
  })

  it('that fails leaves the folder as it was', () => {
    const folder = emptyFolder()
    mkdirSync(join(folder, 'taken/inside'), { recursive: true })
    expect(() => writeWhole(join(folder, 'taken'), 'text')).toThrow(InputError)
    expect(() => writeWhole(join(folder, 'nowhere/a.txt'), 'text')).toThrow(
      /nowhere\/a\.txt: cannot be written: no such file or directory; accepted: a file in a folder that can be/,
    )
    expect(readdirSync(folder, { recursive: true }).sort()).toEqual(['taken', 'taken/inside'])
  })
})

describe('requireFolder', () => {
  it('makes a folder and those above it, and leaves nothing in it', () => {
    const folder = join(emptyFolder(), 'a/b')
    requireFolder(folder)
    expect(readdirSync(folder)).toEqual([])
    requireFolder(folder)
  })

  it('refuses a file, and a folder below a file', () => {
    const file = join(emptyFolder(), 'file')
    writeFileSync(file, 'text')
    expect(() => requireFolder(file)).toThrow(
      `${file}: cannot be written: it is a file; accepted: a folder that can`,
    )
    expect(() => requireFolder(join(file, 'x'))).toThrow(
      /x: cannot be written: not a directory; accepted: a folder/,
    )
    expect(() => requireFolder('')).toThrow('"": cannot be written: ')
    expect(readFileSync(file, 'utf8')).toBe('text')
  })
})

describe('requireWritable', () => {
  it('accepts a new file and one to overwrite, and touches neither', () => {
    const folder = emptyFolder()
    const file = join(folder, 'old.csv')
    writeFileSync(file, 'old')
    requireWritable(file)
    requireWritable(join(folder, 'new.csv'))
    expect(readdirSync(folder)).toEqual(['old.csv'])
    expect(readFileSync(file, 'utf8')).toBe('old')
  })

  it('refuses a folder, and a file in no folder', () => {
    const folder = emptyFolder()
    writeFileSync(join(folder, 'file'), '')
    expect(() => requireWritable(folder)).toThrow(
      `${folder}: cannot be written: it is a folder; accepted: a file name`,
    )
    expect(() => requireWritable(join(folder, 'no/a.csv'))).toThrow(/no such file or directory/)
    expect(() => requireWritable(join(folder, 'file/a.csv'))).toThrow(/its folder is not a folder/)
  })
})
