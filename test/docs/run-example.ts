import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { run } from '../cli/run-command.js'

/** The TypeScript examples of a page under docs/, in order. */
export function examplesOf(page: string): string[] {
  const text = readFileSync(new URL(`../../docs/${page}`, import.meta.url), 'utf8')
  return [...text.matchAll(/```ts\n(.*?)```/gs)].map(match => match[1]!)
}

/** What an example prints when it is run against the built library; it must end well and complain of nothing. */
export async function outputOf(example: string): Promise<string> {
  const library = new URL('../../dist/index.js', import.meta.url).href
  const folder = mkdtempSync(join(tmpdir(), 'ghostpoint-docs-'))
  const file = join(folder, 'example.mjs')
  writeFileSync(file, example.replace("'ghostpoint'", `'${library}'`))
  const { code, stdout, stderr } = await run(process.execPath, [file])
  rmSync(folder, { recursive: true })
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return stdout
}
