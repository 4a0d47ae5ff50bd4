import { InputError } from '../settings/input-error.js'

/** Reads a flag's number. @throws InputError naming the flag */
export function numberFlag(flag: string, accepted: string, allows: (value: number) => boolean) {
  return (text: string): number => {
    const value = text.trim() === '' ? Number.NaN : Number(text)
    if (!Number.isFinite(value) || !allows(value)) throw new InputError(flag, `got ${text}`, accepted)
    return value
  }
}

/** Reads a flag that must be above 0. */
export const positiveFlag = (flag: string) => numberFlag(flag, 'a number above 0', value => value > 0)

/** Reads a flag that must be a whole number from 1. */
export const countFlag = (flag: string) =>
  numberFlag(flag, 'a whole number from 1', value => Number.isSafeInteger(value) && value >= 1)

/** Reads a flag that must be one of a few words. */
export function wordFlag<const Word extends string>(flag: string, words: readonly Word[]) {
  return (text: string): Word => {
    const word = words.find(candidate => candidate === text)
    if (word === undefined) throw new InputError(flag, `got ${text}`, words.join(', '))
    return word
  }
}
