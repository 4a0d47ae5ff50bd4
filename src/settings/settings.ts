import * as z from 'zod'
import { changesSchema, requireFittingChanges } from './changes.js'
import { describeIssue } from './describe-issue.js'
import { positive, wholeNumber } from './fields.js'
import { InputError } from './input-error.js'
import { modelSchema } from './models.js'
import { optimizerSchema } from './optimizers.js'
import { taskSchema } from './tasks.js'

/**
 * The settings of one training: the same object in files, in the library, in sweeps and in links.
 * Times are in steps, the learning rate is per epoch, one epoch is one update on the whole batch.
 */

/** c of a rank-one network whose settings do not name it. */
export const defaultConfidence = 10

/** Epochs that a history may keep: as many as surely fit in memory, and in one text. */
const mostRecorded = 2_000_000

const record = z
  .union(
    [z.enum(['log', 'all']), z.strictObject({ every: wholeNumber(1, 1_000_000_000) })],
    '"log", "all" or { "every": n } with n a whole number',
  )
  .describe(
    'which epochs the history keeps: log-spaced and densely around falls and collapses, all, or every n-th',
  )

const settingsSchema = z.strictObject({
  model: modelSchema,
  task: taskSchema,
  optimizer: optimizerSchema,
  confidence: positive()
    .optional()
    .describe('c, the steepness of the output sigmoid of a rank-one network; 10 unless given'),
  readOutNorm: positive()
    .optional()
    .describe(
      'rescale the read-out before every pass so that the absolute weights sum to this; not rank-one',
    ),
  changes: changesSchema.optional(),
  seed: wholeNumber(0, Number.MAX_SAFE_INTEGER)
    .default(0)
    .describe('seed of the initial parameters and of the noise'),
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
  if (!result.success) throw describeIssue(settingsSchema, result.error.issues, input, nameOf)
  const settings = result.data
  requireFitting(settings, nameOf)
  requireFittingChanges(settings, nameOf)
  requireBoundedHistory(settings, nameOf)
  if (settings.model.kind !== 'rank-one') return settings
  return { ...settings, confidence: settings.confidence ?? defaultConfidence }
}

const taskKinds = taskSchema.options.map(({ shape }) => shape.kind.value)

function hasInput(task: Settings['task']['kind']): boolean {
  return task !== 'delayed-activation'
}

/** Refuses what each key accepts but the model does not. */
function requireFitting(settings: Settings, nameOf: (path: string) => string): void {
  const { model, task, confidence, readOutNorm } = settings
  const takesInput = model.kind === 'driven'
  if (takesInput !== hasInput(task.kind)) {
    const fitting = taskKinds.filter(kind => hasInput(kind) === takesInput)
    throw new InputError(
      nameOf('task.kind'),
      `got "${task.kind}", but the ${model.kind} network ${takesInput ? 'needs an input' : 'takes no input'}`,
      fitting.map(kind => `"${kind}"`).join(', '),
    )
  }
  if (confidence !== undefined && model.kind !== 'rank-one') {
    throw new InputError(nameOf('confidence'), `got ${confidence}, but only a rank-one network has one`)
  }
  if (readOutNorm !== undefined && model.kind === 'rank-one') {
    const why = 'but a rank-one network has no read-out weights to rescale'
    throw new InputError(nameOf('readOutNorm'), `got ${readOutNorm}, ${why}`)
  }
}

function requireBoundedHistory({ epochs, record }: Settings, nameOf: (path: string) => string): void {
  if (record === 'log') return
  const kept = record === 'all' ? epochs : Math.ceil(epochs / record.every)
  if (kept <= mostRecorded) return
  throw new InputError(
    nameOf('record'),
    `would keep ${kept} epochs`,
    `"log", or at most ${mostRecorded} epochs`,
  )
}

function defaultName(path: string): string {
  return path === '' ? 'settings' : `settings: ${path}`
}

/** The JSON schema of the settings as a user writes them. */
export function settingsJsonSchema(): object {
  return z.toJSONSchema(settingsSchema, { io: 'input' })
}
