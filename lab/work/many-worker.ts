import * as z from 'zod'
import type { ManyReport, ManyRequest } from './many-protocol.js'
import { nextTask, RoundRobin } from './round-robin.js'
import { SeedRun } from './seed-run.js'

/** Trains many seeds of one network for the page, all at one pace. */

// The page forbids code made of text, which zod would try first.
z.config({ jitless: true })

let id = 0
let robin: RoundRobin | undefined
let pace = { playing: false, speed: 0 }

const post = (report: ManyReport) => postMessage(report)

addEventListener('message', async ({ data }: MessageEvent<ManyRequest>) => {
  try {
    if (data.kind === 'start') await start(data)
    else if (data.kind === 'step') {
      pace = { ...pace, playing: false }
      robin?.step(data.epochs)
    } else {
      pace = { playing: data.playing, speed: data.speed }
      robin?.setPace(pace)
    }
  } catch (error) {
    robin?.stop()
    post({ kind: 'failed', id, message: error instanceof Error ? error.message : String(error) })
  }
})

async function start(request: Extract<ManyRequest, { kind: 'start' }>): Promise<void> {
  robin?.stop()
  robin = undefined
  id = request.id
  pace = { playing: request.playing, speed: request.speed }
  const runs: SeedRun[] = []
  for (const seed of request.seeds) {
    await nextTask()
    // Another start may have come meanwhile.
    if (id !== request.id) return
    runs.push(await SeedRun.create({ ...request.settings, seed }, request.lowerTo))
  }
  if (id !== request.id) return
  const trained = new RoundRobin({
    runs: () => runs,
    report: () => report(trained, runs),
    reportInterval: request.reportInterval,
    atOnce: 16,
  })
  robin = trained
  trained.begin(request.goal, pace)
}

function report({ slowest: epoch, settled, ended }: RoundRobin, runs: readonly SeedRun[]): void {
  post({ kind: 'progress', id, epoch, settled, ended, runs: runs.map(run => run.report) })
}
