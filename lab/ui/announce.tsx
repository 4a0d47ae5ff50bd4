import { signal } from '@preact/signals'

const said = signal('')

/** Says something to those who listen to the page, and shows it for a moment. For events, not for progress. */
export function announce(text: string): void {
  // The same text twice is two events.
  said.value = said.peek() === text ? `${text}\u00a0` : text
}

/** Where it is said. */
export function Announcer() {
  return (
    <p class="announcer" role="status" aria-live="polite">
      {said}
    </p>
  )
}
