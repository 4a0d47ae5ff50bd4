import type { Signal } from '@preact/signals'
import { signal } from '@preact/signals'

/**
 * What a reader can set, as a table: one entry gives the control, its limits, its unit, its place in the link and the
 * value to fall back on.
 */
export type Field = NumberField | ChoiceField | ChangesField

interface Common {
  readonly label: string
  /** A sentence for those who wonder what it is. */
  readonly help?: string
}

export interface NumberField extends Common {
  readonly kind: 'number'
  readonly initial: number
  readonly min: number
  readonly max: number
  /** Of the slider; linear unless given. */
  readonly scale?: 'linear' | 'log'
  readonly whole?: boolean
  readonly unit?: string
}

export interface ChoiceField extends Common {
  readonly kind: 'choice'
  readonly initial: string
  /** Values and what they are called. */
  readonly options: Readonly<Record<string, string>>
}

/** Changes in the course of a training, which links keep. */
export interface ChangesField extends Common {
  readonly kind: 'changes'
  readonly initial: readonly LabChange[]
}

/** From an epoch on, another rate or confidence. */
export interface LabChange {
  readonly epoch: number
  readonly rate?: number
  readonly confidence?: number
}

export type ValueOf<F extends Field> = F extends { kind: 'changes' }
  ? readonly LabChange[]
  : F extends { kind: 'number' }
    ? number
    : string

export type FieldTable = Readonly<Record<string, Field>>
export type Values<Table extends FieldTable> = { readonly [K in keyof Table]: Signal<ValueOf<Table[K]>> }

/** A room's fields with their present values. */
export interface RoomState<Table extends FieldTable = FieldTable> {
  /** Before the keys of this room in a link. */
  readonly prefix: string
  readonly fields: Table
  readonly values: Values<Table>
}

/** Makes the state of a room, every field at its initial value. */
export function createRoomState<const Table extends FieldTable>(
  prefix: string,
  fields: Table,
): RoomState<Table> {
  const entries = Object.entries(fields).map(([key, field]) => [key, signal<unknown>(field.initial)])
  // Each signal is made from the initial value of its own field.
  return { prefix, fields, values: Object.fromEntries(entries) as Values<Table> }
}

/** A number as its field accepts it: within the limits, whole where it has to be; the initial one for no number. */
export function clamped(field: NumberField, value: number): number {
  if (Number.isNaN(value)) return field.initial
  const inside = Math.min(field.max, Math.max(field.min, value))
  return field.whole ? Math.round(inside) : inside
}
