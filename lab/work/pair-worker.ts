import * as z from 'zod'
import { collapses } from './collapse-search.js'
import { Pair } from './pair.js'
import type { PairReport, PairRequest } from './pair-protocol.js'
import { nextTask, RoundRobin } from './round-robin.js'

/** Runs two trainings side by side for the page. */

// The page forbids code made of text, which zod would try first.
z.config({ jitless: true })

let id = 0
let pair: Pair | undefined
let robin: RoundRobin | undefined
let pace = { playing: false, speed: 0 }

const post = (report: PairReport) => postMessage(report)

addEventListener('message', async ({ data }: MessageEvent<PairRequest>) => {
  try {
    await handle(data)
  } catch (error) {
    stop()
    post({ kind: 'failed', id, message: error instanceof Error ? error.message : String(error) })
  }
})

async function handle(request: PairRequest): Promise<void> {
  switch (request.kind) {
    case 'start':
      return start(request)
    case 'search':
      return search(request)
    case 'pace':
      pace = { playing: request.playing, speed: request.speed }
      robin?.setPace(pace)
      break
    case 'step':
      pace = { ...pace, playing: false }
      robin?.step(request.epochs)
      break
    case 'look': {
      const looks = pair?.twins.map(twin => twin.lookAt(request.epoch)) ?? []
      post({ kind: 'look', id, epoch: request.epoch, looks })
      break
    }
    case 'confidence': {
      const changed = pair
      await nextTask()
      await changed?.lowerTo(request.confidence)
      // The new twin starts at the collapse and catches up.
      if (changed === pair) robin?.setPace(pace)
    }
  }
}

async function start(request: Extract<PairRequest, { kind: 'start' }>): Promise<void> {
  stop()
  id = request.id
  pace = { playing: request.playing, speed: request.speed }
  await nextTask()
  // Another start may have come meanwhile.
  if (id !== request.id) return
  const created = await Pair.create(request.job)
  if (id !== request.id) return
  pair = created
  robin = new RoundRobin({
    runs: () => created.twins,
    report: () => report(created),
    reportInterval: request.reportInterval,
    atOnce: 8,
  })
  robin.begin(request.goal, pace)
}

function stop(): void {
  robin?.stop()
  robin = undefined
  pair = undefined
}

function report({ twins }: Pair): void {
  if (robin === undefined) return
  const { slowest: epoch, settled, ended } = robin
  const lookEpoch = Math.max(0, epoch - 1)
  post({
    kind: 'progress',
    id,
    epoch,
    ended,
    settled,
    twins: twins.map(twin => twin.report()),
    lookEpoch,
    looks: twins.map(twin => twin.lookAt(lookEpoch)),
  })
}

async function search({ id: asked, settings, seed, tries }: Extract<PairRequest, { kind: 'search' }>) {
  stop()
  id = asked
  for (let tried = seed; tried < seed + tries; tried++) {
    post({ kind: 'searching', id, seed: tried })
    const found = await collapses({ ...settings, seed: tried }, () => id === asked)
    if (found === undefined) return
    if (found) return post({ kind: 'found', id, seed: tried })
  }
  post({ kind: 'found', id, seed: undefined })
}
