import { batch, effect, signal } from '@preact/signals'
import { hearWorker } from '../../work/hear-worker.js'
import type { PathStretch, ToyReport, ToyRequest } from '../../work/toy-protocol.js'
import { type Run, run } from './run.js'

/** The descent that is set, as far as the worker has come with it. */
export interface Path {
  readonly run: Run
  /** Before each update; filled up to {@link known}. All `[horizon + 1]`. */
  readonly epoch: Float64Array
  readonly r: Float64Array
  readonly loss: Float64Array
  readonly gradient: Float64Array
}

/** Epochs at which something happens; undefined while it has not. */
export interface PathEvents {
  /** r reaches the optimum. */
  readonly arrived?: number
  /** r enters the no-learning zone. */
  readonly lost?: number
  /** It leaves the zone again, which takes a finite confidence. */
  readonly freed?: number
}

/** Undefined while the first epochs of a new descent are on their way. */
export const path = signal<Path | undefined>(undefined)
/** Epochs known. */
export const known = signal(0)
export const events = signal<PathEvents>({})
/** Lowest and highest r/r* so far known. */
export const reach = signal<readonly [number, number]>([0, 1])
export const failure = signal<string | undefined>(undefined)

let worker: Worker | undefined
let id = 0

/** Has every descent that is set computed, from now on. */
export function followRun(): void {
  if (worker !== undefined) return
  worker = hearWorker<ToyReport>(
    new Worker(new URL('../../work/toy-worker.ts', import.meta.url), { type: 'module' }),
    'the worker that descends',
    report => {
      if (report.kind === 'path' && report.id === id) learn(report.stretch)
    },
    why => (failure.value = why),
  )
  effect(() => descend(run.value))
}

function descend(next: Run): void {
  id++
  pending = next
  const { times, normalisation, rate, start, confidence, horizon } = next
  const task = { delay: times.delay, normalisation, rate, start, confidence, epochs: horizon }
  const request: ToyRequest = { kind: 'descend', id, task }
  worker!.postMessage(request)
}

/** What was asked for and has not been heard of. */
let pending: Run | undefined

function learn(stretch: PathStretch): void {
  batch(() => {
    if (pending !== undefined) {
      failure.value = undefined
      const begun = emptyPath(pending)
      pending = undefined
      path.value = begun
      events.value = {}
      reach.value = [1, begun.run.start / begun.run.best]
    }
    const target = path.peek()!
    target.r.set(stretch.r, stretch.from)
    target.loss.set(stretch.loss, stretch.from)
    target.gradient.set(stretch.gradient, stretch.from)
    events.value = eventsIn(stretch, target.run, events.peek())
    reach.value = reachOf(stretch, target.run, reach.peek())
    known.value = stretch.from + stretch.r.length
  })
}

function emptyPath(begun: Run): Path {
  const length = begun.horizon + 1
  return {
    run: begun,
    epoch: Float64Array.from({ length }, (_, epoch) => epoch),
    r: new Float64Array(length),
    loss: new Float64Array(length),
    gradient: new Float64Array(length),
  }
}

/** The first of each kind, given what the epochs before held. */
export function eventsIn(
  { from, r }: Pick<PathStretch, 'from' | 'r'>,
  { best, edge, start }: Pick<Run, 'best' | 'edge' | 'start'>,
  before: PathEvents,
): PathEvents {
  let { arrived, lost, freed } = before
  r.forEach((at, i) => {
    if (arrived === undefined && (start > best ? at <= best : at >= best)) arrived = from + i
    if (lost === undefined && at <= edge) lost = from + i
    if (freed === undefined && lost !== undefined && at > edge) freed = from + i
  })
  return {
    ...(arrived === undefined ? {} : { arrived }),
    ...(lost === undefined ? {} : { lost }),
    ...(freed === undefined ? {} : { freed }),
  }
}

function reachOf(
  { r }: PathStretch,
  { best }: Run,
  [low, high]: readonly [number, number],
): readonly [number, number] {
  let [lowest, highest] = [low, high]
  for (const at of r) {
    lowest = Math.min(lowest, at / best)
    highest = Math.max(highest, at / best)
  }
  return lowest === low && highest === high ? [low, high] : [lowest, highest]
}
