import * as z from 'zod'
import { InputError } from '../../src/settings/input-error.js'
import { lookAt } from './memory-look.js'
import type { MemoryReport, MemoryRequest } from './memory-protocol.js'
import { analyse, openArrays, ownNetwork, startsWithin } from './own-network.js'
import { layOutPlane } from './plane-layout.js'

/** Looks at networks in training, and analyses a network from a file: one request after the other. */

// The page forbids code made of text, which zod would try first.
z.config({ jitless: true })

const post = (report: MemoryReport) => postMessage(report)

addEventListener('message', ({ data }: MessageEvent<MemoryRequest>) => {
  if (data.kind === 'look') look(data)
  else answerFile(data)
})

function look({ id, subject, epoch, parameters, frame }: Extract<MemoryRequest, { kind: 'look' }>): void {
  try {
    const seen = lookAt(subject, epoch, parameters)
    const layout = frame === undefined ? undefined : layOutPlane(seen.map, frame)
    post({ kind: 'look', id, look: seen, layout })
  } catch (error) {
    post({ kind: 'failed', id, message: messageOf(error) })
  }
}

function answerFile({ file, bytes, names, starts }: Extract<MemoryRequest, { kind: 'analyse' }>): void {
  try {
    const arrays = openArrays(file, bytes)
    post({
      kind: 'opened',
      arrays: arrays.map(({ name, shape, type }) => ({ name, shape, type })),
    })
    const network = ownNetwork(file, arrays, names)
    const count = starts ?? startsWithin(network)
    post({ kind: 'recognised', network, starts: count })
    const started = performance.now()
    const onSearched = (done: number) =>
      post({ kind: 'searched', done, seconds: (performance.now() - started) / 1000 })
    post({ kind: 'analysed', analysis: analyse(network, count, onSearched) })
  } catch (error) {
    post({ kind: 'refused', message: messageOf(error) })
  }
}

/** One sentence; errors that are no one's input are named as what they are. */
function messageOf(error: unknown): string {
  if (error instanceof InputError || error instanceof RangeError) return error.message
  return `this went wrong: ${error instanceof Error ? error.message : String(error)}`
}
