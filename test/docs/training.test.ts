import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { run } from '../cli/run-command.js'

const example = /```ts\n(.*?)```/s.exec(
  readFileSync(new URL('../../docs/training.md', import.meta.url), 'utf8'),
)?.[1]

it('the example of docs/training.md runs and is back at its snapshot', async () => {
  const library = new URL('../../dist/index.js', import.meta.url).href
  const file = join(mkdtempSync(join(tmpdir(), 'ghostpoint-docs-')), 'example.mjs')
  writeFileSync(file, example?.replace("'ghostpoint'", `'${library}'`) ?? '')
  const { code, stdout, stderr } = await run(process.execPath, [file])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toMatch(
    /^500 \{ epoch: \d+, loss: 0\.\d+ \} \[ 'W_in', 'b_in', 'S_l', 'S_r', 'w_out', 'b_out' \]\n$/,
  )
})
