import { signal } from '@preact/signals'

/** State of the page itself. */

/** The room that keys and links are about: the one in view. */
export const currentRoom = signal('network')

/** Whether the reader asks for no motion: rooms show the end state with a scrubber instead of playing. */
export const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
