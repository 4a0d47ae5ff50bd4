import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const rooms = fileURLToPath(new URL('..', import.meta.url))
/** `.js` when built, `.ts` in tests. */
const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js'

/**
 * SHA-256 of all that the results of a figure's parts depend on beside their names and profile: `parts` of the
 * figure and every file that it imports, directly or not (kernels among them), the versions of the packages that
 * these import, and the JavaScript engine, whose functions such as `Math.tanh` may round differently from version
 * to version. Two runs of the same hash give the same results, bit for bit. What only judges, draws or prints is
 * no part of it, so that results of many hours outlive changes there.
 *
 * @throws if the figure has no `parts`
 */
export function computationHash(figure: string): string {
  const hash = createHash('sha256')
  const add = (...texts: readonly (string | Uint8Array)[]) => {
    // The length before each text: no two lists of texts are the same bytes.
    for (const text of texts) hash.update(`${text.length}:`).update(text)
  }
  add(process.versions.v8, process.arch)
  const { files, packages } = importedBy(partsFile(figure))
  for (const name of packages) add(name, versionOf(name))
  for (const file of files) add(nameOf(file), readFileSync(file))
  return hash.digest('hex')
}

/** The files that a figure's parts are computed by, `experiments/figure-6/parts` for one, sorted. */
export function computingFiles(figure: string): string[] {
  return importedBy(partsFile(figure)).files.map(nameOf)
}

const partsFile = (figure: string) =>
  join(rooms, `experiments/figure-${figure.toLowerCase()}/parts${extension}`)

const nameOf = (file: string) => relative(rooms, file).split(sep).join('/').slice(0, -extension.length)

/** A file, all files that it imports, and the packages that these import; both sorted. */
function importedBy(entry: string): { files: string[]; packages: string[] } {
  const files = new Set([entry])
  const packages = new Set<string>()
  // A set hands out what is added to it on the way.
  for (const file of files) {
    for (const specifier of importsOf(readFileSync(file, 'utf8'))) {
      if (specifier.startsWith('.')) files.add(join(file, '..', specifier.replace(/\.js$/, extension)))
      else if (!specifier.startsWith('node:')) packages.add(packageOf(specifier))
    }
  }
  return { files: [...files].sort(), packages: [...packages].sort() }
}

/** What a module imports as it runs. */
function importsOf(source: string): string[] {
  const imports =
    /^(?:import|export)\s+(?!type\b)(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm
  return [...source.matchAll(imports)].map(([, still, dynamic]) => (still ?? dynamic)!)
}

/** `@scope/name` or `name` of what may go on with a path. */
function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
}

/** The version of an installed package. */
function versionOf(name: string): string {
  const folders = createRequire(import.meta.url).resolve.paths(name) ?? []
  const manifest = folders.map(folder => join(folder, name, 'package.json')).find(file => existsSync(file))
  if (manifest === undefined) return 'not found'
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }
  return version
}
