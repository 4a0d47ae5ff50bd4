import * as z from 'zod'
import { linspace, logspace } from '../numerics/spacing.js'
import { describeIssue } from '../settings/describe-issue.js'
import { wholeNumber } from '../settings/fields.js'
import { InputError } from '../settings/input-error.js'

/** A sweep as its file says it: base settings, and the settings that vary. docs/sweeps.md. */

/** The most runs of one plan. */
export const mostRuns = 1_000_000

const number = () => z.number('a finite number')
const count = wholeNumber(2, mostRuns)
const integer = z.int('a whole number')

const acceptedAxis =
  'a list of values, { "logspace": [a, b, n] }, { "linspace": [a, b, n] } or { "range": [first, last] }'

const axisSchema = z.union(
  [
    z.array(z.json()).min(1, acceptedAxis).describe('these values'),
    z
      .strictObject({ logspace: z.tuple([number(), number(), count]) })
      .describe('n values from 10^a to 10^b, evenly spaced in the exponent'),
    z
      .strictObject({ linspace: z.tuple([number(), number(), count]) })
      .describe('n evenly spaced values from a to b'),
    z.strictObject({ range: z.tuple([integer, integer]) }).describe('every whole number from first to last'),
  ],
  acceptedAxis,
)

const acceptedName = 'letters, digits, "_", "-" and ".", beginning with a letter or digit, at most 100'

const planSchema = z.strictObject({
  name: z
    .string(acceptedName)
    .regex(/^[A-Za-z0-9][\w.-]{0,99}$/, acceptedName)
    .describe("the sweep's name, from which its files take theirs"),
  settings: z
    .record(z.string(), z.json(), 'settings of a training')
    .describe('settings of every run, as `ghostpoint train --schema` has them; what the grid sets may lack'),
  grid: z
    .record(z.string(), axisSchema, 'dotted paths of settings, each with its values')
    .default({})
    .describe('dotted path of a setting → its values; every combination of values is a run'),
  lossAt: z
    .array(wholeNumber(0, 1_000_000_000), 'a list of epochs')
    .default([])
    .describe('epochs whose loss is kept; epoch 0 is before the first update'),
})

/** One setting that varies. */
export interface Axis {
  /** Dotted path, e.g. `optimizer.rate`. */
  readonly path: string
  readonly values: readonly unknown[]
}

/** A valid plan. Its runs are valid only once they are expanded. */
export interface Plan {
  readonly name: string
  readonly settings: Readonly<Record<string, unknown>>
  readonly axes: readonly Axis[]
  /** Ascending, none twice. */
  readonly lossAt: readonly number[]
}

/**
 * Validates a plan.
 * @param file what to call it in errors
 * @throws InputError naming the first key that is wrong and what it accepts
 */
export function parsePlan(input: unknown, file = 'plan'): Plan {
  const nameOf = (path: string) => (path === '' ? file : `${file}: ${path}`)
  const result = planSchema.safeParse(input)
  if (!result.success) throw describeIssue(planSchema, result.error.issues, input, nameOf)
  const { name, settings, grid, lossAt } = result.data
  const paths = Object.keys(grid)
  for (const path of paths) requirePath(path, paths, nameOf)
  const axes = paths.map(path => ({ path, values: valuesOf(grid[path]!, nameOf(`grid: ${path}`)) }))
  const runs = axes.reduce((product, { values }) => product * values.length, 1)
  if (runs > mostRuns) throw new InputError(nameOf('grid'), `has ${runs} runs`, `at most ${mostRuns}`)
  return { name, settings, axes, lossAt: [...new Set(lossAt)].sort((a, b) => a - b) }
}

function requirePath(path: string, paths: readonly string[], nameOf: (path: string) => string): void {
  if (!/^[A-Za-z]\w*(\.[A-Za-z]\w*)*$/.test(path)) {
    const accepted = 'the dotted path of a setting, e.g. "optimizer.rate"'
    throw new InputError(nameOf('grid'), `got ${JSON.stringify(path)}`, accepted)
  }
  const parent = paths.find(other => path.startsWith(`${other}.`))
  if (parent === undefined) return
  throw new InputError(nameOf('grid'), `"${path}" is a part of "${parent}", which varies too`, 'one of them')
}

function valuesOf(axis: z.infer<typeof axisSchema>, where: string): readonly unknown[] {
  if (Array.isArray(axis)) return axis
  if ('logspace' in axis) return [...logspace(...axis.logspace)]
  if ('linspace' in axis) return [...linspace(...axis.linspace)]
  const [first, last] = axis.range
  const length = last - first + 1
  if (length >= 1 && length <= mostRuns) return Array.from({ length }, (_, i) => first + i)
  const accepted = `first to last, ascending, at most ${mostRuns} values`
  throw new InputError(where, `got a range from ${first} to ${last}`, accepted)
}

/** The JSON schema of a plan. */
export function planJsonSchema(): object {
  return z.toJSONSchema(planSchema, { io: 'input' })
}
