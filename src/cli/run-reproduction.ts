import { cpus } from 'node:os'
import { basename, join } from 'node:path'
import type { Experiment, Profile } from '../experiments/experiment.js'
import { openPartCache, type PartCache } from '../experiments/part-cache.js'
import { experiments } from '../experiments/registry.js'
import { type Outcome, runExperiments } from '../experiments/run-experiments.js'
import { packageVersion } from '../files/package-info.js'
import { requireFolder, requireWritable, writeWhole } from '../files/whole-file.js'
import { type WrittenFigure, writeFigure } from '../report/figure-files.js'
import { reportHtml } from '../report/html.js'
import { reportMarkdown } from '../report/markdown.js'
import { type Provenance, type ReproducedFigure, reproducedFigure } from '../report/reproduction.js'
import { InputError } from '../settings/input-error.js'
import { claimsText } from './claims-text.js'
import { startProgress } from './progress.js'
import { type ExitCode, exitCodes, note, print, printJson } from './terminal.js'

/** The flags of `ghostpoint reproduce`. */
export interface ReproduceFlags {
  readonly profile: Profile
  readonly out: string
  readonly jobs?: number
  readonly fresh?: true
  readonly json?: true
}

/** Folder of finished parts, in the folder of the report. */
const keptParts = '.parts'

/**
 * Runs experiments, writes their figures and the report, and prints the judged claims.
 * @param names figures to run; all of them if there are none
 * @throws InputError if there is no such figure, or files cannot be written into `flags.out`
 */
export async function reproduce(
  names: string[],
  flags: ReproduceFlags,
  signal: AbortSignal,
): Promise<ExitCode> {
  const chosen = chooseExperiments(names)
  requireFolder(flags.out)
  const [report, markdown] = [join(flags.out, 'report.html'), join(flags.out, 'report.md')]
  for (const file of [report, markdown]) requireWritable(file)
  const cache = openPartCache({ folder: join(flags.out, keptParts), fresh: flags.fresh, onNote: note })
  const { figures, seconds, written } = await runVisibly(chosen, { ...flags, cache }, signal)
  const others = experiments
    .filter(experiment => !chosen.includes(experiment))
    .map(({ figure, claims }) => ({ figure, claims: claims.map(({ id }) => id) }))
  const reproduction = { provenance: provenanceOf(flags.profile), seconds, figures, others }
  const drawings = new Map([...written].map(([figure, { pageSvg }]) => [figure, pageSvg]))
  writeWhole(report, reportHtml(reproduction, drawings))
  writeWhole(markdown, reportMarkdown(reproduction, picturesOf(written)))
  const figureFiles = [...written.values()].flatMap(({ files }) => files)
  if (flags.json) printJson({ ...reproduction, files: [report, markdown, ...figureFiles] })
  else print(claimsText(reproduction, process.stdout.columns))
  for (const reason of new Set([...written.values()].map(({ incomplete }) => incomplete))) {
    if (reason !== undefined) note(reason)
  }
  const count = figureFiles.length
  note(
    `${report}, ${basename(markdown)}${count === 0 ? '' : `, and ${count} figure file${count === 1 ? '' : 's'} beside it`}`,
  )
  if (signal.aborted) note('interrupted: what was finished is kept, and the same command goes on from there')
  return exitCodeOf(figures)
}

/** The SVG of every figure that was written, by figure. */
function picturesOf(written: ReadonlyMap<string, WrittenFigure>): Map<string, string> {
  const pictures = [...written].flatMap(([figure, { files }]) =>
    files.slice(0, 1).map(svg => [figure, basename(svg)] as const),
  )
  return new Map(pictures)
}

type Done = Extract<Outcome, { status: 'done' }>

interface Run {
  readonly figures: readonly ReproducedFigure[]
  readonly seconds: number
  /** The figures written, by number. */
  readonly written: ReadonlyMap<string, WrittenFigure>
}

/** Runs experiments with progress on stderr; writes each figure as soon as its experiment is done. */
async function runVisibly(
  chosen: readonly Experiment[],
  { profile, jobs, out, cache }: ReproduceFlags & { readonly cache: PartCache },
  signal: AbortSignal,
): Promise<Run> {
  const started = performance.now()
  const progress = startProgress(chosen.map(label))
  const outcomes = new Map<string, Outcome>()
  const written = new Map<string, WrittenFigure>()
  try {
    await runExperiments(chosen, {
      profile,
      jobs,
      cache,
      signal,
      onProgress: (experiment, share) => progress.update(label(experiment), share),
      onNote: progress.log,
      onOutcome: async (experiment, ended) => {
        const { figure } = experiment
        const outcome = await writing(ended, async ({ conclusion }) => {
          written.set(figure, await writeFigure(out, `figure-${figure}`, conclusion))
        })
        outcomes.set(figure, outcome)
        progress.end(label(experiment))
        if (outcome.status === 'failed') progress.log(`${label(experiment)} failed: ${outcome.error}`)
      },
    })
  } finally {
    progress.stop()
  }
  const figures = chosen.map(experiment => reproducedFigure(experiment, outcomes.get(experiment.figure)))
  return { figures, seconds: (performance.now() - started) / 1000, written }
}

/** Writes an experiment's figure if it is done. A figure that cannot be drawn or written fails it. */
async function writing(outcome: Outcome, write: (done: Done) => Promise<void>): Promise<Outcome> {
  if (outcome.status !== 'done') return outcome
  try {
    await write(outcome)
    return outcome
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const { seconds, kept, parts } = outcome
    return { status: 'failed', error: message, seconds, kept, parts }
  }
}

function chooseExperiments(names: readonly string[]): readonly Experiment[] {
  const known = experiments.map(({ figure }) => figure)
  const unknown = names.find(name => !known.includes(name.toUpperCase()))
  if (unknown !== undefined) throw new InputError('reproduce', `no figure "${unknown}"`, known.join(', '))
  const wanted = names.map(name => name.toUpperCase())
  return wanted.length === 0 ? experiments : experiments.filter(({ figure }) => wanted.includes(figure))
}

function label({ figure }: Experiment): string {
  return `figure ${figure}`
}

function provenanceOf(profile: Profile): Provenance {
  const processors = cpus()
  const machine = `${processors[0]?.model.trim() ?? process.arch}, ${processors.length} cores, Node ${process.versions.node}`
  return { profile, version: packageVersion(), date: new Date().toISOString(), machine }
}

function exitCodeOf(figures: readonly ReproducedFigure[]): ExitCode {
  if (figures.some(({ status }) => status === 'failed')) return exitCodes.failed
  return figures.some(({ status }) => status === 'interrupted') ? exitCodes.interrupted : exitCodes.done
}
