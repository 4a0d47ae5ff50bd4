import type { Command, CommanderError } from 'commander'
import { InputError } from '../settings/input-error.js'

/**
 * Makes a command and its subcommands refuse what they do not know by an `InputError`, instead of lines of
 * commander's own.
 */
export function refuseInOneLine(command: Command): void {
  for (const subcommand of command.commands) refuseInOneLine(subcommand)
  command.configureOutput({ outputError: () => {} }).exitOverride(error => {
    throw error.exitCode === 0 || error.code === 'commander.help' ? error : usageError(command, error)
  })
}

function usageError(command: Command, { code, message }: CommanderError): InputError {
  const problem = message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ')
  const where = command.parent === null ? 'command line' : fullName(command)
  const accepted = code === 'commander.optionMissingArgument' ? 'a value after it' : acceptedBy(command)
  return new InputError(where, problem, accepted)
}

/** `sweep run`: a command's name without the program's. */
function fullName(command: Command): string {
  const { parent } = command
  return parent === null || parent.parent === null ? command.name() : `${fullName(parent)} ${command.name()}`
}

/** A command's subcommands, or its arguments and flags. */
function acceptedBy({ commands, registeredArguments, options }: Command): string {
  if (commands.length > 0) return commands.map(command => command.name()).join(', ')
  const words = registeredArguments.map(argument => `[${argument.name()}]`)
  return [...words, ...options.map(({ long, flags }) => long ?? flags)].join(', ')
}
