import cliProgress from 'cli-progress'
import { note } from './terminal.js'

/** Progress of several named works at once, on stderr. */
export interface Progress {
  /** Says that `share` of a work, from 0 to 1, is done. */
  update(name: string, share: number): void
  /** A line above the bars. */
  log(line: string): void
  stop(): void
}

/** Steps at which plain output says how far a work is. */
const plainStep = 0.25

/** Bars on a terminal, a plain line at every quarter elsewhere, nothing if `quiet`. */
export function startProgress(names: readonly string[], { quiet = false } = {}): Progress {
  if (quiet) return { update: () => {}, log: () => {}, stop: () => {} }
  return process.stderr.isTTY ? bars(names) : plainLines()
}

function bars(names: readonly string[]): Progress {
  const width = Math.max(...names.map(name => name.length))
  const multi = new cliProgress.MultiBar(
    {
      format: '{name} {bar} {percentage}%  {duration_formatted}',
      barCompleteChar: '━',
      barIncompleteChar: '─',
      barsize: 30,
      hideCursor: true,
      autopadding: true,
      stopOnComplete: false,
      clearOnComplete: false,
      stream: process.stderr,
      fps: 12,
    },
    cliProgress.Presets.legacy,
  )
  const byName = new Map(names.map(name => [name, multi.create(100, 0, { name: name.padEnd(width) })]))
  return {
    update: (name, share) => byName.get(name)?.update(Math.floor(100 * share)),
    log: line => multi.log(`${line}\n`),
    stop: () => multi.stop(),
  }
}

function plainLines(): Progress {
  const said = new Map<string, number>()
  return {
    update(name, share) {
      const step = Math.floor(share / plainStep)
      if (step <= (said.get(name) ?? 0)) return
      said.set(name, step)
      note(`${name}: ${100 * plainStep * step}%`)
    },
    log: note,
    stop: () => {},
  }
}
