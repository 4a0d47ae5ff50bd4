import { readFileSync } from 'node:fs'
import { deserialize } from 'node:v8'
import { brotliDecompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { experiments } from '../../src/experiments/registry.js'
import { svgText } from '../../src/figures/svg.js'
import { onPaper } from './sample-data.js'

/**
 * Every figure drawn from the stored results of the quick profile, against the stored drawing: a change of a
 * figure is seen in review. `scripts/keep-figures.mjs` stores the results, `vitest run -u` the drawings.
 */
const stored = new URL('../fixtures/figures/', import.meta.url)

describe('a figure drawn from stored results', () => {
  it.each(experiments)('is as it was stored: $figure', async experiment => {
    const { figure } = experiment
    const packed = readFileSync(new URL(`figure-${figure}.parts.br`, stored))
    const results = deserialize(brotliDecompressSync(packed))
    const drawn = svgText(experiment.conclude(results, 'quick').draw(onPaper()))
    // An element a line, so that a difference can be read.
    await expect(drawn.replaceAll('><', '>\n<')).toMatchFileSnapshot(
      `../fixtures/figures/figure-${figure}.svg`,
    )
  })
})
