import * as z from 'zod'
import { describeIssue } from './describe-issue.js'

/**
 * The settings of one training: the same object in files, in the library, in sweeps and in links.
 * Times are in steps, the learning rate is per epoch, one epoch is one update on the whole batch.
 */

const positive = (accepted: string) => z.number(accepted).positive(accepted)
const wholeNumber = (low: number, high: number) => {
  const accepted = `a whole number from ${low} to ${high}`
  return z.int(accepted).min(low, accepted).max(high, accepted)
}

const rankOneModel = z
  .strictObject({
    kind: z.literal('rank-one'),
    neurons: wholeNumber(1, 1024).default(100).describe('number of neurons N'),
    leak: positive('a number above 0, at most 1')
      .max(1, 'a number above 0, at most 1')
      .default(0.5)
      .describe('α = dt/τ, the share of the state renewed in one step'),
  })
  .describe('x ← (1 − α)x + α·tanh(mκ + b), κ = n·x, output σ(c(κ − 1))')

const delayedActivation = z
  .strictObject({
    kind: z.literal('delayed-activation'),
    delay: wholeNumber(1, 100_000).default(20).describe('steps T for which the output must stay off'),
    response: wholeNumber(1, 100_000)
      .optional()
      .describe('steps T_R for which it must then be on; as long as the delay unless given'),
  })
  .describe('stay off for the delay, then on; no input; loss Σ(y − target)²/T')

const gradientDescent = z
  .strictObject({
    kind: z.literal('sgd'),
    rate: positive('a number above 0').describe('learning rate'),
  })
  .describe('plain gradient descent on the whole batch')

const record = z
  .union(
    [z.enum(['log', 'all']), z.strictObject({ every: wholeNumber(1, 1_000_000_000) })],
    '"log", "all" or { "every": n } with n a whole number',
  )
  .describe('which epochs the history keeps: log-spaced, all, or every n-th')

const settingsSchema = z.strictObject({
  model: z.discriminatedUnion('kind', [rankOneModel]),
  task: z.discriminatedUnion('kind', [delayedActivation]),
  optimizer: z.discriminatedUnion('kind', [gradientDescent]),
  confidence: positive('a number above 0').default(10).describe('c, the steepness of the output sigmoid'),
  seed: wholeNumber(0, Number.MAX_SAFE_INTEGER).default(0).describe('seed of the initial parameters'),
  epochs: wholeNumber(1, 1_000_000_000).describe('epochs to train; epoch 0 is before the first update'),
  record: record.default('log'),
  precision: z
    .enum(['single', 'double'], '"single" or "double"')
    .default('single')
    .describe('single: float32 kernels; double: the float64 reference'),
})

/** Validated settings, defaults filled in. */
export type Settings = z.infer<typeof settingsSchema>
/** Settings as a user writes them: keys that have a default may be left out. */
export type SettingsInput = z.input<typeof settingsSchema>
export type Precision = Settings['precision']

/**
 * Validates settings and fills in the defaults.
 * @param nameOf what to call a key in an error, given its dotted path (`''` for the whole)
 * @throws InputError naming the first key that is wrong and what it accepts
 */
export function parseSettings(input: unknown, nameOf = defaultName): Settings {
  const result = settingsSchema.safeParse(input)
  if (result.success) return result.data
  throw describeIssue(settingsSchema, result.error.issues, input, nameOf)
}

function defaultName(path: string): string {
  return path === '' ? 'settings' : `settings: ${path}`
}

/** The JSON schema of the settings as a user writes them. */
export function settingsJsonSchema(): object {
  return z.toJSONSchema(settingsSchema, { io: 'input' })
}
