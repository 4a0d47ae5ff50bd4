import * as z from 'zod'
import { positive, wholeNumber } from './fields.js'
import { InputError } from './input-error.js'

/** What a training goes by from one epoch on, where it is not as at the start. */
const changeSchema = z.strictObject({
  epoch: wholeNumber(1, 1_000_000_000).describe('the first epoch whose update goes by it'),
  rate: positive().optional().describe('learning rate'),
  confidence: positive().optional().describe('c; rank-one networks alone'),
  readOutNorm: positive().optional().describe('as the setting of this name; not rank-one'),
})

export const changesSchema = z
  .array(changeSchema)
  .describe('changes in the course of the training, epochs ascending; what a change does not name stays')

/** One change in the course of a training. */
export type Change = z.infer<typeof changeSchema>

/** What a change may name beside its epoch. */
export const changeKeys = ['rate', 'confidence', 'readOutNorm'] as const satisfies readonly (keyof Change)[]

/** The settings that changes have to fit. */
interface Changed {
  readonly model: { readonly kind: string }
  readonly epochs: number
  readonly changes?: readonly Change[] | undefined
}

/** @throws InputError naming the first change that is out of order, empty, or of no use to the model */
export function requireFittingChanges(
  { model, epochs, changes = [] }: Changed,
  nameOf: (path: string) => string,
): void {
  let earliest = 1
  for (const [i, change] of changes.entries()) {
    const at = (key: string) => nameOf(`changes.${i}${key}`)
    if (change.epoch < earliest || change.epoch >= epochs) {
      const accepted = `a whole number from ${earliest} to ${epochs - 1}: after the change before, within the training`
      throw new InputError(at('.epoch'), `got ${change.epoch}`, accepted)
    }
    earliest = change.epoch + 1
    if (changeKeys.every(key => change[key] === undefined)) {
      throw new InputError(at(''), 'changes nothing', changeKeys.join(', '))
    }
    const useless = model.kind === 'rank-one' ? 'readOutNorm' : 'confidence'
    if (change[useless] !== undefined) {
      throw new InputError(
        at(`.${useless}`),
        `got ${change[useless]}, of no use to the ${model.kind} network`,
      )
    }
  }
}
