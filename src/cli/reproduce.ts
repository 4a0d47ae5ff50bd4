import { Command } from 'commander'
import { profiles } from '../experiments/experiment.js'
import { countFlag, wordFlag } from './flags.js'
import type { ReproduceFlags } from './run-reproduction.js'
import { interruptible } from './terminal.js'

/** `ghostpoint reproduce`: runs the paper's experiments, judges its claims, writes the report. */
export function reproduceCommand(): Command {
  return new Command('reproduce')
    .description(
      "repeat the paper's experiments, judge its claims by numbers, and write a report with figures",
    )
    .argument('[figure...]', "the paper's figures to run: 1 to 8, and S1 of our own (default: all)")
    .option(
      '--profile <name>',
      `how much to run: ${profiles.join(', ')}; two minutes, a quarter of an hour and ten hours on two cores`,
      wordFlag('--profile', profiles),
      'quick',
    )
    .option('--out <folder>', 'where report.html and the figures go', 'out')
    .option('--jobs <N>', 'worker threads (default: one a core)', countFlag('--jobs'))
    .option('--fresh', 'compute everything anew, even parts that an earlier run into the folder has finished')
    .option('--json', 'print one JSON document instead of the table')
    .addHelpText(
      'after',
      '\nWhat is finished is kept in the folder: the same command goes on where it was stopped.\n\nExample:\n  $ ghostpoint reproduce 2 3 --profile quick --out out',
    )
    .action(async (names: string[], flags: ReproduceFlags) => {
      process.exitCode = await interruptible(async signal => {
        // Plotting takes half a second to load, which the other commands need not wait for.
        const { reproduce } = await import('./run-reproduction.js')
        return reproduce(names, flags, signal)
      })
    })
}
