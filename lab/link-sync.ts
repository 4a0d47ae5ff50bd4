import { effect } from '@preact/signals'
import { rooms } from './rooms/registry.js'
import type { Room } from './rooms/room.js'
import { applyLink, linkOf } from './state/link.js'
import { currentRoom } from './state/page.js'
import { announce } from './ui/announce.js'

/** Keeps the address and the state of the page the same. */

const ids = rooms.map(({ id }) => id)
const states = rooms.map(({ state }) => state)
const opened = new Set<Room>()

/** Where a page without a link begins: a network on its plateau, and then not. */
const startRoom = 'network'

/** Browsers refuse more than about a hundred changes of the address in ten seconds. */
const writeInterval = 300

/** The address that shows what is seen now. */
export function presentLink(): string {
  const { origin, pathname } = location
  return `${origin}${pathname}#${linkOf(currentRoom.peek(), states)}`
}

/** Takes the state from the address, now and whenever a reader changes it; writes the state into it from then on. */
export function followAddress(): void {
  // What the address was when it was last taken or written: any other is a reader's, and not to be written over.
  let known = location.hash
  take(known)
  addEventListener('hashchange', () => {
    if (location.hash === known) return
    known = location.hash
    take(known)
  })
  let timer: ReturnType<typeof setTimeout> | undefined
  effect(() => {
    const fragment = linkOf(currentRoom.value, states)
    clearTimeout(timer)
    timer = setTimeout(() => {
      if (location.hash !== known) return
      history.replaceState(null, '', `#${fragment}`)
      known = location.hash
    }, writeInterval)
  })
}

/** Shows what a link says. */
export function take(fragment: string): void {
  const { room, problem } = applyLink(fragment, ids, states)
  if (problem !== undefined) announce(problem)
  const asked = rooms.find(({ id }) => id === (room ?? startRoom))
  if (asked !== undefined) {
    currentRoom.value = asked.id
    bringIntoView(asked.id)
    opened.add(asked)
  }
  for (const opening of opened) opening.open()
}

/** Milliseconds in which the rooms above come to their heights. */
const settling = 1500

/** Scrolls to a room, and stays there while rooms above it come to their heights, unless the reader does something. */
export function bringIntoView(id: string): void {
  const section = document.getElementById(id)
  if (section === null) return
  const scroll = () => section.scrollIntoView({ behavior: 'instant' })
  scroll()
  const observer = new ResizeObserver(scroll)
  const end = new AbortController()
  observer.observe(document.body)
  for (const kind of ['wheel', 'touchstart', 'pointerdown', 'keydown']) {
    addEventListener(kind, () => end.abort(), { signal: end.signal, passive: true })
  }
  setTimeout(() => end.abort(), settling)
  end.signal.addEventListener('abort', () => observer.disconnect())
}

/** Opens a room the first time that it comes into view. */
export function openOnce(room: Room): void {
  if (opened.has(room)) return
  opened.add(room)
  room.open()
}
