/** Milliseconds of work between two chances for timers, progress and signals. */
const interval = 25

/**
 * Keeps long work from holding the thread: a function to await often, which lets other things run once 25 ms
 * have gone by since they last could, and returns at once otherwise.
 * @returns a promise of whether other things ran
 */
export function createBreather(): () => Promise<boolean> {
  let last = performance.now()
  return async () => {
    if (performance.now() - last < interval) return false
    await new Promise(resolve => setTimeout(resolve))
    last = performance.now()
    return true
  }
}
