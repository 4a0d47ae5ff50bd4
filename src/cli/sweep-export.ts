import { extname } from 'node:path'
import { InputError } from '../settings/input-error.js'
import { type ExportFormat, exportFormats, exportStore } from '../sweeps/export.js'
import { got } from './flags.js'
import { print } from './terminal.js'

/** Flags of `ghostpoint sweep export`. */
export interface SweepExportFlags {
  readonly format?: ExportFormat
}

/** Writes a store's runs to a file. @throws InputError if the store, the file or its format cannot be used */
export async function exportRuns(store: string, file: string, { format }: SweepExportFlags): Promise<void> {
  await exportStore(store, file, format ?? formatOf(file))
  print(`wrote ${file}`)
}

function formatOf(file: string): ExportFormat {
  const format = exportFormats.find(name => extname(file) === `.${name}`)
  if (format !== undefined) return format
  const endings = exportFormats.map(name => `.${name}`).join(', ')
  throw new InputError('sweep export', got(file), `a file name ending in ${endings}, or --format`)
}
