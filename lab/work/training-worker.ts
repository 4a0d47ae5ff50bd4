import * as z from 'zod'
import { buffersOf } from './envelope.js'
import type { TrainingReport, TrainingRequest, Wants } from './protocol.js'
import { TrainingSession } from './training-session.js'

/** Runs one training after another, in slices short enough that requests are heard between two of them. */

// The page forbids code made of text, which zod would try first.
z.config({ jitless: true })

/** Milliseconds of a slice, and at least that many between two reports. */
const slice = 8
const reportInterval = 60
/** Milliseconds that some epochs at once should take. */
const [briefly, long] = [1, 3]
const mostAtOnce = 128
/** Seconds that the pace makes up for after a pause that nobody asked for. */
const madeUpFor = 0.25
/** Milliseconds that browsers wait at least. */
const shortestWait = 4

let id = 0
/** The start last asked for: those before it that were not made yet need not be. */
let newest = 0
let session: TrainingSession | undefined
let wants: Wants = {}
let [playing, speed] = [false, 0]
/** Trained up to here as fast as it goes. */
let catchUp = 0
/** Epochs that the pace allows to have been trained and were not yet. */
let allowance = 0
let atOnce = 1
let lastTick = 0
let lastReport = 0
/** The look that waits until its epoch is trained. */
let awaited: Extract<TrainingRequest, { kind: 'look' }> | undefined
/** Requests are answered one after another, although a start takes a while. */
let answered = Promise.resolve()
let timer: ReturnType<typeof setTimeout> | undefined
/** Calls back without the wait that timers have. */
const atOnceAgain = new MessageChannel()
let called = false

atOnceAgain.port1.onmessage = () => {
  called = false
  tick()
}

addEventListener('message', ({ data }: MessageEvent<TrainingRequest>) => {
  if (data.kind === 'start') newest = data.id
  answered = answered.then(() => answer(data)).catch(fail)
})

function fail(error: unknown): void {
  session = undefined
  post({ kind: 'failed', id, message: error instanceof Error ? error.message : String(error) })
}

async function answer(request: TrainingRequest): Promise<void> {
  if (request.kind === 'start') return start(request)
  if (session === undefined) return
  switch (request.kind) {
    case 'pace':
      ;[playing, speed] = [request.playing, request.speed]
      return goOn()
    case 'step':
      catchUp = Math.max(catchUp, session.progress.epoch) + request.epochs
      return goOn()
    case 'reach':
      catchUp = Math.max(catchUp, request.epochs)
      return goOn()
    case 'change':
      session.change(request.change)
      report(session)
      return goOn()
    case 'end':
      session.endAt(request.epochs)
      report(session)
      return goOn()
    case 'look':
      awaited = request
      return answerLook(session)
  }
}

async function start(request: Extract<TrainingRequest, { kind: 'start' }>): Promise<void> {
  ;({ id, wants, playing, speed, catchUp } = request)
  awaited = undefined
  atOnce = 1
  session = undefined
  if (id < newest) return
  session = await TrainingSession.create(request.settings)
  report(session)
  goOn()
}

/** Trains from now on as what is in force now says. */
function goOn(): void {
  allowance = 0
  lastTick = performance.now()
  callAgain(0)
}

function callAgain(wait: number): void {
  clearTimeout(timer)
  if (wait >= shortestWait) timer = setTimeout(tick, wait)
  else if (!called) {
    called = true
    atOnceAgain.port2.postMessage(0)
  }
}

/** Trains for a slice, or as much as the pace allows, and goes on. */
function tick(): void {
  if (session === undefined) return
  const now = performance.now()
  const before = session.progress.epoch
  if (before < catchUp) trainFor(session, catchUp - before)
  else if (playing) {
    allowance = allowedAfter(now - lastTick)
    allowance -= trainFor(session, Math.floor(allowance))
  }
  lastTick = now
  const { epoch } = session.progress
  const goesOn = !session.ended && (epoch < catchUp || playing)
  if (!goesOn || (epoch > before && now - lastReport >= reportInterval)) report(session)
  if (awaited !== undefined) answerLook(session)
  if (!goesOn) return
  const untilNext = epoch < catchUp || allowance >= 1 ? 0 : ((1 - allowance) / speed) * 1000
  callAgain(untilNext === 0 ? 0 : Math.min(reportInterval, Math.max(shortestWait, untilNext)))
}

/** Epochs that may have been trained after so many milliseconds more. */
function allowedAfter(passed: number): number {
  if (speed === Number.POSITIVE_INFINITY) return speed
  return Math.min(allowance + (speed * passed) / 1000, Math.max(1, madeUpFor * speed))
}

/** Trains up to `epochs`, or as many as a slice has time for; returns how many. */
function trainFor(training: TrainingSession, epochs: number): number {
  const started = performance.now()
  let done = 0
  for (let [now, before] = [started, started]; now - started < slice; before = now) {
    const next = Math.min(atOnce, epochs - done)
    if (next <= 0 || training.ended) break
    training.advance(next)
    done += next
    now = performance.now()
    if (now - before < briefly) atOnce = Math.min(mostAtOnce, 2 * atOnce)
    else if (now - before > long) atOnce = Math.ceil(atOnce / 2)
  }
  return done
}

function answerLook(training: TrainingSession): void {
  if (awaited === undefined) return
  const { epoch, margin } = awaited
  const trained = training.progress.epoch
  if (epoch >= trained && trained < catchUp && !training.ended) return
  awaited = undefined
  const look = training.lookAt(epoch, margin)
  const { around } = look
  const buffers = [look.parameters, around?.loss, around?.gradientNorm, around?.accuracy]
  post({ kind: 'look', id, look }, buffers.flatMap(bufferOf))
}

function report(training: TrainingSession): void {
  lastReport = performance.now()
  const { progress, present, ended } = training
  const bins = wants.bins ? training.bins : undefined
  const kept = wants.kept ? training.takeKept() : undefined
  const rows = training.takeRows()
  post(
    { kind: 'progress', id, progress, rows, present, ended, bins, kept },
    bins === undefined ? [] : buffersOf(bins),
  )
}

function bufferOf(array: Float64Array | undefined): Transferable[] {
  return array === undefined ? [] : [array.buffer as ArrayBuffer]
}

function post(report: TrainingReport, transfer: Transferable[] = []): void {
  postMessage(report, { transfer })
}
