import type { RankOneModel } from '../../src/models/rank-one.js'
import type { FlowSight, LatentReport, LatentRequest } from './latent-protocol.js'
import { latentView, portraitOf } from './latent-view.js'
import type { Kept } from './training-session.js'

/** Takes latent flows apart: at once where one is to be seen, little by little for the life of a whole training. */

/** Milliseconds between two looks at the requests. */
const slice = 8

let id = 0
let model: RankOneModel = { neurons: 1, leak: 1 }
let spacing = 1
/** Networks of the training that are to be looked at, epochs ascending. */
let waiting: Kept[] = []

const again = new MessageChannel()
let called = false
again.port1.onmessage = () => {
  called = false
  lookOn()
}

addEventListener('message', ({ data }: MessageEvent<LatentRequest>) => {
  try {
    answer(data)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    post({ kind: 'failed', id: data.id, message })
  }
})

function answer(request: LatentRequest): void {
  if (request.kind === 'view') {
    post({ kind: 'view', id: request.id, view: latentView(request.looked, request.model) })
    return
  }
  if (request.id !== id) waiting = []
  ;({ id, model } = request)
  spacing = request.report.spacing
  waiting = [...waiting, ...request.report.kept].filter(({ epoch }) => epoch % spacing === 0)
  callAgain()
}

function callAgain(): void {
  if (called || waiting.length === 0) return
  called = true
  again.port2.postMessage(0)
}

function lookOn(): void {
  const started = performance.now()
  const sights: FlowSight[] = []
  while (waiting.length > 0 && performance.now() - started < slice) sights.push(sightOf(waiting.shift()!))
  post({ kind: 'life', id, spacing, sights })
  callAgain()
}

function sightOf({ epoch, parameters, after }: Kept): FlowSight {
  const [now, next] = [numbersOf(parameters), numbersOf(after)]
  return { epoch, fixedPoints: [now.fixedPoints, next.fixedPoints], dwell: [now.dwell, next.dwell] }
}

function numbersOf(parameters: Float64Array): { fixedPoints: number; dwell: number } {
  const portrait = portraitOf(parameters, model)
  return {
    fixedPoints: portrait?.fixedPoints.length ?? Number.NaN,
    dwell: portrait?.ghost?.dwellSteps ?? Number.NaN,
  }
}

function post(report: LatentReport): void {
  postMessage(report)
}
