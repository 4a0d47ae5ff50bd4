import { rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { files, madeUpPage, ServedPage, script, secret, statusOf } from './served-page.js'

const immutable = 'public, max-age=31536000, immutable'
let folder = ''
let lab: ServedPage
beforeEach(async () => {
  folder = madeUpPage()
  lab = await ServedPage.of(folder)
})

describe('the server of the lab', () => {
  it('answers / with index.html, and with headers that let a page do nothing but what this one does', async () => {
    const { status, headers, body } = await lab.ask('/?from=test')
    expect({ status, body: body.toString() }).toEqual({ status: 200, body: files['index.html'] })
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    })
  })

  it.each([
    ['index.html', 'text/html; charset=utf-8', 'no-cache'],
    ['assets/index-Dx_9-kPq.js', 'text/javascript; charset=utf-8', immutable],
    ['assets/index-Dx_9-kPq.js.map', 'application/json', immutable],
    ['assets/style-B1c2D3e4.css', 'text/css; charset=utf-8', immutable],
    ['assets/dark-original.svg', 'image/svg+xml', 'no-cache'],
    ['kernel-B1c2D3e4.wasm', 'application/wasm', 'no-cache'],
    ['figure.png', 'image/png', 'no-cache'],
    ['favicon.ico', 'image/x-icon', 'no-cache'],
    ['lab.webmanifest', 'application/manifest+json', 'no-cache'],
    ['data/one two.json', 'application/json', 'no-cache'],
    ['licences.txt', 'text/plain; charset=utf-8', 'no-cache'],
    ['notes.md', 'application/octet-stream', 'no-cache'],
  ])('serves %s as %s, %s', async (name, type, cache) => {
    const { status, headers, body } = await lab.ask(`/${encodeURI(name)}`)
    expect(status).toBe(200)
    expect(headers).toMatchObject({ 'content-type': type, 'cache-control': cache })
    expect(headers).toMatchObject({ 'content-length': String(body.length), etag: expect.any(String) })
    expect(body).toEqual(Buffer.from(files[name]!))
  })

  it('goes on serving what it has read when the folder is gone', async () => {
    rmSync(folder, { recursive: true })
    expect((await lab.ask('/assets/index-Dx_9-kPq.js')).body.toString()).toBe(script)
  })

  it.each(['/nowhere', '/assets', '/assets/', '/.built', '/link.txt', '/out/package.json', '/INDEX.html'])(
    'has nothing at %s',
    async path => {
      const { status, headers, body } = await lab.ask(path)
      expect({ status, body: body.toString() }).toEqual({ status: 404, body: 'not found\n' })
      expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' })
    },
  )

  it.each([
    ['/../package.json', 404],
    ['/assets/../../package.json', 404],
    ['/%2e%2e/package.json', 404],
    ['/%2E%2E%2Fpackage.json', 404],
    ['/..%2fpackage.json', 404],
    ['/..;/package.json', 404],
    ['/%252e%252e/package.json', 404],
    ['/%c0%ae%c0%ae/package.json', 400],
    ['/..\\package.json', 404],
    ['/..%5cpackage.json', 404],
    ['//etc/passwd', 404],
    ['//127.0.0.1/package.json', 404],
    ['/index.html%00', 404],
    ['/package.json%00.html', 404],
    ['/index.html\0', 400],
    ['/\x80\xff', 400],
    ['/%', 400],
    ['/%zz', 400],
    ['/%e0%a4', 400],
    ['../package.json', 400],
    ['*', 400],
    ['', 400],
    ['file:///etc/passwd', 400],
    ['http://127.0.0.1/../package.json', 400],
    ['/__proto__', 404],
  ])('gives nothing for the path %j but %i', async (path, status) => {
    const answer = await lab.askRawPath(path)
    expect(statusOf(answer)).toBe(status)
    expect(answer).not.toMatch(/not for others|root:/)
  })

  it('refuses a path that is longer than 16 KiB, and finds nothing at a shorter one', async () => {
    for (const step of ['a', '../', '%2e%2e/']) {
      expect(statusOf(await lab.askRawPath(`/${step.repeat(15_000 / step.length)}package.json`))).toBe(404)
      expect(statusOf(await lab.askRawPath(`/${step.repeat(200_000 / step.length)}package.json`))).toBe(431)
    }
  })

  it('gives nothing but its own files, whatever is asked for', async () => {
    const piece = fc.constantFrom(
      '..',
      '.',
      '/',
      '\\',
      '%2e',
      '%2f',
      '%5c',
      '%00',
      '%25',
      'package.json',
      'out',
    )
    const path = fc.oneof(
      fc.array(piece).map(pieces => pieces.join('')),
      fc.webPath(),
      fc.string(),
    )
    await fc.assert(
      fc.asyncProperty(path, async path => {
        expect(await lab.askRawPath(`/${path}`)).not.toContain(secret)
      }),
    )
  })

  it('outlives what is no HTTP, and connections that end in the middle', async () => {
    const noise = [
      '\0\xff\xfe\r\n\r\n',
      'GET\r\n\r\n',
      `GET / HTTP/1.1\r\nHost: a\r\nb\r\n\r\n`,
      '\x16\x03\x01',
    ]
    for (const bytes of [
      ...noise,
      `GET / HTTP/1.1\r\n${'x: y\r\n'.repeat(9000)}\r\n`,
      'GET / HTTP/9.9\r\n\r\n',
    ]) {
      expect(await lab.askRaw(bytes)).toMatch(/^HTTP\/1\.1 4\d\d /)
    }
    const half = connect(lab.port, '127.0.0.1', () => half.write('GET / HT', () => half.resetAndDestroy()))
    await new Promise(closed => half.on('close', closed))
    expect((await lab.ask('/')).status).toBe(200)
  })

  it('answers HEAD as GET, without the body', async () => {
    const accepting = { 'accept-encoding': 'gzip' }
    const get = await lab.ask('/assets/index-Dx_9-kPq.js', accepting)
    const head = await lab.ask('/assets/index-Dx_9-kPq.js', accepting, 'HEAD')
    expect(head.status).toBe(200)
    expect(head.body).toHaveLength(0)
    expect({ ...head.headers, date: '' }).toEqual({ ...get.headers, date: '' })
  })

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PATCH'])('refuses %s', async method => {
    const { status, headers } = await lab.ask('/', {}, method)
    expect(status).toBe(405)
    expect(headers).toMatchObject({ allow: 'GET, HEAD' })
  })

  it('waits for no body of a request that it refuses', async () => {
    const start = `POST / HTTP/1.1\r\nHost: localhost:${lab.port}\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab`
    for (const [request, status] of [
      [start, 405] as const,
      [start.replace('localhost', 'a'), 403] as const,
    ]) {
      const answer = await lab.askRaw(request)
      expect(statusOf(answer)).toBe(status)
      expect(answer).toContain('\r\nConnection: close\r\n')
    }
  })

  it('is no proxy', async () => {
    expect(
      await lab.askRaw(`CONNECT 127.0.0.1:${lab.port} HTTP/1.1\r\nHost: 127.0.0.1:${lab.port}\r\n\r\n`),
    ).toBe('')
    expect(statusOf(await lab.askRawPath('http://example.com/'))).toBe(400)
  })

  it('answers 304 to who has the file, whatever the coding, until the file changes', async () => {
    const { headers } = await lab.ask('/licences.txt')
    const etag = headers.etag!
    for (const held of [etag, `"other", ${etag}`, etag.replace('W/', ''), '*']) {
      const again = await lab.ask('/licences.txt', { 'if-none-match': held, 'accept-encoding': 'br' })
      expect({ status: again.status, size: again.body.length }).toEqual({ status: 304, size: 0 })
      expect(again.headers).toMatchObject({ etag, 'cache-control': 'no-cache', vary: 'Accept-Encoding' })
    }
    expect((await lab.ask('/licences.txt', { 'if-none-match': 'W/"other"' })).status).toBe(200)
    writeFileSync(join(folder, 'licences.txt'), 'BSD')
    lab = await ServedPage.of(folder)
    expect((await lab.ask('/licences.txt', { 'if-none-match': etag })).body.toString()).toBe('BSD')
  })
})
