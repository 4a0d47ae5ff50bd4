import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { CodedBody } from './content-coding.js'

/** A file of the page as it is served. */
export interface PageFile {
  readonly type: string
  /** Whether it is text or code, which is sent compressed. */
  readonly compressible: boolean
  readonly cacheControl: string
  /** Weak: it stands for every coding of the body. */
  readonly etag: string
  readonly body: CodedBody
}

/** Files by URL path. */
export type Page = ReadonlyMap<string, PageFile>

const compressibleTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.map': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
}
const otherTypes: Readonly<Record<string, string>> = { '.png': 'image/png', '.ico': 'image/x-icon' }

/**
 * Reads a built page whole, so that nothing else can be served, whatever is asked for and whatever happens to
 * the folder later. Links and names that begin with a dot are no part of a page.
 * @throws Error if there is no index.html
 */
export function readPage(folder: string): Page {
  const index = join(folder, 'index.html')
  if (!existsSync(index)) throw new Error(`the lab needs its built page, ${index}: npm run build`)
  const page = new Map(
    filesUnder(folder, '/').map(path => [path, pageFile(path, readFileSync(folder + path))]),
  )
  return page.set('/', page.get('/index.html')!)
}

/** URL paths of the files in a folder and in those below it. */
function filesUnder(folder: string, parent: string): string[] {
  return readdirSync(folder + parent, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.'))
    .flatMap(entry => {
      if (entry.isDirectory()) return filesUnder(folder, `${parent}${entry.name}/`)
      return entry.isFile() ? [parent + entry.name] : []
    })
}

function pageFile(path: string, content: Buffer): PageFile {
  const ending = extname(path).toLowerCase()
  const type = compressibleTypes[ending]
  const digest = createHash('sha256').update(content).digest('base64url').slice(0, 22)
  return {
    type: type ?? otherTypes[ending] ?? 'application/octet-stream',
    compressible: type !== undefined,
    cacheControl: namesItsContent(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
    etag: `W/"${digest}"`,
    body: new CodedBody(content),
  }
}

/** Whether a name ends in a hash as Vite writes it: 8 characters of base64url, not merely a word. */
function namesItsContent(path: string): boolean {
  const hash = /^\/assets\/.*-([\w-]{8})\.\w+(\.map)?$/.exec(path)?.[1]
  return hash !== undefined && !/^[a-z]+$/.test(hash)
}
