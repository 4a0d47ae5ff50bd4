import { countLost } from './rate-outcomes.js'
import { simulatedLandscape, ToyPath } from './toy-path.js'
import type { ToyReport, ToyRequest } from './toy-protocol.js'

/** Descends and simulates the toy for the page; a descent in slices, so that the next one need not wait for its end. */

/** Milliseconds of a slice. */
const slice = 12
/** Epochs between two looks at the clock. */
const atOnce = 16

let path: ToyPath | undefined
let timer: ReturnType<typeof setTimeout> | undefined

const post = (report: ToyReport) => postMessage(report)

addEventListener('message', ({ data }: MessageEvent<ToyRequest>) => {
  switch (data.kind) {
    case 'descend':
      clearTimeout(timer)
      path = new ToyPath(data.task)
      descend(data.id)
      break
    case 'outcomes':
      post({ kind: 'outcomes', id: data.id, lost: countLost(data.task) })
      break
    case 'landscape':
      post({ kind: 'landscape', id: data.id, loss: simulatedLandscape(data.task) })
  }
})

/** Descends for a slice, reports it, and goes on. */
function descend(id: number): void {
  if (path === undefined) return
  const began = performance.now()
  let most = atOnce
  // One report for each power of two: few for the closed form, whose epochs cost nanoseconds.
  while (!path.ended && performance.now() - began < slice) {
    post({ kind: 'path', id, stretch: path.take(most) })
    most *= 2
  }
  if (!path.ended) timer = setTimeout(() => descend(id))
}
