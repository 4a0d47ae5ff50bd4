import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { builtCommand, type Ended, emptyFolder, ghostpoint, linesOf, run } from './run-command.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const builtPage = join(root, 'dist/lab/index.html')
const html = '<!doctype html><title>made up</title>'

/** The command of a copy of this package, with a page of one line or without any. */
function commandWith(page: 'a page' | 'no page'): string {
  const copy = emptyFolder()
  cpSync(join(root, 'dist'), join(copy, 'dist'), { recursive: true, filter: file => !file.endsWith('.d.ts') })
  rmSync(join(copy, 'dist/lab'), { recursive: true, force: true })
  cpSync(join(root, 'package.json'), join(copy, 'package.json'))
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction')
  if (page === 'a page') {
    mkdirSync(join(copy, 'dist/lab'))
    writeFileSync(join(copy, 'dist/lab/index.html'), html)
  }
  return join(copy, 'dist/cli/main.js')
}

/** Runs `ghostpoint lab` until it serves, visits the address that it has printed, and ends it. */
async function visit<Seen>(
  command: string,
  flags: readonly string[],
  see: (address: string) => Promise<Seen>,
  signal: NodeJS.Signals = 'SIGINT',
): Promise<Ended & { readonly seen: Seen | undefined }> {
  let seeing: Promise<Seen> | undefined
  const ended = await run(process.execPath, [command, 'lab', ...flags], {
    watch: (child, { stdout, stderr }) => {
      if (seeing !== undefined || !stdout.endsWith('\n') || !stderr.endsWith('Ctrl-C ends it\n')) return
      seeing = see(stdout.trim()).finally(() => child.kill(signal))
    },
  })
  return { ...ended, seen: await seeing }
}

const textAt = async (address: string) => (await fetch(address)).text()

/** Holds a port, or finds that another program does. */
function take(port: number): Promise<number> {
  const server = createServer()
  onTestFinished(() => void server.close())
  return new Promise(resolve => {
    server.on('error', () => resolve(port))
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}

describe('ghostpoint lab', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'prints the address of its page alone on stdout, serves it, and ends with 0 on %s',
    async signal => {
      const { seen, code, stdout, stderr } = await visit(
        commandWith('a page'),
        ['--port', '0'],
        textAt,
        signal,
      )
      expect({ seen, code, stderr }).toEqual({ seen: html, code: 0, stderr: 'Ctrl-C ends it\n' })
      expect(stdout).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d+\/\n$/)
    },
    20_000,
  )

  it('takes the next free port if none was asked for and the usual one is taken', async () => {
    await take(4173)
    const { seen, code, stdout } = await visit(commandWith('a page'), [], textAt)
    expect({ seen, code }).toEqual({ seen: html, code: 0 })
    expect(stdout).toMatch(/^http:\/\/127\.0\.0\.1:41(7[4-9]|8\d|9[0-2])\/\n$/)
  }, 20_000)

  it('refuses a taken port that was asked for', async () => {
    const port = await take(0)
    const command = commandWith('a page')
    const { code, stdout, stderr } = await run(process.execPath, [command, 'lab', '--port', String(port)])
    expect(stderr).toBe(`ghostpoint: --port: ${port} is taken; accepted: a free port\n`)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  }, 20_000)

  it('says so when others can see the page', async () => {
    const { seen, code, stderr } = await visit(
      commandWith('a page'),
      ['--port', '0', '--host', '0.0.0.0'],
      textAt,
    )
    expect({ seen, code }).toEqual({ seen: html, code: 0 })
    expect(linesOf(stderr)[0]).toBe(
      'everyone who reaches this machine can see the page: it listens on 0.0.0.0',
    )
  }, 20_000)

  it('refuses an address that is not of this machine', async () => {
    // 203.0.113.0/24 is for documentation: no machine has it.
    const flags = ['--port', '0', '--host', '203.0.113.1']
    const { code, stdout, stderr } = await run(process.execPath, [commandWith('a page'), 'lab', ...flags])
    expect(stderr).toBe(
      'ghostpoint: --host: 203.0.113.1 cannot be used: EADDRNOTAVAIL; accepted: an address or a name of this machine\n',
    )
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  }, 20_000)

  it('says in one line how to build a page that is missing', async () => {
    const { code, stdout, stderr } = await run(process.execPath, [commandWith('no page'), 'lab'])
    expect(stderr).toMatch(/^ghostpoint: the lab needs its built page, [^\n]*index\.html: npm run build\n$/)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  }, 20_000)

  it.each([
    ['--port', '65536', 'a whole number from 0 to 65535'],
    ['--port', '-1', 'a whole number from 0 to 65535'],
    ['--port', '80a', 'a whole number from 0 to 65535'],
    ['--host', '', 'an address or a name of this machine'],
    ['--host', '999.1.1.1', 'an address or a name of this machine'],
    ['--host', '127.0.0.1:80', 'an address or a name of this machine'],
    ['--host', 'a/b', 'an address or a name of this machine'],
    ['--host', 'fe80::1%eth0', 'an address or a name of this machine'],
  ])('refuses %s %j', async (flag, text, accepted) => {
    const { code, stdout, stderr } = await ghostpoint(['lab', flag, text])
    expect(stderr).toBe(`ghostpoint: ${flag}: got ${text || '""'}; accepted: ${accepted}\n`)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  })

  it.runIf(existsSync(builtPage))(
    'serves all that the built page loads, for good if it can',
    async () => {
      const { seen, code } = await visit(builtCommand, ['--port', '0'], async address => {
        const names = [...(await textAt(address)).matchAll(/(?:src|href)="([^"#:]+)"/g)].map(
          ([, name]) => name!,
        )
        return Promise.all(names.map(name => fetch(new URL(name, address))))
      })
      expect(code).toBe(0)
      expect(seen!.length).toBeGreaterThan(0)
      for (const { url, status, headers } of seen!) {
        expect(status, url).toBe(200)
        if (url.includes('/assets/')) expect(headers.get('cache-control'), url).toContain('immutable')
      }
    },
    20_000,
  )
})
