import { readFileSync } from 'node:fs'
import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser'
import { InputError } from '../settings/input-error.js'
import { nameOf, reasonOf } from './whole-file.js'

/**
 * Reads a JSON file, with or without a byte order mark.
 * @throws InputError if it cannot be read, or with line and column if it is not JSON
 */
export function readJson(file: string): unknown {
  let text: string
  try {
    text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
  } catch (error) {
    throw new InputError(nameOf(file), `cannot be read: ${reasonOf(error)}`, 'a JSON file')
  }
  try {
    return JSON.parse(text)
  } catch {
    throw notJson(file, text)
  }
}

/** Where the text stops being JSON, which the engine's own errors do not always say. */
function notJson(file: string, text: string): InputError {
  const faults: ParseError[] = []
  parse(text, faults, { disallowComments: true, allowTrailingComma: false })
  const fault = faults[0]
  const offset = fault?.offset ?? text.length
  const got =
    offset >= text.length ? 'the file ends' : `got ${JSON.stringify(text.slice(offset, offset + 12))}`
  const reason = fault === undefined ? '' : `, ${inWords(printParseErrorCode(fault.error))}`
  return new InputError(`${file}${placeOf(offset, text)}`, `not JSON: ${got}${reason}`, 'a whole JSON file')
}

/** `CommaExpected` → `comma expected`. */
function inWords(code: string): string {
  return code.replace(/\B[A-Z]/g, letter => ` ${letter}`).toLowerCase()
}

/** `:line:column`, both from 1. */
function placeOf(offset: number, text: string): string {
  const lines = text.slice(0, offset).split('\n')
  return `:${lines.length}:${lines.at(-1)!.length + 1}`
}
