import { Command } from 'commander'
import { InputError } from '../settings/input-error.js'
import { exportFormats } from '../sweeps/export.js'
import { planJsonSchema } from '../sweeps/plan.js'
import { parseShard } from '../sweeps/shard.js'
import { countFlag, got, wordFlag } from './flags.js'
import type { SweepExportFlags } from './sweep-export.js'
import type { SweepMergeFlags } from './sweep-merge.js'
import type { SweepPlotFlags } from './sweep-plot.js'
import { type QueryFormat, queryFormats } from './sweep-query.js'
import type { SweepRunFlags } from './sweep-run.js'
import type { SweepStatusFlags } from './sweep-status.js'
import type { SweepSubmitFlags } from './sweep-submit.js'
import { interruptible, printJson } from './terminal.js'

/** `ghostpoint sweep`: a grid over any settings and seeds, kept in a database file. */
export function sweepCommand(): Command {
  return new Command('sweep')
    .description('trainings over a grid of settings and seeds, on all cores or a cluster, kept in a database')
    .addCommand(runCommand())
    .addCommand(statusCommand())
    .addCommand(queryCommand())
    .addCommand(exportCommand())
    .addCommand(plotCommand())
    .addCommand(mergeCommand())
    .addCommand(submitCommand())
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
    .option('--have <file...>', 'other database files, the runs of which need no computing')
    .option('--jobs <N>', 'worker threads (default: one a core)', countFlag('--jobs'))
    .option('--resume', 'go on from what the store has: always so')
    .option('--json', 'print one JSON line instead of text')
    .option('--schema', 'print the JSON schema of a plan and end')
    .addHelpText('after', `\nA plan:\n${examplePlan}`)
    .action(async (plan: string | undefined, flags: SweepRunFlags) => {
      if (flags.schema) return printJson(planJsonSchema())
      process.exitCode = await interruptible(async signal => {
        const { runPlan } = await import('./sweep-run.js')
        return runPlan(plan, flags, signal)
      })
    })
}

const examplePlan = `  {
    "name": "small",
    "settings": {
      "model": { "kind": "autonomous" }, "task": { "kind": "delayed-activation" },
      "optimizer": { "kind": "sgd" }, "epochs": 5000
    },
    "grid": {
      "optimizer.rate": { "logspace": [-3, 0, 4] }, "model.rank": [1, 5, "full"], "seed": { "range": [0, 4] }
    }
  }`

function statusCommand(): Command {
  return new Command('status')
    .description('how much of a plan is done')
    .argument('<plan>', 'plan file (JSON)')
    .option(
      '--store <file...>',
      'database files (default: NAME.duckdb and those of its shards, by the name in the plan)',
    )
    .option('--json', 'print one JSON line instead of text')
    .action(async (plan: string, flags: SweepStatusFlags) => {
      const { printStatus } = await import('./sweep-status.js')
      await printStatus(plan, flags)
    })
}

function queryCommand(): Command {
  return new Command('query')
    .description('ask a store in SQL; its view runs has a row a run, settings by their dotted path')
    .argument('<store>', 'database file')
    .argument('<sql>', 'one SELECT, e.g. "SELECT optimizer.rate, avg(final_loss) FROM runs GROUP BY ALL"')
    .option(
      '--format <name>',
      `${queryFormats.join(', ')} (JSON lines) (default: table in a terminal, else csv)`,
      wordFlag('--format', queryFormats),
    )
    .action(async (store: string, sql: string, { format }: { format?: QueryFormat }) => {
      const { printQuery } = await import('./sweep-query.js')
      await printQuery(store, sql, format)
    })
}

function exportCommand(): Command {
  return new Command('export')
    .description('write the runs of a store to a file for other programs')
    .argument('<store>', 'database file')
    .argument('<file>', `file to write, ending in ${exportFormats.map(format => `.${format}`).join(', ')}`)
    .option(
      '--format <name>',
      `${exportFormats.join(', ')} (default: as the file's name ends)`,
      wordFlag('--format', exportFormats),
    )
    .action(async (store: string, file: string, flags: SweepExportFlags) => {
      const { exportRuns } = await import('./sweep-export.js')
      // Ctrl-C waits: what is half written is either finished or taken away.
      await interruptible(() => exportRuns(store, file, flags))
    })
}

function plotCommand(): Command {
  return new Command('plot')
    .description('draw a measured value against a setting, as SVG and PNG')
    .argument('<store>', 'database file')
    .requiredOption('--x <setting>', 'setting on the x axis, e.g. optimizer.rate')
    .requiredOption('--y <column>', 'measured column, e.g. final_loss, learned, loss_at')
    .option('--line <setting>', 'setting with a line for each of its values; all else is averaged over')
    .option('--where <sql>', 'only these runs, e.g. "model.rank = \'full\'"')
    .option('--x-scale <scale>', 'linear or log (default: by the values)', wordFlag('--x-scale', scales))
    .option('--y-scale <scale>', 'linear or log', wordFlag('--y-scale', scales), 'linear')
    .option('--out <name>', 'files to write, without their ending', 'sweep')
    .action(async (store: string, flags: SweepPlotFlags) => {
      const { plotRuns } = await import('./sweep-plot.js')
      await plotRuns(store, flags)
    })
}

const scales = ['linear', 'log'] as const

function mergeCommand(): Command {
  return new Command('merge')
    .description('join stores, e.g. those of shards, into one; what is there already is left alone')
    .argument('<out>', 'database file that gets the runs')
    .argument('<in...>', 'database files that have them')
    .option('--json', 'print one JSON line instead of text')
    .action(async (out: string, inputs: string[], flags: SweepMergeFlags) => {
      const { mergeStores } = await import('./sweep-merge.js')
      process.exitCode = await mergeStores(out, inputs, flags)
    })
}

function submitCommand(): Command {
  return new Command('submit')
    .description('submit the shards of a plan that miss runs to a cluster, as one job array')
    .argument('<plan>', 'plan file (JSON)')
    .option('--engine <name>', 'slurm', wordFlag('--engine', ['slurm']), 'slurm')
    .requiredOption('--shards <N>', 'parts of the plan, each a task', countFlag('--shards'))
    .option('--folder <folder>', 'where stores, logs and the script go (default: NAME-shards)')
    .option('--have <file...>', 'database files, the runs of which need no computing')
    .option('--account <name>', 'account to charge', slurmWord('--account'))
    .option('--partition <name>', 'partition to run in', slurmWord('--partition'))
    .option('--time <limit>', "a task's time limit, as Slurm writes it, e.g. 1-12:00:00", slurmWord('--time'))
    .option('--memory <size>', "a task's memory, as Slurm writes it, e.g. 2G", slurmWord('--memory'))
    .option('--cpus <N>', "a task's cores", countFlag('--cpus'), 1)
    .option('--dry-run', 'print the script and end')
    .action(async (plan: string, flags: SweepSubmitFlags) => {
      const { submitPlan } = await import('./sweep-submit.js')
      await submitPlan(plan, flags)
    })
}

/** Reads a word that goes into a batch script. */
function slurmWord(flag: string) {
  return (text: string): string => {
    if (/^[\w.,:+-]+$/.test(text)) return text
    throw new InputError(flag, got(text), 'letters, digits and . , : + - _')
  }
}
