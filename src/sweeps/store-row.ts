import { hostname } from 'node:os'
import type { RunResult } from './compute-run.js'
import type { Run } from './expand-plan.js'
import { canonicalJson, engineVersion } from './run-id.js'

/** `failed`: an error was thrown, so there are no numbers; such a run is tried again at the next start. */
export type RunStatus = RunResult['status'] | 'failed'

/** A run in the store. Numbers that are not finite, and events that did not happen, are null. */
export interface StoredRun {
  readonly id: string
  readonly plan: string
  readonly engine: string
  readonly settings: string
  readonly status: RunStatus
  readonly error: string | null
  readonly epochs_done: number | null
  readonly first_loss: number | null
  readonly final_loss: number | null
  readonly mean_loss: number | null
  readonly lowest_loss: number | null
  readonly lowest_epoch: number | null
  readonly mean_gradient_norm: number | null
  readonly final_gradient_norm: number | null
  readonly mean_accuracy: number | null
  readonly final_accuracy: number | null
  readonly first_fall: number | null
  readonly second_fall: number | null
  readonly collapse: number | null
  readonly recoveries: number | null
  readonly learned: boolean | null
  readonly loss_epochs: readonly number[]
  readonly loss_at: readonly (number | null)[] | null
  readonly seconds: number | null
  readonly finished_at: string
  readonly host: string
}

/** Columns of the table, with their types; `settings` as canonical JSON. */
export const storedColumns: Readonly<Record<keyof StoredRun, string>> = {
  id: 'VARCHAR',
  plan: 'VARCHAR',
  engine: 'VARCHAR',
  settings: 'JSON',
  status: 'VARCHAR',
  error: 'VARCHAR',
  epochs_done: 'BIGINT',
  first_loss: 'DOUBLE',
  final_loss: 'DOUBLE',
  mean_loss: 'DOUBLE',
  lowest_loss: 'DOUBLE',
  lowest_epoch: 'BIGINT',
  mean_gradient_norm: 'DOUBLE',
  final_gradient_norm: 'DOUBLE',
  mean_accuracy: 'DOUBLE',
  final_accuracy: 'DOUBLE',
  first_fall: 'BIGINT',
  second_fall: 'BIGINT',
  collapse: 'BIGINT',
  recoveries: 'BIGINT',
  learned: 'BOOLEAN',
  loss_epochs: 'BIGINT[]',
  loss_at: 'DOUBLE[]',
  seconds: 'DOUBLE',
  finished_at: 'TIMESTAMP',
  host: 'VARCHAR',
}

/** Columns that say how a run came about; in all others, two computations of one run agree. */
export const circumstances: readonly (keyof StoredRun)[] = ['plan', 'seconds', 'finished_at', 'host', 'error']

/** The share of its first loss below which a run's final loss counts as learned, as in the paper. */
const learnedShare = 0.01

/** The row of a run that came to something. */
export function rowOfResult(plan: string, run: Run, { status, summary, seconds }: RunResult): StoredRun {
  const { events, firstLoss, finalLoss } = summary
  return {
    ...rowHead(plan, run),
    status,
    error: null,
    epochs_done: summary.epochs,
    first_loss: finite(firstLoss),
    final_loss: finite(finalLoss),
    mean_loss: finite(summary.meanLoss),
    lowest_loss: finite(events.lowest?.loss),
    lowest_epoch: finite(events.lowest?.epoch),
    mean_gradient_norm: finite(summary.meanGradientNorm),
    final_gradient_norm: finite(summary.finalGradientNorm),
    mean_accuracy: finite(summary.meanAccuracy),
    final_accuracy: finite(summary.finalAccuracy),
    first_fall: finite(events.firstFall),
    second_fall: finite(events.secondFall),
    collapse: finite(events.collapse),
    recoveries: events.recoveries,
    learned: status === 'finished' && finalLoss < learnedShare * firstLoss,
    loss_at: summary.lossAt.map(finite),
    seconds,
  }
}

/** The row of a run that threw. */
export function rowOfFailure(plan: string, run: Run, error: unknown): StoredRun {
  const message = error instanceof Error ? error.message : String(error)
  const numbers = Object.keys(storedColumns).map(name => [name, null])
  const nothing = Object.fromEntries(numbers) as Record<keyof StoredRun, null>
  return { ...nothing, ...rowHead(plan, run), status: 'failed', error: message }
}

function rowHead(plan: string, { id, settings, lossAt }: Run) {
  return {
    id,
    plan,
    engine: engineVersion,
    settings: canonicalJson(settings),
    loss_epochs: lossAt,
    finished_at: new Date().toISOString(),
    host: hostname(),
  }
}

function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null
}
