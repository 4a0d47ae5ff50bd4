import { InputError } from '../settings/input-error.js'

/** What was given instead of what is accepted. */
export const got = (text: string) => `got ${text === '' ? '""' : text}`

/** Reads a flag's number. @throws InputError naming the flag */
function numberFlag(flag: string, accepted: string, allows: (value: number) => boolean) {
  return (text: string): number => {
    const value = text.trim() === '' ? Number.NaN : Number(text)
    if (!Number.isFinite(value) || !allows(value)) throw new InputError(flag, got(text), accepted)
    return value
  }
}

/** Reads a flag that must be from 10^−`power` to 10^`power`. */
export const positiveFlag = (flag: string, power: number) =>
  numberFlag(flag, positive(power), value => value >= 10 ** -power && value <= 10 ** power)

export const positive = (power: number) => `a number from 1e-${power} to 1e${power}`

/** Reads a flag that must be a whole number from 1. */
export const countFlag = (flag: string, accepted = 'a whole number from 1') =>
  numberFlag(flag, accepted, value => Number.isSafeInteger(value) && value >= 1)

/** Reads a flag that must be a whole number from 0. */
export const wholeFlag = (flag: string) =>
  numberFlag(flag, 'a whole number from 0', value => Number.isSafeInteger(value) && value >= 0)

/** Reads a flag that must be a leak. */
export const leakFlag = (flag: string) =>
  numberFlag(flag, 'a number above 0, at most 1', value => value > 0 && value <= 1)

/** Reads a flag that must be the standard deviation of noise. */
export const noiseFlag = (flag: string) =>
  numberFlag(flag, 'a number from 0 to 1e12', value => value >= 0 && value <= 1e12)

/** Reads a flag of numbers separated by commas. */
export function numbersFlag(flag: string) {
  const read = numberFlag(
    flag,
    'numbers from -1e12 to 1e12, separated by commas',
    value => Math.abs(value) <= 1e12,
  )
  return (text: string): number[] => text.split(',').map(read)
}

/** Reads a flag that must be one of a few words. */
export function wordFlag<const Word extends string>(flag: string, words: readonly Word[]) {
  return (text: string): Word => {
    const word = words.find(candidate => candidate === text)
    if (word === undefined) throw new InputError(flag, got(text), words.join(', '))
    return word
  }
}
