import { hostname } from 'node:os'
import { beforeEach, describe, expect, it } from 'vitest'
import { madeUpPage, ServedPage, statusOf } from './served-page.js'

let folder = ''
let lab: ServedPage
beforeEach(async () => {
  folder = madeUpPage()
  lab = await ServedPage.of(folder)
})

describe('a request under the name', () => {
  const own = ['localhost', 'LOCALHOST', '127.0.0.1', '[::1]']
  const foreign = [
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'evil.example@localhost',
  ]
  const odd = ['', '127.0.0.2', '127.1', '0.0.0.0', '[::]', '::1', '[localhost]', 'localhost.', '2130706433']

  it.each(own)('%s is answered', async name => {
    expect(statusOf(await lab.askRawPath('/', `${name}:${lab.port}`))).toBe(200)
  })

  it.each([...foreign, ...odd, '192.168.1.7'])('%j is refused', async name => {
    const answer = await lab.askRawPath('/', `${name}:${lab.port}`)
    expect(statusOf(answer)).toBe(403)
    expect(answer).toMatch(/\r\n\r\nrefused: open the page at the address that ghostpoint printed\n$/)
  })

  it('of another port is refused', async () => {
    for (const ending of [
      '',
      ':',
      ':80',
      `:0${lab.port}`,
      `:${lab.port}0`,
      `:${lab.port}/`,
      `:${lab.port}:${lab.port}`,
    ]) {
      expect(statusOf(await lab.askRawPath('/', `localhost${ending}`))).toBe(403)
    }
  })

  it('of nobody, or of two, is refused', async () => {
    const host = `Host: localhost:${lab.port}\r\n`
    expect(statusOf(await lab.askRaw('GET / HTTP/1.1\r\nConnection: close\r\n\r\n'))).toBe(400)
    expect(statusOf(await lab.askRaw('GET / HTTP/1.0\r\n\r\n'))).toBe(403)
    expect(statusOf(await lab.askRaw(`GET / HTTP/1.0\r\n${host}\r\n`))).toBe(200)
    expect(statusOf(await lab.askRaw(`GET / HTTP/1.0\r\n${host}${host}\r\n`))).toBe(403)
    expect(statusOf(await lab.askRaw(`GET / HTTP/1.0\r\n${host}Host: evil.example\r\n\r\n`))).toBe(403)
  })

  it('that the server was asked to listen on is answered, and no other', async () => {
    lab = await ServedPage.of(folder, 'lab.example')
    expect(statusOf(await lab.askRawPath('/', `Lab.Example:${lab.port}`))).toBe(200)
    expect(statusOf(await lab.askRawPath('/', `other.example:${lab.port}`))).toBe(403)
  })

  it.each(['0.0.0.0', '[::]'])('of any address or of this machine is answered by %s', async everywhere => {
    lab = await ServedPage.of(folder, everywhere)
    for (const name of [...own, '192.168.1.7', '[fe80::1]', hostname()]) {
      expect(statusOf(await lab.askRawPath('/', `${name}:${lab.port}`)), name).toBe(200)
    }
    for (const name of [...foreign, '1.2.3', '[1.2.3.4]', '[fe80::1', '[::g]', 'localhost.']) {
      expect(statusOf(await lab.askRawPath('/', `${name}:${lab.port}`)), name).toBe(403)
    }
  })
})
