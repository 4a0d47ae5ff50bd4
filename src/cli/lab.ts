import { Command } from 'commander'
import { InputError } from '../settings/input-error.js'
import { got } from './flags.js'
import { hostFlag } from './lab/hosts.js'
import type { LabFlags } from './lab/run-lab.js'
import { interruptible } from './terminal.js'

/** `ghostpoint lab`: serves the browser lab from this machine. */
export function labCommand(): Command {
  return new Command('lab')
    .description('the lab in a browser: serve its page from this machine, until Ctrl-C')
    .option('--port <n>', 'port, 0 for any (default: 4173, or the next that is free)', portFlag)
    .option(
      '--host <address>',
      'address to listen on; all but loopback shows the page to other machines',
      hostFlag,
      '127.0.0.1',
    )
    .addHelpText('after', '\nExample:\n  $ ghostpoint lab --port 8080')
    .action(async (flags: LabFlags) => {
      process.exitCode = await interruptible(async signal => {
        const { runLab } = await import('./lab/run-lab.js')
        return runLab(flags, signal)
      })
    })
}

function portFlag(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (port <= 65535) return port
  throw new InputError('--port', got(text), 'a whole number from 0 to 65535')
}
