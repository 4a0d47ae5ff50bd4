import { existsSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import chromiumPackage from '@sparticuz/chromium'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core'
import { afterAll, expect, onTestFinished } from 'vitest'
import { readPage } from '../../src/cli/lab/page.js'
import { labServer } from '../../src/cli/lab/server.js'

/**
 * The built page in a real browser: a Chromium of the machine if there is one, else the one inside an npm package.
 * A file that imports this has one server and one browser, started with its first page.
 */

const ownBrowsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
]

/** Where the built page is: what `npm test` built, or another build while working on it. */
export const builtPage =
  process.env.GHOSTPOINT_LAB ?? fileURLToPath(new URL('../../dist/lab', import.meta.url))

let started: Promise<{ browser: Browser; address: string; close(): Promise<void> }> | undefined

function start() {
  started ??= (async () => {
    const server = labServer(readPage(builtPage), '127.0.0.1')
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const executablePath =
      ownBrowsers.find(path => existsSync(path)) ?? (await chromiumPackage.executablePath())
    const browser = await chromium.launch({ executablePath, args: flags })
    const { port } = server.address() as AddressInfo
    return {
      browser,
      address: `http://127.0.0.1:${port}/`,
      async close() {
        await browser.close()
        server.closeAllConnections()
        server.close()
      },
    }
  })()
  return started
}

afterAll(async () => (await started)?.close())

/** An open page of the lab. */
export interface OpenLab {
  readonly page: Page
  readonly address: string
  /** Errors and warnings on the console, exceptions, violations of the page's security policy. */
  readonly complaints: string[]
}

/** A browser's context, and what is different about this opening. */
export interface OpenOptions extends BrowserContextOptions {
  /** Address of another host of the built page; the lab's own server unless given. */
  readonly at?: string
  /** Done to the context before the page is opened. */
  readonly before?: (context: BrowserContext) => Promise<unknown>
  /** Complaints that the test provokes. */
  readonly mayComplain?: RegExp
}

/**
 * Opens the lab at a link; the page is closed after the test, which fails if anything complained on the console.
 * @param fragment what stands after `#` in the address
 */
export async function openLab(fragment = '', options: OpenOptions = {}): Promise<OpenLab> {
  const { at, before, mayComplain, ...contextOptions } = options
  const { browser, address: own } = await start()
  const address = at ?? own
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...contextOptions })
  await before?.(context)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', message => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', error => complaints.push(String(error)))
  onTestFinished(async () => {
    await context.close()
    expect(complaints.filter(text => !mayComplain?.test(text))).toEqual([])
  })
  await page.goto(`${address}${fragment === '' ? '' : `#${fragment}`}`)
  await page.waitForSelector('main section.room')
  return { page, address, complaints }
}
