import { readJson } from '../files/read-json.js'
import { changeKeys } from '../settings/changes.js'
import { InputError } from '../settings/input-error.js'
import { parseSettings, type Settings } from '../settings/settings.js'
import { countFlag } from './flags.js'

/** Settings that have a flag of their own: the flag, its key in the settings, how its text is read. */
export const settingFlags = [
  { flag: '--neurons', value: '<N>', key: 'model.neurons', text: 'number of neurons' },
  { flag: '--leak', value: '<α>', key: 'model.leak', text: 'α = dt/τ, above 0, at most 1' },
  { flag: '--delay', value: '<T>', key: 'task.delay', text: 'steps to stay off' },
  { flag: '--response', value: '<TR>', key: 'task.response', text: 'steps to be on (default: as the delay)' },
  { flag: '--rate', value: '<A>', key: 'optimizer.rate', text: 'learning rate' },
  { flag: '--confidence', value: '<c>', key: 'confidence', text: 'steepness of the output' },
  { flag: '--seed', value: '<n>', key: 'seed', text: "seed of the initial parameters, PyTorch's" },
  { flag: '--epochs', value: '<n>', key: 'epochs', text: 'epochs to train' },
  { flag: '--record', value: '<which>', key: 'record', text: 'epochs to keep: log, all, or every n-th as n' },
  {
    flag: '--change',
    value: '<epoch:key=value>',
    key: 'changes',
    text: 'from that epoch on; e.g. 5200:confidence=1, or rate=…, readOutNorm=… (may be repeated)',
  },
  { flag: '--precision', value: '<which>', key: 'precision', text: 'single or double' },
] as const

/** The published network of figure 3, to which flags alone are added. */
const defaults = {
  model: { kind: 'rank-one' },
  task: { kind: 'delayed-activation' },
  optimizer: { kind: 'sgd' },
}

/**
 * The settings of a file, if there is one, overlaid with those given as flags.
 * @param given the text of each flag that was given, by flag
 * @throws InputError naming the file and key, or the flag
 */
export function settingsOf(file: string | undefined, given: ReadonlyMap<string, string>): Settings {
  const base = file === undefined ? structuredClone(defaults) : readJson(file)
  const flagOf = new Map<string, string>()
  for (const { flag, key } of settingFlags) {
    const text = given.get(flag)
    if (text === undefined) continue
    flagOf.set(key, flag)
    overlay(base, key.split('.'), settingValue(flag, text))
  }
  if (file === undefined) requireFlags(given)
  const nameOf = (path: string) => {
    const flag = [...flagOf].find(([key]) => path === key || path.startsWith(`${key}.`))?.[1]
    return flag ?? `${file ?? 'settings'}${path === '' ? '' : `: ${path}`}`
  }
  return parseSettings(base, nameOf)
}

/** Without a file there are no defaults for these two. */
function requireFlags(given: ReadonlyMap<string, string>): void {
  for (const flag of ['--rate', '--epochs']) {
    if (!given.has(flag)) throw new InputError(flag, 'missing', 'a settings file, or --rate and --epochs')
  }
}

/** Sets one key inside nested objects; what is not an object is left for the validation to refuse. */
function overlay(target: unknown, path: readonly string[], value: unknown): void {
  const [key, ...rest] = path
  if (typeof target !== 'object' || target === null || key === undefined) return
  if (rest.length === 0) Reflect.set(target, key, value)
  else overlay(Reflect.get(target, key), rest, value)
}

/** A flag's text as the value that a settings file would hold. @throws InputError if it can be none */
function settingValue(flag: string, text: string): unknown {
  if (flag === '--record') return recordValue(flag, text)
  if (flag === '--change') return text.split(' ').map(part => changeValue(flag, part))
  const number = text.trim() === '' ? Number.NaN : Number(text)
  return Number.isNaN(number) ? text : number
}

/** `5200:confidence=1,rate=0.01` as a change of the settings. */
function changeValue(flag: string, text: string): unknown {
  const [, epoch, pairs] = /^(\d+):(\w+=[^,=]+(?:,\w+=[^,=]+)*)$/.exec(text) ?? []
  if (epoch === undefined || pairs === undefined) {
    throw new InputError(
      flag,
      `got "${text}"`,
      `epoch:key=value, e.g. 5200:confidence=1; keys are ${changeKeys.join(', ')}`,
    )
  }
  const named = pairs.split(',').map(pair => {
    const [key, value] = pair.split('=') as [string, string]
    return [key, Number.isNaN(Number(value)) ? value : Number(value)] as const
  })
  return { epoch: Number(epoch), ...Object.fromEntries(named) }
}

function recordValue(flag: string, text: string): Settings['record'] {
  if (text === 'log' || text === 'all') return text
  return { every: countFlag(flag, 'log, all, or every n-th as n, a whole number from 1')(text) }
}
