import cliProgress from 'cli-progress'
import { note } from './terminal.js'

/** Progress of several named works at once, on stderr. */
export interface Progress {
  /** Says that `share` of a work, from 0 to 1, is done, and more of it in a few words. */
  update(name: string, share: number, detail?: string): void
  /** Says that a work has ended: its clock stops. */
  end(name: string): void
  /** A line above the bars. */
  log(line: string): void
  stop(): void
}

export interface ProgressOptions {
  readonly quiet?: boolean
  /** Lines instead of bars. */
  readonly plain?: boolean
  /** Share of a work at every multiple of which there is a plain line. */
  readonly plainStep?: number
}

/** What a bar has left behind a line that is written over it. */
const eraseToEndOfLine = '\u001b[K'

/** Bars on a terminal, a plain line now and then elsewhere or if `plain`, nothing if `quiet`. */
export function startProgress(names: readonly string[], options: ProgressOptions = {}): Progress {
  const { quiet = false, plain = false, plainStep = 0.25 } = options
  if (quiet) return { update: () => {}, end: () => {}, log: () => {}, stop: () => {} }
  return process.stderr.isTTY && !plain ? bars(names) : plainLines(plainStep)
}

function bars(names: readonly string[]): Progress {
  const width = Math.max(...names.map(name => name.length))
  const multi = new cliProgress.MultiBar(
    {
      format: '{name} {bar} {percentage}%  {duration_formatted}  {detail}',
      barCompleteChar: '━',
      barIncompleteChar: '─',
      barsize: 30,
      hideCursor: true,
      // The terminal wraps lines above the bars as usual; the bars are cut to its width.
      linewrap: true,
      // A line above a bar that has not changed wipes it.
      forceRedraw: true,
      autopadding: true,
      stopOnComplete: false,
      clearOnComplete: false,
      stream: process.stderr,
      fps: 12,
    },
    cliProgress.Presets.legacy,
  )
  const byName = new Map(
    names.map(name => [name, multi.create(100, 0, { name: name.padEnd(width), detail: '' })]),
  )
  return {
    update: (name, share, detail = '') => byName.get(name)?.update(Math.floor(100 * share), { detail }),
    end: name => byName.get(name)?.stop(),
    log: line => multi.log(`${line}${eraseToEndOfLine}\n`),
    stop() {
      // Stopping again would draw the bars again.
      if (!multi.isActive) return
      // Stopping alone would drop the lines logged since the last redraw.
      multi.update()
      multi.stop()
    },
  }
}

function plainLines(plainStep: number): Progress {
  const said = new Map<string, number>()
  return {
    update(name, share, detail = '') {
      const step = Math.floor(share / plainStep)
      if (step <= (said.get(name) ?? 0)) return
      said.set(name, step)
      note(`${name}: ${Math.round(100 * plainStep * step)}%${detail === '' ? '' : `  ${detail}`}`)
    },
    end: () => {},
    log: note,
    stop: () => {},
  }
}
