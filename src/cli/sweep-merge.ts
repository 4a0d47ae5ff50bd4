import { mergeInto } from '../sweeps/merge.js'
import { countRuns } from './sweep-plan.js'
import { type ExitCode, exitCodes, note, print, printJson } from './terminal.js'

/** Flags of `ghostpoint sweep merge`. */
export interface SweepMergeFlags {
  readonly json?: true
}

/** Joins stores. A conflict is no success, though nothing is lost. @throws InputError if a file cannot be used */
export async function mergeStores(
  out: string,
  inputs: readonly string[],
  flags: SweepMergeFlags,
): Promise<ExitCode> {
  const counts = await mergeInto(out, inputs)
  const total = (key: 'read' | 'added' | 'mended' | 'conflicts') =>
    counts.reduce((sum, entry) => sum + entry[key], 0)
  const conflicts = total('conflicts')
  if (flags.json) {
    printJson({ store: out, inputs: counts.map((entry, i) => ({ file: inputs[i], ...entry })) })
  } else {
    print(
      `${countRuns(total('read'))} in ${inputs.length} file${inputs.length === 1 ? '' : 's'}: ${total('added')} added`,
    )
    if (total('mended') > 0) print(`${total('mended')} that had failed are there now`)
    print(`wrote ${out}`)
  }
  if (conflicts === 0) return exitCodes.done
  note(`ghostpoint: ${countRuns(conflicts)} with numbers unlike those of ${out}; see its table conflicts`)
  return exitCodes.failed
}
