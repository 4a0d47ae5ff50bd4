import * as z from 'zod'

/** Kinds of values that settings are made of; every refusal says what is accepted. */

export const positive = (accepted = 'a number above 0') => z.number(accepted).positive(accepted)

export const notNegative = (accepted = 'a number from 0') => z.number(accepted).min(0, accepted)

export function wholeNumber(low: number, high: number, accepted = `a whole number from ${low} to ${high}`) {
  return z.int(accepted).min(low, accepted).max(high, accepted)
}

/** An interval of a task, in steps. */
export const steps = () => wholeNumber(1, 100_000)
