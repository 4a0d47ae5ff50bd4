import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { beforeEach, describe, expect, it } from 'vitest'
import { files, madeUpPage, ServedPage, script } from './served-page.js'

let lab: ServedPage
beforeEach(async () => {
  lab = await ServedPage.of(madeUpPage())
})

describe('compression', () => {
  const path = '/assets/index-Dx_9-kPq.js'

  it.each([
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['BR;q=0.1, gzip;q=0.9', 'br'],
    ['br;q=0, gzip', 'gzip'],
    ['*', 'br'],
    ['br;q=0, *;q=0.5', 'gzip'],
    ['deflate, zstd', undefined],
    ['br;q=0, gzip;q=0', undefined],
    ['*;q=0', undefined],
    ['br;q=much', undefined],
    [';;,=,', undefined],
    ['identity', undefined],
  ])('for "Accept-Encoding: %s" is %s', async (accepted, coding) => {
    const { headers, body } = await lab.ask(path, { 'accept-encoding': accepted })
    expect(headers['content-encoding']).toBe(coding)
    expect(headers).toMatchObject({ vary: 'Accept-Encoding', 'content-length': String(body.length) })
    const decode = coding === 'br' ? brotliDecompressSync : coding === 'gzip' ? gunzipSync : Buffer.from
    expect(decode(body).toString()).toBe(script)
    if (coding !== undefined) expect(body.length).toBeLessThan(script.length / 10)
  })

  it('leaves alone what is compressed already, and what it would make longer', async () => {
    const picture = await lab.ask('/figure.png', { 'accept-encoding': 'br, gzip' })
    expect(picture.headers).not.toHaveProperty('content-encoding')
    expect(picture.headers).not.toHaveProperty('vary')
    const code = await lab.ask('/kernel-B1c2D3e4.wasm', { 'accept-encoding': 'gzip' })
    expect(code.headers).not.toHaveProperty('content-encoding')
    expect(code.headers.vary).toBe('Accept-Encoding')
    expect([picture.body, code.body]).toEqual([files['figure.png'], files['kernel-B1c2D3e4.wasm']])
  })
})
