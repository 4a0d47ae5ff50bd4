import { readFileSync } from 'node:fs'
import { findJsonFault } from '../formats/json-fault.js'
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
  const fault = findJsonFault(text)
  if (fault === undefined) return JSON.parse(text)
  const { offset, expected } = fault
  const got =
    offset === text.length ? 'the file ends' : `got ${JSON.stringify(text.slice(offset, offset + 12))}`
  throw new InputError(`${file}${placeOf(offset, text)}`, `not JSON: ${got}`, expected)
}

/** `:line:column`, both from 1. */
function placeOf(offset: number, text: string): string {
  const lines = text.slice(0, offset).split('\n')
  return `:${lines.length}:${lines.at(-1)!.length + 1}`
}
