#!/usr/bin/env node
import { Command, CommanderError } from 'commander'
import { packageVersion } from '../files/package-info.js'
import { InputError } from '../settings/input-error.js'
import { analyseCommand } from './analyse.js'
import { labCommand } from './lab.js'
import { reproduceCommand } from './reproduce.js'
import { sweepCommand } from './sweep.js'
import { endQuietlyOnClosedPipe, exitCodes, note } from './terminal.js'
import { theoryCommand } from './theory.js'
import { trainCommand } from './train.js'
import { refuseInOneLine } from './usage-error.js'

const program = new Command('ghostpoint')
  .description('Why a network learns all at once, or suddenly stops learning: ghosts, measured.')
  .version(packageVersion())
  .addHelpText(
    'after',
    '\nExample:\n  $ ghostpoint reproduce --profile quick\n\nExit codes: 0 done, 1 failed, 2 bad input, 130 interrupted',
  )
  .addCommand(reproduceCommand())
  .addCommand(theoryCommand())
  .addCommand(trainCommand())
  .addCommand(analyseCommand())
  .addCommand(sweepCommand())
  .addCommand(labCommand())
refuseInOneLine(program)

endQuietlyOnClosedPipe()
try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = explain(error)
}
// Without workers, a part that was dropped is still under way in this thread. All output goes out first.
if (process.exitCode === exitCodes.interrupted) process.stdout.write('', () => process.exit())

/** Says what went wrong in one line, and returns the exit code for it. */
function explain(error: unknown): number {
  if (error instanceof CommanderError) {
    // Help or the version: commander has printed it.
    return error.exitCode === 0 ? exitCodes.done : exitCodes.badInput
  }
  const message = error instanceof Error ? error.message : String(error)
  note(`ghostpoint: ${message.replace(/\s*\n\s*/g, ' ')}`)
  return error instanceof InputError ? exitCodes.badInput : exitCodes.failed
}
