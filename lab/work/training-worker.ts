import type { TrainingReport, TrainingRequest } from './protocol.js'
import { TrainingSession } from './training-session.js'

/** Runs one training after another, in slices short enough that requests are heard between two of them. */

/** Milliseconds of a slice, and at least that many between two reports. */
const slice = 16
const reportInterval = 30

let id = 0
let session: TrainingSession | undefined
let [playing, speed] = [false, 0]
/** Epochs that the pace allows to have been trained and were not yet. */
let allowance = 0
let lastTick = performance.now()
let lastReport = 0
let reported = -1
let timer: ReturnType<typeof setTimeout> | undefined

const post = (report: TrainingReport) => postMessage(report)

addEventListener('message', async ({ data }: MessageEvent<TrainingRequest>) => {
  try {
    await handle(data)
  } catch (error) {
    session = undefined
    post({ kind: 'failed', id, message: error instanceof Error ? error.message : String(error) })
  }
})

async function handle(request: TrainingRequest): Promise<void> {
  switch (request.kind) {
    case 'start': {
      id = request.id
      session = undefined
      const created = await TrainingSession.create(request.settings)
      // Another start may have come while this one was made.
      if (id !== request.id) break
      session = created
      ;[playing, speed] = [request.playing, request.speed]
      session.advance(request.catchUp)
      begin()
      break
    }
    case 'pace':
      ;[playing, speed] = [request.playing, request.speed]
      begin()
      break
    case 'step':
      session?.advance(request.epochs)
      report()
      break
    case 'change':
      session?.change(request.change)
      begin()
      break
    case 'look':
      if (session !== undefined) post({ kind: 'look', id, look: session.lookAt(request.epoch) })
  }
}

function begin(): void {
  allowance = 0
  lastTick = performance.now()
  clearTimeout(timer)
  report()
  timer = setTimeout(tick)
}

/** Trains for a slice, or as much as the pace allows, and goes on. */
function tick(): void {
  if (session === undefined || !playing || session.ended) {
    report()
    return
  }
  const now = performance.now()
  const earned = speed === Number.POSITIVE_INFINITY ? speed : (speed * (now - lastTick)) / 1000
  allowance = Math.min(allowance + earned, Math.max(1, speed))
  lastTick = now
  let atOnce = 1
  while (allowance >= 1 && performance.now() - now < slice && !session.ended) {
    const epochs = Math.min(atOnce, Math.floor(allowance))
    session.advance(epochs)
    allowance -= epochs
    atOnce = Math.min(100, 2 * atOnce)
  }
  if (session.ended || performance.now() - lastReport >= reportInterval) report()
  timer = setTimeout(tick, allowance >= 1 ? 0 : 4)
}

function report(): void {
  if (session === undefined) return
  lastReport = performance.now()
  const { progress } = session
  if (progress.epoch === reported && session.ended) return
  reported = progress.epoch
  const { parameters } = session.lookAt(progress.epoch)
  post({ kind: 'progress', id, progress, rows: session.takeRows(), parameters, ended: session.ended })
}
