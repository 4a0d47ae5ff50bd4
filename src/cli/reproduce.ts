import { cpus } from 'node:os'
import { join } from 'node:path'
import Table from 'cli-table3'
import { Command } from 'commander'
import { type Experiment, type Profile, profiles } from '../experiments/experiment.js'
import { experiments } from '../experiments/registry.js'
import { type Outcome, runExperiments } from '../experiments/run-experiments.js'
import { packageVersion } from '../files/package-info.js'
import { requireFolder, writeWhole } from '../files/whole-file.js'
import { type WrittenFigure, writeFigure } from '../report/figure-files.js'
import { reportHtml } from '../report/html.js'
import { type Reproduction, reproducedFigure } from '../report/reproduction.js'
import { InputError } from '../settings/input-error.js'
import { countFlag, wordFlag } from './flags.js'
import { startProgress } from './progress.js'
import { type ExitCode, exitCodes, interruptible, note, print, printJson } from './terminal.js'

interface ReproduceFlags {
  readonly profile: Profile
  readonly out: string
  readonly jobs?: number
  readonly json?: true
}

/** `ghostpoint reproduce`: runs the paper's experiments, judges its claims, writes the report. */
export function reproduceCommand(): Command {
  const figures = experiments.map(({ figure }) => figure).join(', ')
  return new Command('reproduce')
    .description(
      "repeat the paper's experiments, judge its claims by numbers, and write a report with figures",
    )
    .argument('[figure...]', `figures to run: ${figures} (default: all)`)
    .option(
      '--profile <name>',
      `how much to run: ${profiles.join(', ')}`,
      wordFlag('--profile', profiles),
      'quick',
    )
    .option('--out <folder>', 'where report.html and the figures go', 'out')
    .option('--jobs <N>', 'worker threads (default: one a core)', countFlag('--jobs'))
    .option('--json', 'print one JSON document instead of the table')
    .addHelpText('after', '\nExample:\n  $ ghostpoint reproduce 2 3 --profile quick --out out')
    .action(async (names: string[], flags: ReproduceFlags) => {
      process.exitCode = await interruptible(signal => reproduce(names, flags, signal))
    })
}

async function reproduce(names: string[], flags: ReproduceFlags, signal: AbortSignal): Promise<ExitCode> {
  const chosen = chooseExperiments(names)
  requireFolder(flags.out)
  const started = performance.now()
  const progress = startProgress(chosen.map(label))
  const outcomes = new Map<string, Outcome>()
  const written = new Map<string, WrittenFigure>()
  await runExperiments(chosen, {
    profile: flags.profile,
    jobs: flags.jobs,
    signal,
    onProgress: (experiment, share) => progress.update(label(experiment), share),
    onNote: progress.log,
    onOutcome: async (experiment, outcome) => {
      outcomes.set(experiment.figure, outcome)
      if (outcome.status === 'failed') progress.log(`${label(experiment)} failed: ${outcome.error}`)
      if (outcome.status !== 'done') return
      written.set(
        experiment.figure,
        await writeFigure(flags.out, `figure-${experiment.figure}`, outcome.conclusion),
      )
    },
  })
  progress.stop()
  const reproduction = summarise(chosen, outcomes, flags.profile, (performance.now() - started) / 1000)
  const report = join(flags.out, 'report.html')
  writeWhole(
    report,
    reportHtml(reproduction, new Map([...written].map(([key, { pageSvg }]) => [key, pageSvg]))),
  )
  const files = [report, ...[...written.values()].flatMap(figure => figure.files)]
  if (flags.json) printJson({ ...reproduction, files })
  else printClaims(reproduction)
  for (const reason of new Set([...written.values()].map(figure => figure.withoutPng)))
    if (reason) note(reason)
  note(`${report}${files.length > 1 ? `, and ${files.length - 1} figure files beside it` : ''}`)
  if (signal.aborted) note('interrupted: what was finished is kept')
  return exitCodeOf([...outcomes.values()])
}

function chooseExperiments(names: readonly string[]): readonly Experiment[] {
  const known = experiments.map(({ figure }) => figure)
  const unknown = names.find(name => !known.includes(name))
  if (unknown !== undefined) throw new InputError('reproduce', `no figure "${unknown}"`, known.join(', '))
  return names.length === 0 ? experiments : experiments.filter(({ figure }) => names.includes(figure))
}

function label({ figure }: Experiment): string {
  return `figure ${figure}`
}

function summarise(
  chosen: readonly Experiment[],
  outcomes: ReadonlyMap<string, Outcome>,
  profile: Profile,
  seconds: number,
): Reproduction {
  const processors = cpus()
  const machine = `${processors[0]?.model.trim() ?? process.arch}, ${processors.length} cores, Node ${process.versions.node}`
  return {
    provenance: { profile, version: packageVersion(), date: new Date().toISOString(), machine },
    seconds,
    figures: chosen.map(experiment => reproducedFigure(experiment, outcomes.get(experiment.figure))),
  }
}

function exitCodeOf(outcomes: readonly Outcome[]): ExitCode {
  if (outcomes.some(({ status }) => status === 'failed')) return exitCodes.failed
  return outcomes.some(({ status }) => status === 'interrupted') ? exitCodes.interrupted : exitCodes.done
}

/** The claims table, as wide as the terminal. */
function printClaims({ figures, seconds, provenance }: Reproduction): void {
  const width = Math.max(100, Math.min(process.stdout.columns ?? 120, 180))
  // Borders and padding of seven columns take 22 characters; id, figure, verdict and seconds 32.
  const free = width - 22 - 32
  const [claim, expected] = [0.28, 0.32].map(share => Math.floor(share * free))
  const table = new Table({
    head: ['id', 'claim', 'expected', 'measured', 'verdict', 'fig.', 's'],
    colWidths: [6, claim! + 2, expected! + 2, free - claim! - expected! + 2, 16, 7, 8],
    wordWrap: true,
    style: { head: [], border: [] },
  })
  for (const figure of figures) {
    for (const { id, statement, expected, measured, verdict, seconds } of figure.claims) {
      table.push([id, statement, expected, measured, verdict, figure.figure, seconds?.toFixed(1) ?? '–'])
    }
  }
  print(table.toString())
  print(`${provenance.profile} profile, ${seconds.toFixed(1)} s`)
}
