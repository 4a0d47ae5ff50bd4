import { changesText, readChanges } from './changes.js'
import { clamped, type Field, type RoomState } from './fields.js'

/**
 * The state of the page as the fragment of its address: `#v=1&room=network&net.rate=0.02`. Only what differs from the
 * initial state is written. Whatever a link says is validated and clamped: what cannot be read is as if it were not
 * there, so that no link throws or hangs.
 */
export const linkVersion = 1

/** Fragments longer than this are cut off: no state of the page needs so much. */
const longest = 8192

/** What a link says. */
export interface LinkReading {
  readonly room: string | undefined
  /** Undefined if it is of a version that this page knows. */
  readonly problem: string | undefined
}

/** The fragment for a state, without `#`. */
export function linkOf(room: string, states: readonly RoomState[]): string {
  const parameters = new URLSearchParams({ v: String(linkVersion), room })
  for (const { prefix, fields, values } of states) {
    for (const [key, field] of Object.entries(fields)) {
      const text = textOf(field, values[key]!.value)
      if (text !== textOf(field, field.initial)) parameters.set(`${prefix}.${key}`, text)
    }
  }
  return parameters.toString().replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%3D', '=')
}

/** Sets every field to what a fragment says, or to its initial value. */
export function applyLink(
  fragment: string,
  rooms: readonly string[],
  states: readonly RoomState[],
): LinkReading {
  const parameters = new URLSearchParams(fragment.replace(/^#/, '').slice(0, longest))
  const version = parameters.get('v')
  const newer = version !== null && version !== String(linkVersion)
  for (const { prefix, fields, values } of states) {
    for (const [key, field] of Object.entries(fields)) {
      const text = newer ? null : parameters.get(`${prefix}.${key}`)
      values[key]!.value = text === null ? field.initial : readValue(field, text)
    }
  }
  const room = parameters.get('room') ?? undefined
  return {
    room: room !== undefined && rooms.includes(room) ? room : undefined,
    problem: newer
      ? `this link is of version ${version.slice(0, 12)}, and this page reads ${linkVersion}`
      : undefined,
  }
}

function textOf(field: Field, value: unknown): string {
  if (field.kind === 'changes') return changesText(value as typeof field.initial)
  return String(value)
}

function readValue(field: Field, text: string): Field['initial'] {
  switch (field.kind) {
    case 'number':
      return text.trim() === '' ? field.initial : clamped(field, Number(text))
    case 'choice':
      return Object.hasOwn(field.options, text) ? text : field.initial
    case 'changes':
      return readChanges(text)
  }
}
