import * as z from 'zod'
import { InputError } from './input-error.js'

type Issue = z.core.$ZodIssue

/**
 * Turns what zod found wrong into one line: the first unknown key if there is one (a misspelt key is what
 * makes its neighbour "missing"), else the first wrong value.
 */
export function describeIssue(
  schema: z.ZodType,
  issues: readonly Issue[],
  input: unknown,
  nameOf: (path: string) => string,
): InputError {
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]
  if (issue === undefined) return new InputError(nameOf(''), 'not valid')
  const path = issue.path.map(String)
  if (issue.code === 'unrecognized_keys') {
    const keys = acceptedKeys(schema, input, path)
    const names = issue.keys.map(key => JSON.stringify(key)).join(', ')
    return new InputError(nameOf(path.join('.')), `unknown key ${names}`, keys.join(', '))
  }
  const value = valueAt(input, path)
  const problem = value === undefined ? 'missing' : `got ${show(value)}`
  return new InputError(nameOf(path.join('.')), problem, acceptedValue(schema, issue, input, path))
}

function acceptedValue(schema: z.ZodType, issue: Issue, input: unknown, path: readonly string[]): string {
  if (issue.code === 'invalid_union' && 'options' in issue && Array.isArray(issue.options)) {
    return issue.options.map(option => JSON.stringify(option)).join(', ')
  }
  const at = schemaAt(schema, input, path)
  if (at instanceof z.ZodObject || at instanceof z.ZodDiscriminatedUnion) {
    const keys = at instanceof z.ZodObject ? Object.keys(at.shape).join(', ') : 'kind, …'
    return `an object with ${keys}`
  }
  return issue.message
}

function acceptedKeys(schema: z.ZodType, input: unknown, path: readonly string[]): string[] {
  const at = schemaAt(schema, input, path)
  const object = at instanceof z.ZodDiscriminatedUnion ? chosenOption(at, valueAt(input, path)) : at
  return object instanceof z.ZodObject ? Object.keys(object.shape) : []
}

/** The schema that judges the value at `path`, unions resolved by the input's own `kind`. */
function schemaAt(
  schema: z.core.$ZodType,
  input: unknown,
  path: readonly string[],
): z.core.$ZodType | undefined {
  let at: z.core.$ZodType | undefined = unwrap(schema)
  let value = input
  for (const key of path) {
    const object: z.core.$ZodType | undefined =
      at instanceof z.ZodDiscriminatedUnion ? chosenOption(at, value) : at
    const next =
      object instanceof z.ZodObject
        ? object.shape[key]
        : object instanceof z.ZodArray
          ? object.element
          : undefined
    if (next === undefined) return undefined
    at = unwrap(next)
    value = valueAt(value, [key])
  }
  return at
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  const wrapped = schema instanceof z.ZodDefault || schema instanceof z.ZodOptional
  return wrapped ? unwrap(schema.unwrap()) : schema
}

function chosenOption(union: z.ZodDiscriminatedUnion, value: unknown): z.core.$ZodType | undefined {
  const kind = valueAt(value, [union.def.discriminator])
  return union.options.find(
    option =>
      option instanceof z.ZodObject &&
      option.shape[union.def.discriminator] instanceof z.ZodLiteral &&
      option.shape[union.def.discriminator].value === kind,
  )
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  let at = value
  for (const key of path) {
    if (typeof at !== 'object' || at === null) return undefined
    at = Reflect.get(at, key)
  }
  return at
}

/** A value as the user wrote it; JSON has no word for NaN and infinity. */
function show(value: unknown): string {
  return typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value))
}
