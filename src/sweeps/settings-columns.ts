import { settingsJsonSchema } from '../settings/settings.js'

/**
 * Settings as columns of SQL, read off their JSON schema, so that a new setting is a new column by itself. A
 * nested object is a struct: a setting's dotted path in a plan is its name in a query.
 */

/** A column's type: a scalar, or the fields of a struct. */
export type SettingColumn = SqlType | { readonly [field: string]: SettingColumn }
type SqlType = 'VARCHAR' | 'DOUBLE' | 'BIGINT' | 'BOOLEAN'

interface Schema {
  readonly type?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly oneOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
}

/** The columns, in the order of the settings; `record` is not one, since a sweep keeps no histories. */
export function settingColumns(): Readonly<Record<string, SettingColumn>> {
  const { properties = {} } = settingsJsonSchema() as Schema
  const { record: _, ...kept } = properties
  return structOf(kept)
}

/** The same with every field by its dotted path, each of a scalar type. */
export function flatSettingColumns(): { path: string; type: SqlType }[] {
  return flatten(settingColumns(), '')
}

function flatten(
  columns: Readonly<Record<string, SettingColumn>>,
  prefix: string,
): { path: string; type: SqlType }[] {
  return Object.entries(columns).flatMap(([name, type]) =>
    typeof type === 'string' ? [{ path: prefix + name, type }] : flatten(type, `${prefix}${name}.`),
  )
}

function structOf(properties: Readonly<Record<string, Schema>>): Record<string, SettingColumn> {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, columnOf(schema)]))
}

/** Of a union of objects, every field of any; of a union of scalars, text unless they are alike. */
function columnOf({ type, properties, oneOf, anyOf }: Schema): SettingColumn {
  if (properties !== undefined) return structOf(properties)
  const options = (oneOf ?? anyOf)?.map(columnOf)
  if (options === undefined) return scalarOf(type)
  const structs = options.filter(option => typeof option !== 'string')
  if (structs.length > 0) return Object.assign({}, ...structs)
  return options.every(option => option === options[0]) ? options[0]! : 'VARCHAR'
}

function scalarOf(type: string | undefined): SqlType {
  switch (type) {
    case 'number':
      return 'DOUBLE'
    case 'integer':
      return 'BIGINT'
    case 'boolean':
      return 'BOOLEAN'
    default:
      return 'VARCHAR'
  }
}
