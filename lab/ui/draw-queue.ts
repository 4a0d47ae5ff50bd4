/**
 * One drawing a frame: pictures wait in a queue, so that a page with many of them keeps its frame rate and each is
 * redrawn as often as the rest leaves time for.
 */
const waiting = new Map<object, () => void>()
let asked = false

/** Draws on one of the next frames; of several drawings of one owner that wait, the last is done. */
export function drawSoon(owner: object, draw: () => void): void {
  waiting.set(owner, draw)
  askForFrame()
}

export function drawNever(owner: object): void {
  waiting.delete(owner)
}

function drawNext(): void {
  asked = false
  const [next] = waiting
  if (next === undefined) return
  const [owner, draw] = next
  waiting.delete(owner)
  try {
    draw()
  } finally {
    if (waiting.size > 0) askForFrame()
  }
}

function askForFrame(): void {
  if (asked) return
  asked = true
  requestAnimationFrame(drawNext)
}
