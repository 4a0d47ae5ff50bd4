import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readJson } from '../../src/files/read-json.js'
import { InputError } from '../../src/settings/input-error.js'
import { emptyFolder } from '../cli/run-command.js'

function written(text: string): string {
  const file = join(emptyFolder(), 'run.json')
  writeFileSync(file, text)
  return file
}

function complaint(file: string): string {
  try {
    readJson(file)
  } catch (error) {
    if (error instanceof InputError) return error.message
    throw error
  }
  throw new Error('read')
}

describe('readJson', () => {
  it('reads JSON, with a byte order mark or without', () => {
    expect(readJson(written('{"a": [1, null]}'))).toEqual({ a: [1, null] })
    expect(readJson(written('\uFEFF{"a": [1, null]}'))).toEqual({ a: [1, null] })
  })

  it('says line and column of what is not JSON, both from 1, in one line', () => {
    const file = written('{\r\n  "a": 1,\r\n  "b": tru,\r\n}')
    expect(complaint(file)).toBe(
      `${file}:3:8: not JSON: got "tru,\\r\\n}", invalid symbol; accepted: a whole JSON file`,
    )
  })

  it('says where a file ends too early', () => {
    const file = written('{\n  "a": ')
    expect(complaint(file)).toBe(
      `${file}:2:8: not JSON: the file ends, value expected; accepted: a whole JSON file`,
    )
  })

  it.each([
    ['', '1:1', 'value expected'],
    ['{"a" 1}', '1:6', 'colon expected'],
    ['{"a": 1 "b"', '1:9', 'comma expected'],
    ["{'a': 1}", '1:2', 'invalid symbol'],
    ['[1, 2,]', '1:7', 'value expected'],
    ['[1, 2', '1:6', 'close bracket expected'],
    ['{"a": 1} x', '1:10', 'invalid symbol'],
    ['{} // done', '1:4', 'invalid comment token'],
  ])('of %j says %s, %s', (text, place, reason) => {
    const said = complaint(written(text))
    expect(said).toContain(`.json:${place}: not JSON: `)
    expect(said).toContain(`, ${reason}; accepted: a whole JSON file`)
  })

  it('says why a file cannot be read', () => {
    const folder = emptyFolder()
    mkdirSync(join(folder, 'd'))
    expect(complaint(join(folder, 'no.json'))).toMatch(
      /no\.json: cannot be read: no such file or directory; /,
    )
    expect(complaint(join(folder, 'd'))).toMatch(/d: cannot be read: it is a folder; accepted: a JSON file$/)
  })
})
