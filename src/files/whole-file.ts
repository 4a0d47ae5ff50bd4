import { accessSync, constants, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { InputError } from '../settings/input-error.js'

/**
 * Writes a file whole or not at all: to a temporary name in the same folder, then renamed over the target.
 * @throws InputError if the file cannot be written there
 */
export function writeWhole(file: string, content: string | Uint8Array): void {
  const temporary = `${file}.${process.pid}.partial`
  try {
    writeFileSync(temporary, content)
    renameSync(temporary, file)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw unwritableFile(file, error)
  }
}

/**
 * Makes a folder if it is missing, and makes sure that files can be written into it.
 * @throws InputError if not
 */
export function requireFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
    const probe = join(folder, `.${process.pid}.partial`)
    writeFileSync(probe, '')
    rmSync(probe)
  } catch (error) {
    throw new InputError(
      nameOf(folder),
      `cannot be written: ${reasonOf(error)}`,
      'a folder that can be written',
    )
  }
}

/**
 * Makes sure, before long work, that a result can be written to `file`.
 * @throws InputError if its folder does not exist or cannot be written, or the file is a folder
 */
export function requireWritable(file: string): void {
  const folder = dirname(resolve(file))
  try {
    if (!statSync(folder).isDirectory()) throw new Error('its folder is not a folder')
    accessSync(folder, constants.W_OK)
  } catch (error) {
    throw unwritableFile(file, error)
  }
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) {
    throw new InputError(file, 'cannot be written: it is a folder', 'a file name')
  }
}

function unwritableFile(file: string, error: unknown): InputError {
  return new InputError(
    nameOf(file),
    `cannot be written: ${reasonOf(error)}`,
    'a file in a folder that can be written',
  )
}

/** A file's name in a message. */
export function nameOf(file: string): string {
  return file === '' ? '""' : file
}

/** What the system said, in words: `no such file or directory` for ENOENT. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if ('code' in error && error.code === 'EEXIST') return 'it is a file'
  if ('code' in error && error.code === 'EISDIR') return 'it is a folder'
  return error.message.replace(/^[A-Z]+: /, '').replace(/, \w+( '.*)?$/, '')
}
