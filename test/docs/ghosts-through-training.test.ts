import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { run } from '../cli/run-command.js'

const page = readFileSync(new URL('../../docs/ghosts-through-training.md', import.meta.url), 'utf8')
const [latent, anyNetwork] = [...page.matchAll(/```ts\n(.*?)```/gs)].map(match => match[1]!)

async function outputOf(example: string): Promise<string> {
  const library = new URL('../../dist/index.js', import.meta.url).href
  const file = join(mkdtempSync(join(tmpdir(), 'ghostpoint-docs-')), 'example.mjs')
  writeFileSync(file, example.replace("'ghostpoint'", `'${library}'`))
  const { code, stdout, stderr } = await run(process.execPath, [file])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return stdout
}

describe('the examples of docs/ghosts-through-training.md', () => {
  it('find the one bifurcation of a training that loses what it learned, and no ghost before it', async () => {
    const output = await outputOf(latent!)
    expect(output).toMatch(/^\[ \{ epoch: 51\d\d, after: 51\d\d, from: 1, to: 3 \} \] 51\d\d undefined 0\n$/)
  })

  it('follow the points of a network of rank two', async () => {
    const output = await outputOf(anyNetwork!)
    expect(output).toMatch(/'0: fixed point'/)
  })
})
