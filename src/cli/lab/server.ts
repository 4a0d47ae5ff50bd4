import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { isOwnHost } from './hosts.js'
import type { Page, PageFile } from './page.js'

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Headers of every answer. */
const safeguards = {
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': contentSecurityPolicy,
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
}

/**
 * A server of a page and nothing else, not yet listening. Node's own limits hold: 16 KiB and 60 s for the
 * headers of a request, 5 s for an idle connection; what it cannot read it answers with 400 or 431.
 * @param host where it will listen, as `hostFlag` reads it
 */
export function labServer(page: Page, host: string): Server {
  return createServer((request, response) => {
    for (const [name, value] of Object.entries(safeguards)) response.setHeader(name, value)
    const { method = '', url = '', headersDistinct, socket } = request
    const [named, ...more] = headersDistinct.host ?? []
    // Not 421, which invites a browser to try again on another connection.
    if (more.length > 0 || !isOwnHost(named, host, socket.localPort ?? 0)) {
      return refuse(response, 403, 'refused: open the page at the address that ghostpoint printed')
    }
    if (method !== 'GET' && method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD')
      return refuse(response, 405, 'only GET and HEAD')
    }
    const path = pathOf(url)
    if (path === undefined) return refuse(response, 400, 'not a path')
    const file = page.get(path)
    if (file === undefined) return refuse(response, 404, 'not found')
    send(file, request, response)
  })
}

/** The path that a request asks for, decoded once, or undefined if it is none. */
function pathOf(url: string): string | undefined {
  if (!url.startsWith('/')) return undefined
  try {
    // Leaves %2F as it is: an encoded slash separates nothing.
    return decodeURI(url.split('?', 1)[0]!)
  } catch {
    return undefined
  }
}

function send(file: PageFile, { headers, method }: IncomingMessage, response: ServerResponse): void {
  response.setHeader('Cache-Control', file.cacheControl)
  response.setHeader('ETag', file.etag)
  if (file.compressible) response.setHeader('Vary', 'Accept-Encoding')
  if (matches(headers['if-none-match'], file.etag)) {
    response.writeHead(304).end()
    return
  }
  const { body, coding } = file.body.accepted(file.compressible ? headers['accept-encoding'] : undefined)
  if (coding !== undefined) response.setHeader('Content-Encoding', coding)
  response.writeHead(200, { 'Content-Type': file.type, 'Content-Length': body.length })
  response.end(method === 'HEAD' ? undefined : body)
}

/** Whether an `If-None-Match` header holds a tag, weakly compared (RFC 9110 §13.1.2). */
function matches(header: string | undefined, etag: string): boolean {
  const tags: readonly string[] = header?.match(/"[^"]*"/g) ?? []
  return header?.trim() === '*' || tags.includes(etag.replace(/^W\//, ''))
}

/** Answers that there is nothing, and waits for no body of the request. */
function refuse(response: ServerResponse, status: number, text: string): void {
  const body = `${text}\n`
  response
    .writeHead(status, {
      'Cache-Control': 'no-store',
      Connection: 'close',
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Length': Buffer.byteLength(body),
    })
    .end(body)
}
