import type { DuckDBValue } from '@duckdb/node-api'
import { InputError } from '../settings/input-error.js'
import { duckDbReason } from './duckdb.js'
import { openForReading } from './store.js'

/** A value of SQL as JSON has it; whole numbers too large for a float64 as text. */
export type PlainValue =
  | string
  | number
  | boolean
  | null
  | readonly PlainValue[]
  | { readonly [key: string]: PlainValue }

/** Gets the columns' names once, then rows as they come. */
export interface RowReader {
  onColumns(names: readonly string[]): void | Promise<void>
  onRows(rows: readonly (readonly PlainValue[])[]): void | Promise<void>
}

/**
 * Asks a store. It is opened to be read only, and SQL reaches no other file.
 * @throws InputError if the store cannot be read, or the SQL is not understood
 */
export async function queryStore(file: string, sql: string, reader: RowReader): Promise<void> {
  const { connection, close } = await openForReading(file)
  try {
    const statements = await connection.extractStatements(sql).catch((error: unknown) => {
      throw refusedSql(error)
    })
    // DuckDB makes several of one PIVOT.
    if (statements.count > 1 && !/\bpivot\b/i.test(sql))
      throw new InputError('SQL', `${statements.count} statements`, 'one SELECT')
    const result = await connection.stream(sql).catch((error: unknown) => {
      throw refusedSql(error)
    })
    await reader.onColumns(result.deduplicatedColumnNames())
    for await (const rows of result.yieldRows()) {
      await reader.onRows(rows.map(row => row.map(plainValue)))
    }
  } finally {
    close()
  }
}

/** Rows of a query that are few. @throws InputError as `queryStore` does */
export async function rowsOf(file: string, sql: string): Promise<PlainValue[][]> {
  const all: PlainValue[][] = []
  await queryStore(file, sql, {
    onColumns: () => {},
    onRows: rows => {
      for (const row of rows) all.push([...row])
    },
  })
  return all
}

function refusedSql(error: unknown): InputError {
  const message = error instanceof Error ? error.message : String(error)
  const hint = /^(Candidate bindings|Did you mean).*$/m.exec(message)?.[0]
  if (/native callback/.test(message)) return new InputError('SQL', 'no statement', 'one SELECT')
  const reason = `${duckDbReason(error)}${hint === undefined ? '' : ` ${hint}`}`
  return new InputError('SQL', reason, 'one SELECT over the view runs, as DuckDB understands it')
}

/** A value of DuckDB as JSON has it. */
export function plainValue(value: DuckDBValue): PlainValue {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return value
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
  if ('items' in value) return value.items.map(plainValue)
  if ('toDouble' in value && typeof value.toDouble === 'function') return Number(value.toDouble())
  if ('entries' in value && !Array.isArray(value.entries)) {
    return Object.fromEntries(Object.entries(value.entries).map(([key, part]) => [key, plainValue(part)]))
  }
  return String(value)
}
