import { Command } from 'commander'
import { packageVersion } from '../files/package-info.js'
import { type Settings, settingsJsonSchema } from '../settings/settings.js'
import type { HistoryRow } from '../training/history.js'
import { taskShape } from '../training/memory.js'
import { type TrainingResult, train } from '../training/train.js'
import { startProgress } from './progress.js'
import { type ExitCode, exitCodes, interruptible, note, print, printJson, stdoutIsPiped } from './terminal.js'
import { requireTrainFiles, type TrainFiles, writeTrainFiles } from './train-files.js'
import { settingFlags, settingsOf } from './train-settings.js'

interface TrainFlags extends TrainFiles {
  readonly json?: true
  readonly schema?: true
}

/** `ghostpoint train`: one training from a settings file, or from flags. */
export function trainCommand(): Command {
  const command = new Command('train')
    .description('one training: its history, its abrupt events, its parameters')
    .argument('[file]', 'settings file (JSON); flags below take precedence over it')
    .option('--schema', 'print the JSON schema of the settings and end')
    .option('--history <file>', 'write the history: .json, .csv or .npz')
    .option('--parameters <file>', 'write the final parameters: .npz or .safetensors')
    .option('--json', 'print one JSON line for each recorded epoch, then one with the summary')
  const given = new Map<string, string>()
  for (const { flag, value, text } of settingFlags) {
    command.option(`${flag} ${value}`, text, (written: string) => {
      // A flag that is repeated adds to itself; the settings' reader takes it apart.
      const before = flag === '--change' ? given.get(flag) : undefined
      given.set(flag, before === undefined ? written : `${before} ${written}`)
      return written
    })
  }
  return command
    .addHelpText(
      'after',
      '\nExamples:\n  $ ghostpoint train --seed 40 --rate 0.02 --epochs 6000\n  $ ghostpoint train run.json --history run.csv --parameters run.npz\n  $ ghostpoint train --seed 40 --rate 0.02 --epochs 6000 --change 5500:confidence=1',
    )
    .action(async (file: string | undefined, flags: TrainFlags) => {
      if (flags.schema) return printJson(settingsJsonSchema())
      process.exitCode = await interruptible(signal => runTraining(file, given, flags, signal))
    })
}

async function runTraining(
  file: string | undefined,
  given: ReadonlyMap<string, string>,
  flags: TrainFlags,
  signal: AbortSignal,
): Promise<ExitCode> {
  const settings = settingsOf(file, given)
  requireTrainFiles(flags, file)
  const result = await trainVisibly(settings, flags.json === true, signal)
  const files = writeTrainFiles(flags, result)
  if (flags.json) printJson(summaryOf(result, files))
  else printSummary(result, files)
  noteEarlyEnd(result, files)
  if (result.status === 'diverged') return exitCodes.failed
  return result.status === 'interrupted' ? exitCodes.interrupted : exitCodes.done
}

/** Trains with rows on stdout and progress on stderr. */
async function trainVisibly(settings: Settings, json: boolean, signal: AbortSignal): Promise<TrainingResult> {
  const progress = startProgress(['training'], { quiet: json, plain: stdoutIsPiped() })
  const onProgress = (epochs: number) => progress.update('training', epochs / settings.epochs)
  // Where rows and the bar share a terminal, the bar makes room for the rows.
  const printRow = process.stdout.isTTY && process.stderr.isTTY ? progress.log : print
  const onRow = json ? printJson : sparsely(printRow)
  try {
    const result = await train(settings, { signal, onRow, onProgress })
    onProgress(result.epochs)
    return result
  } catch (error) {
    throw error instanceof RangeError ? outOfMemory(settings, error) : error
  } finally {
    progress.stop()
  }
}

/** Allocation is all that can go out of range in a training with valid settings. */
function outOfMemory({ model, task, precision }: Settings, cause: RangeError): Error {
  const { trials, steps } = taskShape(task)
  const size = `${model.neurons} neurons over ${steps} steps${trials > 1 ? ` of ${trials} trials` : ''}`
  return new Error(`no memory for ${size} in ${precision} precision: ${cause.message}`, { cause })
}

function summaryOf({ settings, status, epochs, events, history, seconds }: TrainingResult, files: string[]) {
  const final = {
    loss: history.loss.at(-1),
    gradientNorm: history.gradientNorm.at(-1),
    accuracy: history.accuracy.at(-1),
  }
  return { summary: { status, epochs, events, final, seconds, settings, files, version: packageVersion() } }
}

const columns: readonly { head: string; width: number; show: (row: HistoryRow) => string }[] = [
  { head: 'epoch', width: 10, show: ({ epoch }) => String(epoch) },
  { head: 'loss', width: 14, show: ({ loss }) => loss.toPrecision(6) },
  { head: 'gradient norm', width: 16, show: ({ gradientNorm }) => gradientNorm.toPrecision(5) },
  { head: 'accuracy', width: 11, show: ({ accuracy }) => accuracy.toFixed(3) },
]

/** A header, then a row for every 1, 2, 5 × 10ⁿ epochs, and whenever the loss has moved by a fifth. */
function sparsely(printRow: (line: string) => void): (row: HistoryRow) => void {
  let next = 0
  let shown = Number.NaN
  return row => {
    if (next === 0) printRow(columns.map(({ head, width }) => head.padStart(width)).join(''))
    const moved = !(Math.abs(row.loss - shown) <= 0.2)
    if (row.epoch < next && !moved) return
    shown = row.loss
    while (next <= row.epoch) next = nextRound(next)
    printRow(columns.map(({ width, show }) => show(row).padStart(width)).join(''))
  }
}

/** The next of 1, 2, 5, 10, 20, 50, … after a number. */
function nextRound(value: number): number {
  if (value < 1) return 1
  const power = 10 ** Math.floor(Math.log10(value) + 1e-9)
  return power * (value < 2 * power ? 2 : value < 5 * power ? 5 : 10)
}

function printSummary({ epochs, events, history, seconds }: TrainingResult, files: string[]): void {
  const { firstFall, secondFall, collapse, recoveries, lowest } = events
  const at = (epoch: number | undefined) => (epoch === undefined ? 'none' : `epoch ${epoch}`)
  print()
  print(`first fall   ${at(firstFall)}`)
  print(`second fall  ${at(secondFall)}`)
  print(`collapse     ${at(collapse)}${recoveries > 0 ? ` (${recoveries} undone before)` : ''}`)
  if (lowest) print(`lowest loss  ${lowest.loss.toPrecision(6)} at epoch ${lowest.epoch}`)
  print(`final loss   ${history.loss.at(-1)?.toPrecision(6) ?? 'none'}`)
  for (const file of files) print(`wrote        ${file}`)
  note(`${epochs} epochs in ${seconds.toFixed(2)} s`)
}

function noteEarlyEnd({ status, epochs }: TrainingResult, files: string[]): void {
  const kept = files.length > 0 ? '; what was done up to there is kept' : ''
  if (status === 'diverged')
    note(`ghostpoint: diverged: loss or gradient is not finite at epoch ${epochs}${kept}`)
  if (status === 'interrupted') note(`interrupted after ${epochs} epochs${kept}`)
}
