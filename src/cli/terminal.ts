import { fstatSync } from 'node:fs'

/** Exit codes of every command. */
export const exitCodes = { done: 0, failed: 1, badInput: 2, interrupted: 130 } as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** Writes one line of result to stdout. */
export function print(line = ''): void {
  process.stdout.write(`${line}\n`)
}

/** Writes one line about the work to stderr, so that stdout holds results alone. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** One JSON value on one line of stdout. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value))
}

/** Whether stdout is a pipe, the reader of which may write to this terminal as well (`| tee`). */
export function stdoutIsPiped(): boolean {
  return fstatSync(1).isFIFO()
}

/**
 * A reader of stdout that has seen enough (`| head`) closes the pipe: that ends the program, and is no failure. Without
 * a reader of stderr work goes on unseen.
 */
export function endQuietlyOnClosedPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE' && stream === process.stderr) return
      if (error.code === 'EPIPE') process.exit(exitCodes.done)
      if (stream === process.stdout) note(`ghostpoint: stdout: cannot be written: ${error.message}`)
      process.exit(exitCodes.failed)
    })
  }
}

/**
 * Runs work that Ctrl-C asks to stop: `work` gets a signal and ends in its own time, keeping what it has.
 * A second Ctrl-C ends at once.
 */
export async function interruptible<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const controller = new AbortController()
  const stop = () => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted)
    controller.abort()
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  try {
    return await work(controller.signal)
  } finally {
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
  }
}
