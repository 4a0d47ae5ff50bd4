import { renameSync, rmSync } from 'node:fs'
import { requireWritable, writeWhole } from '../files/whole-file.js'
import type { NpyArray, NpyTexts } from '../formats/npy.js'
import { npzBytes } from '../formats/npz.js'
import { InputError } from '../settings/input-error.js'
import { duckDbReason, isDatabaseFile } from './duckdb.js'
import { type PlainValue, rowsOf } from './query.js'
import { flatSettingColumns } from './settings-columns.js'
import { quotePath, quoteText } from './sql.js'
import { openForReading } from './store.js'
import { storedColumns } from './store-row.js'

/** Formats that runs are written in for other programs. */
export const exportFormats = ['parquet', 'csv', 'npz'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** A column of an export: its name, and the SQL that gives it. */
interface ExportColumn {
  readonly name: string
  readonly sql: string
  readonly type: string
}

/**
 * Writes the runs of a store, sorted by id, whole or not at all. Every setting is a column named by its
 * dotted path.
 *
 * - Parquet: `loss_epochs` and `loss_at` as lists; compressed by Snappy, which every reader has.
 * - CSV: a column `loss_at.E` for every epoch E at which any run's loss was kept; null is empty.
 * - NPZ: numbers as float64 with NaN for null, truth values as 0 and 1, text as text; `loss_epochs` and
 *   `loss_at` as `[runs, epochs]`, filled up with NaN.
 *
 * @throws InputError if the store cannot be read, or the file is a database or cannot be written
 */
export async function exportStore(store: string, file: string, format: ExportFormat): Promise<void> {
  requireWritable(file)
  if (isDatabaseFile(file))
    throw new InputError(file, 'is a database, which would be lost', 'another file name')
  if (format === 'npz') return writeWhole(file, npzBytes(await arraysOf(store)))
  const columns = format === 'csv' ? await csvColumns(store) : [...scalarColumns(), ...listColumns]
  const options = format === 'csv' ? 'FORMAT csv, HEADER' : 'FORMAT parquet, COMPRESSION snappy'
  const { connection, close } = await openForReading(store, { otherFiles: true })
  const temporary = `${file}.${process.pid}.partial`
  try {
    await connection.run(`COPY (${selectOf(columns)}) TO ${quoteText(temporary)} (${options})`)
    renameSync(temporary, file)
  } catch (error) {
    const accepted = 'a file in a folder that can be written'
    throw new InputError(file, `cannot be written: ${duckDbReason(error)}`, accepted)
  } finally {
    close()
    rmSync(temporary, { force: true })
  }
}

const listColumns: readonly ExportColumn[] = ['loss_epochs', 'loss_at'].map(name => ({
  name,
  sql: name,
  type: 'DOUBLE[]',
}))

/** Everything but the lists. */
function scalarColumns(): ExportColumn[] {
  const settings = flatSettingColumns().map(({ path, type }) => ({ name: path, sql: quotePath(path), type }))
  const { settings: _, loss_epochs: __, loss_at: ___, ...measured } = storedColumns
  const others = Object.entries(measured).map(([name, type]) => ({ name, sql: name, type }))
  const head = others.findIndex(({ name }) => name === 'epochs_done')
  return [...others.slice(0, head), ...settings, ...others.slice(head)]
}

async function csvColumns(store: string): Promise<ExportColumn[]> {
  const epochs = await rowsOf(store, 'SELECT DISTINCT unnest(loss_epochs) AS epoch FROM runs ORDER BY epoch')
  const losses = epochs.map(([epoch]) => ({
    name: `loss_at.${epoch}`,
    sql: `loss_at[list_position(loss_epochs, ${epoch})]`,
    type: 'DOUBLE',
  }))
  return [...scalarColumns(), ...losses]
}

function selectOf(columns: readonly ExportColumn[]): string {
  return `SELECT ${columns.map(({ name, sql }) => `${sql} AS "${name}"`).join(', ')} FROM runs ORDER BY id`
}

async function arraysOf(store: string): Promise<Record<string, NpyArray | NpyTexts>> {
  const columns = scalarColumns()
  const rows = await rowsOf(store, selectOf([...columns, ...listColumns]))
  const scalars = columns.map(({ name, type }, i) => [
    name,
    arrayOf(
      rows.map(row => row[i] ?? null),
      type,
    ),
  ])
  const lists = listColumns.map(({ name }, i) => [name, matrixOf(rows.map(row => row[columns.length + i]))])
  return Object.fromEntries([...scalars, ...lists])
}

function arrayOf(values: readonly PlainValue[], type: string): NpyArray | NpyTexts {
  if (type === 'VARCHAR' || type === 'TIMESTAMP') return { texts: values.map(value => String(value ?? '')) }
  return { shape: [values.length], data: Float64Array.from(values, numberOf) }
}

/** Lists as the rows of a matrix, filled up with NaN. */
function matrixOf(lists: readonly (PlainValue | undefined)[]): NpyArray {
  const rows = lists.map(list => (Array.isArray(list) ? list : []))
  const width = rows.reduce((most, { length }) => Math.max(most, length), 0)
  const data = new Float64Array(rows.length * width).fill(Number.NaN)
  for (const [row, list] of rows.entries()) data.set(list.map(numberOf), row * width)
  return { shape: [rows.length, width], data }
}

const numberOf = (value: PlainValue) => (value === null ? Number.NaN : Number(value))
