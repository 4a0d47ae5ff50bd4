import { existsSync, linkSync, renameSync, rmSync } from 'node:fs'
import type { DuckDBConnection } from '@duckdb/node-api'
import { requireWritable } from '../files/whole-file.js'
import { InputError } from '../settings/input-error.js'
import { type Database, duckDbReason, loadDuckDb, notAStore, openDatabase, realFile } from './duckdb.js'
import { settingColumns } from './settings-columns.js'
import { circumstances, type RunStatus, type StoredRun, storedColumns } from './store-row.js'

/**
 * The store of a sweep: one DuckDB file, written by one process.
 *
 * - table `results`: a row a run, its settings as canonical JSON. Nothing of a row is computed from another.
 * - view `runs`: the same with the settings as columns. It is made anew whenever the store is opened to be
 *   written, so that settings that were added since are columns too.
 * - table `conflicts`: what `sweep merge` found to be different from `results` for the same id.
 * - table `store`: the version of this layout.
 *
 * Every save is one transaction, and a new file appears only when it is complete: a process that is killed
 * loses what it had not saved, and nothing else. What it had saved may then be in the log beside the file,
 * `FILE.wal`, from which the next one to open the file takes it.
 */
const storeVersion = 1

const resultColumns = Object.entries(storedColumns)
  .map(([name, type]) => `${name} ${type}`)
  .join(', ')

const createTables = `
  CREATE TABLE store (version INTEGER);
  INSERT INTO store VALUES (${storeVersion});
  CREATE TABLE results (${resultColumns}, PRIMARY KEY (id));
  CREATE TABLE conflicts (${resultColumns}, source VARCHAR);
`

/** What is known of a store's runs: the status of each, by id. */
export type Statuses = ReadonlyMap<string, RunStatus>

/** A store that is open to be written. */
export class SweepStore {
  private constructor(private readonly database: Database) {}

  /**
   * Opens a store, or makes one.
   * @param otherFiles whether SQL may attach other files
   * @throws InputError if the file is in use, no store, of a newer version, or cannot be written
   */
  static async open(file: string, { otherFiles = false } = {}): Promise<SweepStore> {
    if (file === '') throw new InputError('""', 'no file name', 'the store of a sweep')
    await loadDuckDb()
    requireWritable(file)
    if (!existsSync(file)) {
      requireNoLog(file)
      await create(file)
    }
    const database = await openDatabase(file, { readOnly: false, otherFiles })
    try {
      await requireStore(database)
      await database.connection.run(createView())
    } catch (error) {
      database.close()
      throw error instanceof InputError ? error : unwritable(database.file, error)
    }
    return new SweepStore(database)
  }

  get file(): string {
    return this.database.file
  }

  get connection(): DuckDBConnection {
    return this.database.connection
  }

  statuses(): Promise<Statuses> {
    return statusesOf(this.connection)
  }

  /**
   * Saves runs, all of them or none; a run that is there already is replaced.
   * @throws Error if the file cannot be written any more; what was saved before is kept
   */
  async save(runs: readonly StoredRun[]): Promise<void> {
    try {
      await this.connection.run(insertRuns, [JSON.stringify(runs)])
    } catch (error) {
      throw unwritable(this.file, error)
    }
  }

  close(): void {
    this.database.close()
  }
}

/** One statement is one transaction. Rows come as one JSON text: DuckDB turns it into columns by itself. */
const insertRuns = `
  INSERT OR REPLACE INTO results BY NAME
  SELECT unnest(from_json($1, '${JSON.stringify([jsonStructure(storedColumns)])}'), max_depth := 2)
`

/** DuckDB's way to say what to read from JSON: a list's type stands in a list. JSON within comes as text. */
function jsonStructure(columns: Readonly<Record<string, string>>): object {
  const structure = (type: string) =>
    type.endsWith('[]') ? [type.slice(0, -2)] : type.replace('JSON', 'VARCHAR')
  return Object.fromEntries(Object.entries(columns).map(([name, type]) => [name, structure(type)]))
}

/**
 * Opens a store to be read.
 * @throws InputError if it is not there, is being written, or no store
 */
export async function openForReading(file: string, { otherFiles = false } = {}): Promise<Database> {
  const database = await openDatabase(file, { readOnly: true, otherFiles })
  try {
    await requireStore(database)
  } catch (error) {
    database.close()
    throw error
  }
  return database
}

/** The statuses in a store that may not be there yet. @throws InputError if it is in use, or no store */
export async function statusesInFile(file: string): Promise<Statuses> {
  if (!existsSync(file)) return new Map()
  const database = await openForReading(file)
  try {
    return await statusesOf(database.connection)
  } finally {
    database.close()
  }
}

async function statusesOf(connection: DuckDBConnection): Promise<Statuses> {
  const reader = await connection.runAndReadAll('SELECT id, status FROM results')
  return new Map(reader.getRows().map(([id, status]) => [String(id), String(status) as RunStatus]))
}

/** Makes an empty store elsewhere, then gives it its name, unless another process was faster. */
async function create(file: string): Promise<void> {
  const temporary = `${file}.${process.pid}.partial`
  try {
    const database = await openDatabase(temporary, { readOnly: false })
    try {
      await database.connection.run(`BEGIN; ${createTables} ${createView()}; COMMIT`)
    } finally {
      database.close()
    }
    giveName(temporary, file)
  } catch (error) {
    throw unwritable(file, error)
  } finally {
    for (const left of [temporary, `${temporary}.wal`]) rmSync(left, { force: true })
  }
}

/** A log that is left of another store would be read into the new one. */
function requireNoLog(file: string): void {
  const log = `${realFile(file)}.wal`
  if (!existsSync(log)) return
  throw new InputError(
    log,
    `is the log of a store that is not there, ${file}`,
    'that store beside it, or no log',
  )
}

/** A link never replaces a file that is there; where a file system has none, a new name must do. */
function giveName(temporary: string, file: string): void {
  try {
    linkSync(temporary, file)
  } catch {
    if (!existsSync(file)) renameSync(temporary, file)
  }
}

async function requireStore({ connection, file }: Database): Promise<void> {
  const tables = await connection.runAndReadAll(
    "SELECT table_name FROM duckdb_tables() WHERE table_name IN ('store', 'results')",
  )
  if (tables.getRows().length < 2) throw notAStore(file, 'it has no table of results')
  const version = Number((await connection.runAndReadAll('SELECT max(version) FROM store')).getRows()[0]?.[0])
  if (version <= storeVersion) return
  const accepted = `a store of version ${storeVersion}, or a newer ghostpoint`
  throw new InputError(file, `written by a newer ghostpoint (store version ${version})`, accepted)
}

function createView(): string {
  const columns = settingColumns()
  const structure = JSON.stringify(columns)
  const { settings: _, id, plan, engine, status, error, ...measured } = storedColumns
  const head = Object.keys({ id, plan, engine, status, error })
  const names = [...head, ...Object.keys(columns).map(name => `s."${name}"`), ...Object.keys(measured)]
  const parsed = `SELECT *, json_transform(settings, '${structure}') AS s FROM results`
  return `CREATE OR REPLACE VIEW runs AS SELECT ${names.join(', ')} FROM (${parsed})`
}

function unwritable(file: string, error: unknown): Error {
  if (error instanceof InputError) return error
  const reason = duckDbReason(error)
  return new Error(`${file}: cannot be written: ${reason}; what was saved before is kept`, { cause: error })
}

/** Columns in which two computations of one run must agree. */
export const comparedColumns = Object.keys(storedColumns).filter(
  name => !circumstances.some(circumstance => circumstance === name),
)
