import { settingFlags } from '../../src/cli/train-settings.js'

/** The flags of a `ghostpoint train` command as its parser hands them on. @throws Error if one is none of its flags */
export function flagsOf(command: string): Map<string, string> {
  const [program, verb, ...words] = command.split(' ')
  if (program !== 'ghostpoint' || verb !== 'train') throw new Error(`no ghostpoint train: ${command}`)
  const given = new Map<string, string>()
  for (let i = 0; i < words.length; i += 2) {
    const [flag, text] = [words[i]!, words[i + 1]!]
    if (!settingFlags.some(known => known.flag === flag)) throw new Error(`no flag ${flag}`)
    const before = flag === '--change' ? given.get(flag) : undefined
    given.set(flag, before === undefined ? text : `${before} ${text}`)
  }
  return given
}
