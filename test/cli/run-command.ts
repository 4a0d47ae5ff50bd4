import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

/** The built command, which `npm test` makes before it runs the tests. */
export const builtCommand = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))

/** How a command ended. */
export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  /** Working directory. */
  readonly cwd?: string
  /** The test's own unless given. */
  readonly env?: NodeJS.ProcessEnv
  /** Gets the process after each piece of output, with all that it has said so far. */
  readonly watch?: (child: ChildProcess, said: { readonly stdout: string; readonly stderr: string }) => void
}

/** Runs `ghostpoint` with arguments, to its end. */
export function ghostpoint(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return run(process.execPath, [builtCommand, ...args], options)
}

/** Runs a line of bash in which `G` is the command; its exit code is that of the last failure in a pipe. */
export function bash(line: string, options: RunOptions = {}): Promise<Ended> {
  const define = `set -o pipefail; G() { '${process.execPath}' '${builtCommand}' "$@"; }`
  return run('bash', ['-c', `${define}; ${line}`], options)
}

/** Runs any program to its end. */
export function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const { cwd, env, watch } = options
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
    const said = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (piece: string) => {
        said[name] += piece
        watch?.(child, said)
      })
    }
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code, signal, ...said }))
  })
}

/** An empty folder that is gone after the test. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ghostpoint-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A text's lines, without the end of the last one. */
export function linesOf(text: string): string[] {
  return text.replace(/\n$/, '').split('\n')
}
