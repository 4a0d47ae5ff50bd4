import { rooms } from './rooms/registry.js'
import { currentRoom } from './state/page.js'

/** The keys of the page and what they are for; the help sheet lists them. */
export const keyTable: readonly (readonly [string, string])[] = [
  ['Space', 'play or pause the room in view'],
  ['→', 'one step further'],
  ['R', 'repeat with the same seed'],
  ['N', 'a new seed'],
  ['?', 'this help'],
]

/** Listens to the keys wherever no control of its own wants them; where rooms do not work, to that for help alone. */
export function listenToKeys(showHelp: () => void, roomsWork: boolean): void {
  addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || wantsKeys(event.target, event.key)) return
    const player = rooms.find(({ id }) => id === currentRoom.peek())!.player
    const playing = {
      ' ': () => player.toggle(),
      ArrowRight: () => player.step(),
      r: () => player.repeat(),
      n: () => player.renew(),
    }
    const actions: Record<string, () => void> = { ...(roomsWork ? playing : {}), '?': showHelp }
    const action = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key]
    if (action === undefined) return
    event.preventDefault()
    action()
  })
}

/** Whether a focused element does something with a key itself. */
function wantsKeys(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false
  if (target.closest('dialog[open]') !== null) return true
  if (target.matches('select, textarea, input:not([type=range]):not([type=checkbox])')) return true
  if (target.matches('input[type=range], [tabindex="0"]')) return key === 'ArrowRight' || key === ' '
  return target.matches('button, a, summary, input[type=checkbox]') && key === ' '
}
