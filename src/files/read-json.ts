import { readFileSync } from 'node:fs'
import { InputError } from '../settings/input-error.js'
import { reasonOf } from './whole-file.js'

/**
 * Reads a JSON file.
 * @throws InputError if it cannot be read, or with line and column if it is not JSON
 */
export function readJson(file: string): unknown {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new InputError(file, `cannot be read: ${reasonOf(error)}`, 'a JSON file')
  }
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new InputError(
      `${file}${placeOf(error, text)}`,
      `not JSON: ${reasonOf(error)}`,
      'a whole JSON file',
    )
  }
}

/** `:line:column` of a JSON syntax error; the end of the text if the error does not say. */
function placeOf(error: unknown, text: string): string {
  const position = /at position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1]
  const lines = text.slice(0, position === undefined ? text.length : Number(position)).split('\n')
  return `:${lines.length}:${lines.at(-1)!.length + 1}`
}
