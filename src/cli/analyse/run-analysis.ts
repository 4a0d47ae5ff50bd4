import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { coordinatesOf, flowOf, liftedState, readOutAt } from '../../analysis/analysed-network.js'
import { simulatePassage } from '../../dynamics/passage.js'
import type { GhostTrace } from '../../dynamics/trace-ghosts.js'
import { packageVersion } from '../../files/package-info.js'
import { requireFolder, requireWritable, writeWhole } from '../../files/whole-file.js'
import { distance, plusScaled } from '../../numerics/linear-algebra.js'
import {
  type AnalysisReport,
  type ReportedTrace,
  reportedPoint,
  reportedRejections,
  reportedTrace,
} from '../../report/analysis-report.js'
import { startProgress } from '../progress.js'
import { type ExitCode, exitCodes, note, print, printJson, stdoutIsPiped } from '../terminal.js'
import { analysisText } from './analysis-text.js'
import { type Question, type QuestionFlags, readQuestion } from './question.js'
import { type FinishedSearch, searchInWorkers, traceInWorkers } from './search-pool.js'

/** The flags of `ghostpoint analyse`. */
export interface AnalyseFlags extends QuestionFlags {
  /** Trials at most along which ghosts are looked for. */
  readonly trace: number
  readonly jobs?: number
  readonly out?: string
  readonly json?: true
}

/** What the computation came to. */
interface Answer {
  readonly search: FinishedSearch
  /** Trials that were to be traced, in the coordinates of the analysis. */
  readonly trials: readonly (readonly Float64Array[])[]
  /** Undefined of trials that an interruption came before. */
  readonly traces: readonly (GhostTrace | undefined)[]
}

/** A trial of fewer steps has no minimum of speed inside. */
const leastSteps = 3
const reportName = 'report.json'

/**
 * Finds the slow points of the network in a file, prints them and writes the report.
 * @throws InputError if the file holds no network that is accepted, or nothing can be written into `flags.out`
 */
export async function analyse(file: string, flags: AnalyseFlags, signal: AbortSignal): Promise<ExitCode> {
  const started = performance.now()
  const { out, json } = flags
  const question = readQuestion(file, flags)
  if (out !== undefined) requireOutput(out)
  const answer = await answerVisibly(question, flags, signal)
  const files = out === undefined ? [] : await writeFigures(out, question, answer)
  const seconds = (performance.now() - started) / 1000
  const report = reportOf(question, flags, answer, { files, seconds })
  if (out !== undefined) writeWhole(join(out, reportName), `${JSON.stringify(report)}\n`)
  if (json) printJson(report)
  else print(analysisText(report))
  const written = out === undefined ? [] : [join(out, reportName), ...files]
  note([...written, `${seconds.toFixed(1)} s`].join(', '))
  if (report.status === 'finished') return exitCodes.done
  note(`interrupted after ${done(question, answer)}: what was found is kept`)
  return exitCodes.interrupted
}

/** How far an interrupted analysis came. */
function done({ starts }: Question, { search: { searched }, trials, traces }: Answer): string {
  if (searched < starts.length) return `${searched} of ${starts.length} searches`
  const traced = traces.filter(trace => trace !== undefined).length
  return `all searches and ${traced} of ${trials.length} trials traced`
}

function requireOutput(folder: string): void {
  requireFolder(folder)
  for (const name of [reportName, 'flow.svg', 'flow.png']) requireWritable(join(folder, name))
}

/** Searches, then traces, with progress on stderr. */
async function answerVisibly(
  { network, starts, visited }: Question,
  { jobs = availableParallelism(), json, trace }: AnalyseFlags,
  signal: AbortSignal,
): Promise<Answer> {
  const long = visited?.trajectories.trials.filter(({ length }) => length >= leastSteps) ?? []
  const trials = long.slice(0, trace).map(trial => trial.map(state => coordinatesOf(network, state)))
  const [searching, tracing] = ['searching', 'tracing']
  const names = trials.length === 0 ? [searching] : [searching, tracing]
  const progress = startProgress(names, { quiet: json === true, plain: stdoutIsPiped() })
  const options = (name: string) => ({
    jobs,
    signal,
    onProgress: (share: number) => progress.update(name, share),
  })
  try {
    const search = await searchInWorkers(network, starts, options(searching))
    progress.end(searching)
    const traces = signal.aborted ? [] : await traceInWorkers(network, trials, options(tracing))
    return { search, trials, traces }
  } finally {
    progress.stop()
  }
}

/** Writes the figures that can be drawn; of others says why not. */
async function writeFigures(
  out: string,
  question: Question,
  { search, trials }: Answer,
): Promise<readonly string[]> {
  try {
    // Plotting takes half a second to load.
    const { writeFlowFigure } = await import('./analysis-figures.js')
    const { files, incomplete } = await writeFlowFigure(out, question, search.points, trials)
    if (incomplete !== undefined) note(incomplete)
    return files
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    note(`no figure: ${error.message}`)
    return []
  }
}

function reportOf(
  { file, found, network, input, visited, starts }: Question,
  { noise, seed }: AnalyseFlags,
  { search, trials, traces }: Answer,
  { files, seconds }: { readonly files: readonly string[]; readonly seconds: number },
): AnalysisReport {
  const { weights, coordinates } = network
  const { neurons, recurrent } = found
  const { points, rejected, searched } = search
  const whole = searched === starts.length && trials.every((_, trial) => traces[trial] !== undefined)
  return {
    version: packageVersion(),
    file,
    status: whole ? 'finished' : 'interrupted',
    network: {
      source: found.source,
      names: found.names,
      neurons,
      rank: recurrent.left === undefined ? 'full' : recurrent.left.length / neurons,
      leak: weights.leak,
      input: input === undefined ? null : [...input],
      coordinates,
      dimension: starts[0]!.length,
    },
    settings: { starts: starts.length, noise, seed, from: sourceOf(visited) },
    searched,
    points: points.map(point => {
      const { position, kind, canonicalForm } = point
      return reportedPoint(point, weights.leak, {
        state: liftedState(network, position),
        readOut: readOutAt(found, network, position),
        passage: kind === 'ghost' ? simulatePassage(flowOf(network), canonicalForm!) : undefined,
      })
    }),
    rejected: reportedRejections(rejected),
    traces: tracesOf(network, trials, traces),
    files: [...files],
    seconds,
  }
}

function sourceOf(visited: Question['visited']): AnalysisReport['settings']['from'] {
  if (visited === undefined) return 'own runs'
  const { name, trials } = visited.trajectories
  return { file: visited.file, name, trials: trials.length, steps: trials[0]!.length }
}

function tracesOf(
  network: Question['network'],
  trials: Answer['trials'],
  traces: Answer['traces'],
): ReportedTrace[] {
  const { leak } = network.weights
  const flow = flowOf(network)
  const next = (state: Float64Array) => plusScaled(state, flow.velocity(state), leak)
  return traces.flatMap((trace, trial) => {
    if (trace === undefined) return []
    const states = trials[trial]!
    const off = states.slice(1).map((state, step) => distance(state, next(states[step]!)))
    const deviation = off.reduce((most, value) => Math.max(most, value), 0)
    const lift = (position: Float64Array) => liftedState(network, position)
    return [reportedTrace(trial, trace, { leak, deviation, liftedState: lift })]
  })
}
