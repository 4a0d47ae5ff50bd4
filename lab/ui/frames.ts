import { effect } from '@preact/signals'

/** A frame longer than this, in milliseconds, was no frame: the page was elsewhere. */
const longestFrame = 100

/**
 * Calls back at every frame of the page for as long as something is wanted, from now on.
 * @param wanted read from signals
 * @param pass gets the milliseconds that have passed since the frame before, and the time of this one
 */
export function everyFrame(wanted: () => boolean, pass: (passed: number, now: number) => void): void {
  let last = 0
  let asked: number | undefined
  const frame = (now: number) => {
    // Before the call, which may end what is wanted.
    asked = requestAnimationFrame(frame)
    // A frame's time may lie before the moment at which it was asked for.
    const passed = Math.min(longestFrame, Math.max(0, now - last))
    last = now
    pass(passed, now)
  }
  effect(() => {
    const goesOn = wanted()
    if (goesOn && asked === undefined) {
      last = performance.now()
      asked = requestAnimationFrame(frame)
    } else if (!goesOn && asked !== undefined) {
      cancelAnimationFrame(asked)
      asked = undefined
    }
  })
}
