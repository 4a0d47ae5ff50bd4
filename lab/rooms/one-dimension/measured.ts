import { computed, effect, signal } from '@preact/signals'
import { linspace } from '../../../src/numerics/spacing.js'
import { criticalLearningRate } from '../../../src/theory/critical-rate.js'
import { optimum } from '../../../src/theory/delayed-activation.js'
import { hearWorker } from '../../work/hear-worker.js'
import type { ToyReport, ToyRequest } from '../../work/toy-protocol.js'
import { failure } from './path.js'
import { fromRoot } from './root-axis.js'
import { confidence, drawnStart, normalisation, relativeRates } from './run.js'
import { values } from './state.js'

/** What is measured beside the descent itself: outcomes at many rates, and the loss at a finite confidence. */

/** Rates of the outcomes, evenly spaced in the exponent over all that can be set. */
const rateCount = 44
/** Starts at each rate: the first so many draws. */
export const startCount = 40
/** r/r* of the simulated landscape, evenly spaced in the root. */
const landscapeRange = [-2, 4.5] as const
const landscapePoints = 240

export interface Outcomes {
  readonly critical: number
  readonly rates: Float64Array
  /** Of {@link startCount} starts at each rate, how many are lost. */
  readonly lost: Float64Array
}

export interface SimulatedLoss {
  readonly confidence: number
  /** 1/time². */
  readonly r: Float64Array
  readonly loss: Float64Array
}

export const outcomes = signal<Outcomes | undefined>(undefined)
/** Undefined at infinite confidence. */
export const simulatedLoss = signal<SimulatedLoss | undefined>(undefined)

/** The rates that outcomes are measured at. */
export function outcomeRates(critical: number): Float64Array {
  const { lowest, highest } = relativeRates
  return linspace(Math.log(lowest), Math.log(highest), rateCount).map(share => critical * Math.exp(share))
}

/** The starts that outcomes are measured with, 1/time². */
export function outcomeStarts(relative: number, delay: number): Float64Array {
  return Float64Array.from({ length: startCount }, (_, i) => optimum(delay) * drawnStart(relative, i + 1))
}

const asked = computed(() => {
  const delay = values.delay.value
  const critical = criticalLearningRate({ delay }, normalisation.value)
  return { delay, critical, normalisation: normalisation.value, relative: values.start.value }
})

let worker: Worker | undefined
let id = 0

/** Measures what is set, from now on; of requests that come while one is under way, the last one counts. */
export function followMeasurements(): void {
  if (worker !== undefined) return
  worker = hearWorker<ToyReport>(
    new Worker(new URL('../../work/toy-worker.ts', import.meta.url), { type: 'module' }),
    'the worker that measures',
    hear,
    why => {
      failure.value = why
      askNext()
    },
  )
  effect(() => {
    const { delay, critical, normalisation, relative } = asked.value
    const rates = outcomeRates(critical)
    const task = { delay, normalisation, rates, starts: outcomeStarts(relative, delay) }
    ask({ kind: 'outcomes', id: ++id, task }, lost => (outcomes.value = { critical, rates, lost }))
  })
  effect(() => {
    const [delay, sharpness, loss] = [values.delay.value, confidence.value, normalisation.value]
    if (sharpness === Number.POSITIVE_INFINITY) {
      simulatedLoss.value = undefined
      return
    }
    const r = linspace(...landscapeRange, landscapePoints).map(root => optimum(delay) * fromRoot(root))
    const task = { delay, normalisation: loss, confidence: sharpness, r }
    ask({ kind: 'landscape', id: ++id, task }, answer => {
      if (confidence.peek() === sharpness) simulatedLoss.value = { confidence: sharpness, r, loss: answer }
    })
  })
}

interface Question {
  readonly request: ToyRequest
  readonly take: (answer: Float64Array) => void
}

let underWay: Question | undefined
const waiting = new Map<ToyRequest['kind'], Question>()

function ask(request: ToyRequest, take: Question['take']): void {
  waiting.set(request.kind, { request, take })
  if (underWay === undefined) askNext()
}

function askNext(): void {
  const [next] = waiting.values()
  underWay = next
  if (next === undefined) return
  waiting.delete(next.request.kind)
  worker!.postMessage(next.request)
}

function hear(report: ToyReport): void {
  const answered = underWay
  if (answered !== undefined && answered.request.id === report.id && !waiting.has(answered.request.kind)) {
    failure.value = undefined
    if (report.kind === 'outcomes') answered.take(report.lost)
    if (report.kind === 'landscape') answered.take(report.loss)
  }
  askNext()
}
