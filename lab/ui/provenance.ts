import manifest from '../../package.json' with { type: 'json' }
import type { RoomState } from '../state/fields.js'
import { linkOf } from '../state/link.js'
import type { Provenance } from './picture-spec.js'

export const { version } = manifest

/** Where numbers come from that are seen in a room: `settings` are what computes them, the room's fields unless given. */
export function provenanceOf(
  { id, title }: { readonly id: string; readonly title: string },
  state: RoomState,
  settings: Readonly<Record<string, unknown>> = fieldsOf(state),
): Provenance {
  const { origin, pathname } = location
  return { room: title, settings, version, link: `${origin}${pathname}#${linkOf(id, [state])}` }
}

function fieldsOf({ values }: RoomState): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value.peek()]))
}
