import { signal } from '@preact/signals'

const said = signal('')

/** Milliseconds for which it is shown. */
const shownFor = 6000
let timer: ReturnType<typeof setTimeout> | undefined

/** Says something to those who listen to the page, and shows it for a moment. For events, not for progress. */
export function announce(text: string): void {
  // The same text twice is two events.
  said.value = said.peek() === text ? `${text}\u00a0` : text
  clearTimeout(timer)
  timer = setTimeout(() => (said.value = ''), shownFor)
}

/** Where it is said. */
export function Announcer() {
  return (
    <p class="announcer" role="status" aria-live="polite">
      {said}
    </p>
  )
}
