// Keeps what every figure is drawn from in test/fixtures/figures, for the test that compares drawings with stored
// ones: the parts of a finished `ghostpoint reproduce --profile quick --out FOLDER`. Then `npx vitest run
// test/figures/stored-figures.test.ts -u` draws them anew; look at what has changed before it is committed.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { serialize } from 'node:v8'
import { brotliCompressSync } from 'node:zlib'
import { openPartCache } from '../dist/experiments/part-cache.js'
import { experiments } from '../dist/experiments/registry.js'

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('which folder was the quick profile reproduced into?')
const cache = openPartCache({ folder: join(folder, '.parts'), onNote: console.error })
for (const { figure, partsOf } of experiments) {
  const results = partsOf('quick').map(part => {
    const kept = cache.load({ figure, part, profile: 'quick' })
    if (kept === undefined) throw new Error(`figure ${figure}: "${part}" is missing, or of other code`)
    return [part, kept.result]
  })
  const bytes = brotliCompressSync(serialize(Object.fromEntries(results)))
  writeFileSync(new URL(`../test/fixtures/figures/figure-${figure}.parts.br`, import.meta.url), bytes)
  console.log(`figure ${figure}: ${results.length} parts, ${(bytes.length / 1024).toFixed(0)} kB`)
}
