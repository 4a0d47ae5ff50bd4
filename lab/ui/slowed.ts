import { effect, type ReadonlySignal, signal } from '@preact/signals'

/**
 * Counts up after something has changed, at most once in so many milliseconds: for pictures of what changes too often
 * to be drawn each time. The last change is always counted.
 * @param read reads the signals whose changes count
 */
export function slowed(read: () => void, milliseconds: number): ReadonlySignal<number> {
  const count = signal(0)
  let waiting = false
  effect(() => {
    read()
    if (waiting) return
    waiting = true
    setTimeout(() => {
      waiting = false
      count.value++
    }, milliseconds)
  })
  return count
}
