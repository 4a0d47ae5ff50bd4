import { closeSync, openSync, readSync, realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { nameOf } from '../files/whole-file.js'
import { InputError } from '../settings/input-error.js'

/** DuckDB behind one door: loaded on demand, opened with the same options, its refusals in one line. */

/** An open database file. One process at a time may write; several may read while none writes. */
export interface Database {
  readonly file: string
  readonly connection: DuckDBConnection
  /** Writes what is in the log into the file, and lets it go. */
  close(): void
}

export interface OpenOptions {
  readonly readOnly: boolean
  /** Whether SQL may read and write other files; not so unless given. */
  readonly otherFiles?: boolean
}

/**
 * The path of a file behind all links. DuckDB keeps its log beside the name that it is given, so that one store
 * under two names would have two; and it takes names such as `:memory:` for something other than files.
 */
export function realFile(file: string): string {
  try {
    return realpathSync(file)
  } catch {
    return resolve(file)
  }
}

/** Whether a file is there and begins as every DuckDB file does. */
export function isDatabaseFile(file: string): boolean {
  return /^.{8}DUCK/s.test(headOf(file) ?? '')
}

/** The first bytes of a file, a character a byte; undefined if it cannot be read. */
function headOf(file: string): string | undefined {
  const head = Buffer.alloc(12)
  try {
    const descriptor = openSync(file, 'r')
    try {
      return head.toString('latin1', 0, readSync(descriptor, head))
    } finally {
      closeSync(descriptor)
    }
  } catch {
    return undefined
  }
}

/**
 * Opens a file; one that is not there is made, unless to be read only.
 * @throws InputError if it is in use, no DuckDB file, or not to be read or written
 * @throws Error naming the package to install if DuckDB is not there
 */
export async function openDatabase(file: string, options: OpenOptions): Promise<Database> {
  const { readOnly, otherFiles = false } = options
  const { DuckDBInstance } = await loadDuckDb()
  const name = nameOf(file)
  try {
    if (file === '') throw new Error('no such file')
    const path = realFile(file)
    const head = headOf(path)
    if (head !== undefined && head !== '' && !isDatabaseFile(path))
      throw notAStore(name, 'it is not a DuckDB file')
    const instance = await DuckDBInstance.create(path, {
      access_mode: readOnly ? 'READ_ONLY' : 'READ_WRITE',
      // Cores are for the trainings.
      threads: '1',
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      enable_external_access: String(otherFiles),
    })
    return await connect(name, instance)
  } catch (error) {
    throw error instanceof InputError ? error : refusal(name, error)
  }
}

async function connect(file: string, instance: DuckDBInstance): Promise<Database> {
  const connection = await instance.connect()
  const close = () => {
    connection.closeSync()
    instance.closeSync()
  }
  return { file, connection, close }
}

/** @throws Error naming the package to install if it is not there */
export async function loadDuckDb(): Promise<typeof import('@duckdb/node-api')> {
  try {
    return await import('@duckdb/node-api')
  } catch (cause) {
    throw new Error('sweeps need the optional package @duckdb/node-api: npm install @duckdb/node-api', {
      cause,
    })
  }
}

/** A store that another process is writing, or that is read here and so cannot be written. */
export class StoreInUse extends InputError {}

/** Why a file does not open. */
function refusal(file: string, error: unknown): InputError {
  const message = duckDbReason(error)
  if (/could not set lock/i.test(message)) {
    const process = /PID (\d+)/.exec(message)?.[1]
    const holder = process === undefined ? 'another process' : `process ${process}`
    return new StoreInUse(file, `in use by ${holder}`, 'a store that no other process has open')
  }
  if (/not a valid DuckDB database/.test(message)) return notAStore(file, 'it is not a DuckDB file')
  if (/does not exist|no such file/i.test(message)) {
    return new InputError(file, 'cannot be read: no such file', 'the store of a sweep')
  }
  const reason = /^(?:Cannot open file|Could not read from file) ".*": (.*)$/.exec(message)?.[1] ?? message
  const words = reason.charAt(0).toLowerCase() + reason.slice(1)
  return new InputError(file, `cannot be opened: ${words}`, 'the store of a sweep')
}

/** The refusal of a file that holds something else. */
export function notAStore(file: string, why: string): InputError {
  return new InputError(file, `not the store of a sweep: ${why}`, 'a file that `ghostpoint sweep run` wrote')
}

/** What DuckDB said, in one line without the kind of error: `IO Error: no space\nmore` → `no space`. */
export function duckDbReason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return message.split('\n')[0]!.replace(/^(?:[A-Z]\w*(?: \w+)* Error: )+/, '')
}
