import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { emptyFolder, linesOf, run } from './run-command.js'

const dist = new URL('../../dist/', import.meta.url)

/** Starts searches in two workers one after another, and ends each a little later into their loading. */
const startAndEnd = `
  import { setTimeout } from 'node:timers/promises'
  import { searchInWorkers } from '${new URL('cli/analyse/search-pool.js', dist)}'
  const neurons = 60
  const weight = i => Math.sin(12.9898 * (i + 1) ** 2) / 4
  const weights = {
    recurrent: { left: undefined, right: Float64Array.from({ length: neurons ** 2 }, (_, i) => weight(i)) },
    constant: new Float64Array(neurons),
    leak: 1,
  }
  const starts = Array.from({ length: 200 }, (_, k) => Float64Array.from({ length: neurons }, (_, i) => weight(i + k)))
  for (let i = 0; i < 15; i++) {
    const stop = new AbortController()
    const options = { jobs: 2, signal: stop.signal, onProgress: () => {} }
    const searching = searchInWorkers({ weights, coordinates: 'state' }, starts, options)
    await setTimeout(8 * i)
    stop.abort()
    const { searched } = await searching
    console.log(searched)
  }
`

describe('searches in workers', () => {
  it('can be ended at any moment, while the workers load their modules as well', async () => {
    // A file: workers inherit flags, and take no --eval.
    const script = join(emptyFolder(), 'searches.mjs')
    writeFileSync(script, startAndEnd)
    const { code, signal, stdout, stderr } = await run(process.execPath, [script])
    expect({ code, signal, stderr }).toEqual({ code: 0, signal: null, stderr: '' })
    const searched = linesOf(stdout).map(Number)
    expect(searched).toHaveLength(15)
    expect(searched.every(count => count >= 0 && count < 200)).toBe(true)
  }, 60_000)
})
