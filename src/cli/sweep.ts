import { Command } from 'commander'
import { planJsonSchema } from '../sweeps/plan.js'
import { parseShard, type Shard } from '../sweeps/shard.js'
import { countFlag } from './flags.js'
import { interruptible, printJson } from './terminal.js'

/** Flags of `ghostpoint sweep run`. */
export interface SweepRunFlags {
  readonly store?: string
  readonly jobs?: number
  readonly shard?: Shard
  readonly schema?: true
  readonly json?: true
}

/** Flags of `ghostpoint sweep status`. */
export interface SweepStatusFlags {
  readonly store?: string[]
  readonly json?: true
}

/** `ghostpoint sweep`: a grid over any settings and seeds, kept in a database file. */
export function sweepCommand(): Command {
  return new Command('sweep')
    .description('trainings over a grid of settings and seeds, on all cores or a cluster, kept in a database')
    .addCommand(runCommand())
    .addCommand(statusCommand())
    .addHelpText(
      'after',
      '\nExample:\n  $ ghostpoint sweep run plan.json\n  $ ghostpoint sweep query plan.duckdb "SELECT optimizer.rate, avg(final_loss) FROM runs GROUP BY ALL ORDER BY 1"',
    )
}

// Each command loads its work when it is run: the others need not wait for the database.

function runCommand(): Command {
  return new Command('run')
    .description('compute every run of a plan that its store does not have')
    .argument('[plan]', 'plan file (JSON)')
    .option('--store <file>', 'database file (default: NAME.duckdb, by the name in the plan)')
    .option('--shard <K/N>', 'compute only the K-th of N parts, into a file of its own', parseShard)
    .option('--jobs <N>', 'worker threads (default: one a core)', countFlag('--jobs'))
    .option('--json', 'print one JSON line instead of text')
    .option('--schema', 'print the JSON schema of a plan and end')
    .action(async (plan: string | undefined, flags: SweepRunFlags) => {
      if (flags.schema) return printJson(planJsonSchema())
      process.exitCode = await interruptible(async signal => {
        const { runPlan } = await import('./sweep-run.js')
        return runPlan(plan, flags, signal)
      })
    })
}

function statusCommand(): Command {
  return new Command('status')
    .description('how much of a plan is done')
    .argument('[plan]', 'plan file (JSON)')
    .option('--store <file...>', 'database files (default: NAME.duckdb, by the name in the plan)')
    .option('--json', 'print one JSON line instead of text')
    .action(async (plan: string | undefined, flags: SweepStatusFlags) => {
      const { printStatus } = await import('./sweep-status.js')
      await printStatus(plan, flags)
    })
}
