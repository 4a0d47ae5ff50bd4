import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Rooms that no part computes with: `test/architecture.test.ts` holds the experiments to that. */
const roomsThatOnlyShow = ['figures', 'report', 'cli']

/**
 * SHA-256 of all that the result of a part depends on beside its name and profile: every file of this package
 * that computes (kernels among them), its `package.json`, the versions of the packages it depends on, and the
 * JavaScript engine, whose functions such as `Math.tanh` may round differently from version to version. Two runs
 * of the same hash give the same results, bit for bit.
 */
export function computationHash(): string {
  const rooms = fileURLToPath(new URL('..', import.meta.url))
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  const { dependencies } = JSON.parse(manifest) as { dependencies: Record<string, string> }
  const hash = createHash('sha256')
  const add = (...texts: readonly (string | Uint8Array)[]) => {
    // The length before each text: no two lists of texts are the same bytes.
    for (const text of texts) hash.update(`${text.length}:`).update(text)
  }
  add(manifest, process.versions.v8, process.arch)
  for (const name of Object.keys(dependencies).sort()) add(name, versionOf(name))
  for (const file of computingFiles(rooms)) {
    add(file.split(sep).join('/'), readFileSync(join(rooms, file)))
  }
  return hash.digest('hex')
}

function computingFiles(rooms: string): string[] {
  return readdirSync(rooms, { recursive: true, encoding: 'utf8' })
    .filter(file => /(?<!\.d)\.[jt]s$/.test(file) && !roomsThatOnlyShow.includes(file.split(sep)[0]!))
    .sort()
}

/** The version of an installed package. */
function versionOf(name: string): string {
  const folders = createRequire(import.meta.url).resolve.paths(name) ?? []
  const manifest = folders.map(folder => join(folder, name, 'package.json')).find(file => existsSync(file))
  if (manifest === undefined) return 'not found'
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }
  return version
}
