import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { packageVersion } from '../../files/package-info.js'
import { requireFolder, requireWritable, writeWhole } from '../../files/whole-file.js'
import { type AnalysisReport, reportedPoint, reportedRejections } from '../../report/analysis-report.js'
import { startProgress } from '../progress.js'
import { type ExitCode, exitCodes, note, print, printJson, stdoutIsPiped } from '../terminal.js'
import { liftedState, readOutAt } from './analysed-network.js'
import { analysisText } from './analysis-text.js'
import { type Question, type QuestionFlags, readQuestion } from './question.js'
import { type FinishedSearch, searchInWorkers } from './search-pool.js'

/** The flags of `ghostpoint analyse`. */
export interface AnalyseFlags extends QuestionFlags {
  readonly jobs?: number
  readonly out?: string
  readonly json?: true
}

/**
 * Finds the slow points of the network in a file, prints them and writes the report.
 * @throws InputError if the file holds no network that is accepted, or nothing can be written into `flags.out`
 */
export async function analyse(file: string, flags: AnalyseFlags, signal: AbortSignal): Promise<ExitCode> {
  const started = performance.now()
  const { out } = flags
  const reportFile = out === undefined ? undefined : join(out, 'report.json')
  const question = readQuestion(file, flags)
  if (out !== undefined) requireFolder(out)
  if (reportFile !== undefined) requireWritable(reportFile)
  const search = await searchVisibly(question, flags, signal)
  const seconds = (performance.now() - started) / 1000
  const report = reportOf(question, flags, search, seconds)
  if (reportFile !== undefined) writeWhole(reportFile, `${JSON.stringify(report)}\n`)
  if (flags.json) printJson(report)
  else print(analysisText(report))
  note(`${reportFile === undefined ? '' : `${reportFile}, `}${seconds.toFixed(1)} s`)
  if (report.status === 'finished') return exitCodes.done
  note(`interrupted after ${search.searched} of ${question.starts.length} searches: what they found is kept`)
  return exitCodes.interrupted
}

/** Searches with progress on stderr. */
async function searchVisibly(
  { network, starts }: Question,
  { jobs = availableParallelism(), json }: AnalyseFlags,
  signal: AbortSignal,
): Promise<FinishedSearch> {
  const name = 'searching'
  const progress = startProgress([name], { quiet: json === true, plain: stdoutIsPiped() })
  try {
    const onProgress = (share: number) => progress.update(name, share)
    return await searchInWorkers(network, starts, { jobs, signal, onProgress })
  } finally {
    progress.stop()
  }
}

function reportOf(
  { file, found, network, input, visited, starts }: Question,
  { noise, seed }: AnalyseFlags,
  { points, rejected, searched }: FinishedSearch,
  seconds: number,
): AnalysisReport {
  const { weights, coordinates } = network
  const { neurons, recurrent } = found
  const trials = visited?.trajectories.trials ?? []
  return {
    version: packageVersion(),
    file,
    status: searched < starts.length ? 'interrupted' : 'finished',
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
    settings: {
      starts: starts.length,
      noise,
      seed,
      from:
        visited === undefined
          ? 'own runs'
          : {
              file: visited.file,
              name: visited.trajectories.name,
              trials: trials.length,
              steps: trials[0]!.length,
            },
    },
    searched,
    points: points.map(point => {
      const { position } = point
      const at = { state: liftedState(network, position), readOut: readOutAt(found, network, position) }
      return reportedPoint(point, weights.leak, at)
    }),
    rejected: reportedRejections(rejected),
    files: [],
    seconds,
  }
}
