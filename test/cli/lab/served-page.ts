import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { type IncomingHttpHeaders, request } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { readPage } from '../../../src/cli/lab/page.js'
import { labServer } from '../../../src/cli/lab/server.js'
import { emptyFolder } from '../run-command.js'

/** What files hold that are no part of the page. */
export const secret = 'not for others'
export const script = 'export const ghost = "ghost"\n'.repeat(500)

/** A page's files by name. */
export const files: Record<string, string | Buffer> = {
  'index.html': '<!doctype html><title>lab</title>',
  'assets/index-Dx_9-kPq.js': script,
  'assets/index-Dx_9-kPq.js.map': '{}',
  'assets/style-B1c2D3e4.css': 'p { color: red }\n'.repeat(100),
  'assets/dark-original.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  'kernel-B1c2D3e4.wasm': Buffer.from([0, 97, 115, 109, 1, 0, 0, 0]),
  'figure.png': Buffer.alloc(2000, 1),
  'favicon.ico': 'icon',
  'lab.webmanifest': '{ "name": "lab" }',
  'data/one two.json': '[1, 2]',
  'licences.txt': 'MIT',
  'notes.md': '# Notes',
}

/** A folder `page` with a page, beside a file and among links that are no part of it. */
export function madeUpPage(): string {
  const parent = emptyFolder()
  const page = join(parent, 'page')
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(page, name)), { recursive: true })
    writeFileSync(join(page, name), content)
  }
  writeFileSync(join(parent, 'package.json'), secret)
  writeFileSync(join(page, '.built'), secret)
  symlinkSync(join(parent, 'package.json'), join(page, 'link.txt'))
  symlinkSync(parent, join(page, 'out'), 'junction')
  return page
}

export interface Answer {
  readonly status: number | undefined
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** A server under test; gone after the test. */
export class ServedPage {
  private constructor(readonly port: number) {}

  /** Serves a folder on loopback, as if asked to listen on `host`. */
  static async of(folder: string, host = '127.0.0.1'): Promise<ServedPage> {
    const server = labServer(readPage(folder), host)
    await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
    onTestFinished(() => void server.close().closeAllConnections())
    return new ServedPage((server.address() as AddressInfo).port)
  }

  /** The answer to one request. */
  ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
    const { port } = this
    return new Promise((resolve, reject) => {
      request({ host: '127.0.0.1', port, path, method, headers, agent: false }, response => {
        const pieces: Buffer[] = []
        response.on('data', piece => pieces.push(piece)).on('error', reject)
        response.on('end', () =>
          resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(pieces) }),
        )
      })
        .on('error', reject)
        .end()
    })
  }

  /** All that is answered to these very bytes, one a character. */
  askRaw(bytes: string): Promise<string> {
    return new Promise(resolve => {
      let answer = ''
      const socket = connect(this.port, '127.0.0.1', () => socket.write(bytes, 'latin1'))
      socket.setEncoding('latin1').on('data', piece => {
        answer += piece
      })
      // A server that refuses may reset the connection while bytes are still under way.
      socket.on('error', () => {}).on('close', () => resolve(answer))
    })
  }

  /** What is answered to a path that no client would send as it is. */
  askRawPath(target: string, host = `127.0.0.1:${this.port}`): Promise<string> {
    return this.askRaw(`GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
  }
}

/** The status code of an answer in bytes. */
export const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d+) /.exec(answer)?.[1])
