import { extname, resolve } from 'node:path'
import { requireWritable, writeWhole } from '../files/whole-file.js'
import { csvText } from '../formats/csv.js'
import { npzBytes } from '../formats/npz.js'
import { safetensorsBytes } from '../formats/safetensors.js'
import { InputError } from '../settings/input-error.js'
import { historyColumns } from '../training/history.js'
import type { TrainingResult } from '../training/train.js'
import { got } from './flags.js'

const historyTypes = ['.json', '.csv', '.npz'] as const
const parameterTypes = ['.npz', '.safetensors'] as const

/** Where a training's results go. */
export interface TrainFiles {
  readonly history?: string
  readonly parameters?: string
}

/**
 * Refuses, before training, files that could not be written or would overwrite one another.
 * @param settingsFile what the settings are read from
 * @throws InputError
 */
export function requireTrainFiles({ history, parameters }: TrainFiles, settingsFile?: string): void {
  if (history !== undefined) requireType('--history', history, historyTypes)
  if (parameters !== undefined) requireType('--parameters', parameters, parameterTypes)
  requireOther('--history', history, settingsFile)
  requireOther('--parameters', parameters, history)
  for (const file of [history, parameters]) if (file !== undefined) requireWritable(file)
}

/** Writes what was asked for; returns the files' names. @throws InputError if a file cannot be written */
export function writeTrainFiles({ history, parameters }: TrainFiles, result: TrainingResult): string[] {
  if (history !== undefined) writeWhole(history, historyContent(extname(history), result))
  if (parameters !== undefined) writeWhole(parameters, parametersContent(parameters, result))
  return [history, parameters].filter(file => file !== undefined)
}

function historyContent(
  type: string,
  { settings, status, events, history }: TrainingResult,
): string | Uint8Array {
  const columns = Object.fromEntries(historyColumns.map(name => [name, history[name]]))
  if (type === '.csv') return csvText(columns)
  if (type === '.npz') {
    const arrays = Object.entries(columns).map(([name, data]) => [name, { shape: [data.length], data }])
    return npzBytes(Object.fromEntries(arrays))
  }
  const lists = Object.fromEntries(Object.entries(columns).map(([name, data]) => [name, [...data]]))
  return `${JSON.stringify({ settings, status, events, history: lists })}\n`
}

function parametersContent(file: string, { parameters }: TrainingResult): Uint8Array {
  return extname(file) === '.npz' ? npzBytes(parameters) : safetensorsBytes(parameters)
}

function requireType(flag: string, file: string, types: readonly string[]): void {
  if (types.includes(extname(file))) return
  throw new InputError(flag, got(file), `a file name ending in ${types.join(', ')}`)
}

function requireOther(flag: string, file: string | undefined, other: string | undefined): void {
  if (file === undefined || other === undefined || resolve(file) !== resolve(other)) return
  throw new InputError(flag, `${file} is in use`, 'a file of its own')
}
