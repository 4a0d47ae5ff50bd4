import { once } from 'node:events'
import Table from 'cli-table3'
import { csvLine } from '../formats/csv.js'
import { type PlainValue, queryStore } from '../sweeps/query.js'
import { note, print } from './terminal.js'

export const queryFormats = ['table', 'csv', 'json'] as const
export type QueryFormat = (typeof queryFormats)[number]

/** Rows that a table shows; CSV and JSON have no limit. */
const mostTabulated = 1000

type Row = readonly PlainValue[]

/** Prints the rows of a query as they come. @throws InputError if the store or the SQL cannot be used */
export async function printQuery(store: string, sql: string, format?: QueryFormat): Promise<void> {
  const chosen = format ?? (process.stdout.isTTY ? 'table' : 'csv')
  if (chosen === 'table') return printTable(store, sql)
  let names: readonly string[] = []
  await queryStore(store, sql, {
    onColumns: found => {
      names = found
      if (chosen === 'csv') print(csvLine(names))
    },
    onRows: async rows => {
      const lines = rows.map(row => (chosen === 'csv' ? csvLine(row.map(cell)) : jsonLine(names, row)))
      // A reader slower than the database is waited for.
      if (!process.stdout.write(lines.map(line => `${line}\n`).join(''))) await once(process.stdout, 'drain')
    },
  })
}

async function printTable(store: string, sql: string): Promise<void> {
  const shown: Row[] = []
  let head: readonly string[] = []
  let count = 0
  await queryStore(store, sql, {
    onColumns: names => {
      head = names
    },
    onRows: rows => {
      count += rows.length
      shown.push(...rows.slice(0, mostTabulated - shown.length))
    },
  })
  const table = new Table({
    head: [...head],
    colAligns: head.map((_, column) => (shown.every(row => isNumeric(row[column])) ? 'right' : 'left')),
    style: { head: [], border: [], compact: true },
  })
  for (const row of shown) table.push(row.map(value => shortText(value)))
  print(table.toString())
  if (count > shown.length) note(`${count - shown.length} more rows; --format csv prints all`)
}

const isNumeric = (value: PlainValue | undefined) => value === null || typeof value === 'number'

/** A number to six digits, other values in full; control characters would reach the terminal. */
function shortText(value: PlainValue): string {
  if (value === null) return '–'
  const text =
    typeof value === 'number' && !Number.isInteger(value)
      ? String(Number(value.toPrecision(6)))
      : String(cell(value))
  return text.replace(/\p{Cc}/gu, ' ')
}

/** Nested values as JSON. */
function cell(value: PlainValue): string | number | boolean | null {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value
}

function jsonLine(names: readonly string[], row: Row): string {
  return JSON.stringify(Object.fromEntries(names.map((name, i) => [name, row[i] ?? null])))
}
