import type { DuckDBConnection } from '@duckdb/node-api'
import { InputError } from '../settings/input-error.js'
import { duckDbReason, realFile } from './duckdb.js'
import { quoteText } from './sql.js'
import { comparedColumns, openForReading, SweepStore } from './store.js'
import { storedColumns } from './store-row.js'

/** What joining one store to another did, in runs. */
export interface MergeCounts {
  /** In the store that was read. */
  readonly read: number
  readonly added: number
  /** Failed before, and come to something in the store that was read. */
  readonly mended: number
  /** Of the same id as a run that was there, with other numbers: kept in the table `conflicts`. */
  readonly conflicts: number
}

/**
 * Joins stores into one, each in one transaction. Joining the same again changes nothing. Of two runs with
 * the same id the one that was there first stays in `results`; if their numbers differ, the other is kept in
 * `conflicts`, with the file it came from.
 *
 * @throws InputError if a file is in use, no store, or given twice
 */
export async function mergeInto(out: string, inputs: readonly string[]): Promise<MergeCounts[]> {
  for (const [i, input] of inputs.entries()) {
    if (realFile(input) === realFile(out))
      throw new InputError(input, 'is the file to merge into', 'other files')
    if (inputs.slice(0, i).some(other => realFile(other) === realFile(input))) {
      throw new InputError(input, 'is given twice', 'each file once')
    }
    // Refuses what is no store before anything is written.
    const database = await openForReading(input)
    database.close()
  }
  const store = await SweepStore.open(out, { otherFiles: true })
  try {
    const counts: MergeCounts[] = []
    for (const input of inputs) counts.push(await mergeOne(store, input))
    return counts
  } finally {
    store.close()
  }
}

const names = Object.keys(storedColumns).join(', ')
const differ = comparedColumns.map(name => `theirs.${name} IS DISTINCT FROM ours.${name}`).join(' OR ')
const agree = comparedColumns.map(name => `theirs.${name} IS NOT DISTINCT FROM ours.${name}`).join(' AND ')

async function mergeOne({ connection, file }: SweepStore, input: string): Promise<MergeCounts> {
  await connection.run(`ATTACH ${quoteText(realFile(input))} AS source (READ_ONLY)`)
  try {
    await connection.run('BEGIN')
    const counts = await mergeAttached(connection, input)
    await connection.run('COMMIT')
    return counts
  } catch (error) {
    await connection.run('ROLLBACK').catch(() => {})
    const reason = `${duckDbReason(error)}; nothing of ${input} was merged`
    throw new Error(`${file}: cannot be written: ${reason}`, { cause: error })
  } finally {
    await connection.run('DETACH source').catch(() => {})
  }
}

async function mergeAttached(connection: DuckDBConnection, input: string): Promise<MergeCounts> {
  const count = async (sql: string) => {
    const reader = await connection.runAndReadAll(`SELECT count(*) FROM ${sql}`)
    return Number(reader.getRows()[0]?.[0])
  }
  const shared = 'source.results AS theirs JOIN results AS ours USING (id)'
  const mends = `ours.status = 'failed' AND theirs.status <> 'failed'`
  const clashes = `ours.status <> 'failed' AND theirs.status <> 'failed' AND (${differ})`
  const fresh = 'source.results AS theirs WHERE id NOT IN (SELECT id FROM results)'
  const counts = {
    read: await count('source.results'),
    added: await count(fresh),
    mended: await count(`${shared} WHERE ${mends}`),
    conflicts: await count(`${shared} WHERE ${clashes}`),
  }
  const isKept = `EXISTS (SELECT 1 FROM conflicts AS ours WHERE ${agree})`
  const isResult = `EXISTS (SELECT 1 FROM results AS ours WHERE ${agree})`
  const statements = [
    `INSERT INTO conflicts BY NAME
       SELECT theirs.*, ${quoteText(input)} AS source FROM ${shared} WHERE ${clashes} AND NOT ${isKept}`,
    `INSERT OR REPLACE INTO results BY NAME SELECT theirs.* FROM ${shared} WHERE ${mends}`,
    `INSERT INTO results BY NAME SELECT ${names} FROM ${fresh}`,
    `INSERT INTO conflicts BY NAME
       SELECT * FROM source.conflicts AS theirs WHERE NOT ${isKept} AND NOT ${isResult}`,
  ]
  for (const statement of statements) await connection.run(statement)
  return counts
}
