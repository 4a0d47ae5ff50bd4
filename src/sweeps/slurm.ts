import { spawnSync } from 'node:child_process'
import { InputError } from '../settings/input-error.js'

/** A job array of Slurm whose tasks are shards. What is done is told by run ids, never by Slurm's accounting. */

/** What a task asks of the cluster; what is not given is left to Slurm. */
export interface SlurmResources {
  readonly account?: string
  readonly partition?: string
  /** As Slurm writes it, e.g. `1-12:00:00`. */
  readonly time?: string
  /** Of a task, as Slurm writes it, e.g. `2G`. */
  readonly memory?: string
  /** Of a task, and so its worker threads. */
  readonly cpus: number
}

export interface SlurmArray extends SlurmResources {
  readonly name: string
  /** Shards to compute, ascending. */
  readonly shards: readonly number[]
  /** Where tasks run and log. */
  readonly folder: string
  /** The program and its arguments, words not quoted; `{shard}` stands for the task's number. */
  readonly command: readonly string[]
}

/** The batch script of an array. @throws InputError if a word cannot stand in a script */
export function slurmScript(array: SlurmArray): string {
  const { name, shards, folder, command, account, partition, time, memory, cpus } = array
  for (const word of [folder, ...command]) requireOneLine(word)
  const options = {
    'job-name': name,
    array: arrayRange(shards),
    output: `${folder.replaceAll('%', '%%')}/%A_%a.log`,
    'open-mode': 'append',
    ntasks: '1',
    'cpus-per-task': String(cpus),
    account,
    partition,
    time,
    mem: memory,
  }
  const directives = Object.entries(options)
    .filter((entry): entry is [string, string] => entry[1] !== undefined)
    .map(([key, value]) => `#SBATCH --${key}=${/[\s'"\\#]/.test(value) ? JSON.stringify(value) : value}`)
  return [
    '#!/bin/bash',
    ...directives,
    // A task whose node fails goes on elsewhere, from what its store has.
    '#SBATCH --requeue',
    '',
    `cd ${shellWord(folder)} || exit 1`,
    // In place of the shell, so that a signal to the task ends the sweep cleanly.
    `exec ${command.map(word => shellWord(word)).join(' ')}`,
    '',
  ].join('\n')
}

/** `[1, 2, 3, 7]` → `1-3,7`. */
export function arrayRange(numbers: readonly number[]): string {
  const ranges: [number, number][] = []
  for (const number of numbers) {
    const last = ranges.at(-1)
    if (last !== undefined && number === last[1] + 1) last[1] = number
    else ranges.push([number, number])
  }
  return ranges.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(',')
}

/**
 * Submits a script and returns the job's number.
 * @throws Error if there is no Slurm here, or it refuses
 */
export function submitScript(file: string): string {
  const { error, status, stdout, stderr } = spawnSync('sbatch', ['--parsable', file], { encoding: 'utf8' })
  if (error !== undefined) {
    throw new Error(`sbatch does not run here (${error.message}); --dry-run prints the script`)
  }
  if (status !== 0) throw new Error(`sbatch refused ${file}: ${stderr.trim().replace(/\s*\n\s*/g, ' ')}`)
  return stdout.trim().split(';')[0]!
}

/** A word for the shell, in which `{shard}` becomes the task's number. */
export function shellWord(word: string): string {
  return word
    .split('{shard}')
    .map(part => (/^[\w@%+=:,./-]*$/.test(part) ? part : `'${part.replaceAll("'", "'\\''")}'`))
    .join('"$SLURM_ARRAY_TASK_ID"')
}

function requireOneLine(word: string): void {
  if (!/\p{Cc}/u.test(word)) return
  throw new InputError(JSON.stringify(word), 'cannot stand in a batch script', 'a name without line ends')
}
