/**
 * One drawing a frame: pictures wait in a queue, so that a page with many of them keeps its frame rate and each is
 * redrawn as often as the rest leaves time for.
 */

/** Composes a picture apart from the page; returns what puts it there. */
export type Draw = () => () => void

/** Milliseconds of composing after which a frame has no time left to lay out and paint as well. */
const long = 6

const waiting = new Map<object, Draw>()
/** What was composed and is not shown yet. */
let composed: { readonly owner: object; readonly show: () => void } | undefined
let asked = false

/** Draws on one of the next frames; of several drawings of one owner that wait, the last is done. */
export function drawSoon(owner: object, draw: Draw): void {
  waiting.set(owner, draw)
  askForFrame()
}

export function drawNever(owner: object): void {
  waiting.delete(owner)
  if (composed?.owner === owner) composed = undefined
}

function nextFrame(): void {
  asked = false
  try {
    if (composed === undefined) drawNext()
    else showComposed(composed)
  } finally {
    if (composed !== undefined || waiting.size > 0) askForFrame()
  }
}

function drawNext(): void {
  const [next] = waiting
  if (next === undefined) return
  const [owner, draw] = next
  waiting.delete(owner)
  const started = performance.now()
  const show = draw()
  if (performance.now() - started < long) show()
  else composed = { owner, show }
}

function showComposed({ show }: NonNullable<typeof composed>): void {
  composed = undefined
  show()
}

function askForFrame(): void {
  if (asked) return
  asked = true
  requestAnimationFrame(nextFrame)
}
