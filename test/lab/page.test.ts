import { readdirSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { builtPage, openLab } from './browser.js'

const roomTitles = ['One dimension', 'A network', 'The remedies', 'A working memory']
const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}

/** Any static host: serves the built files under a path, with no header but the type. */
async function staticHost(path: string): Promise<string> {
  const server = createServer(({ url = '' }, response) => {
    const name = url.startsWith(path) ? url.slice(path.length).split('?')[0] || 'index.html' : ''
    try {
      const body = readFileSync(join(builtPage, name))
      response.setHeader('Content-Type', types[extname(name)] ?? 'application/octet-stream').end(body)
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`
}

describe('the lab', () => {
  it('shows its four rooms under one heading', async () => {
    const { page } = await openLab()
    expect(await page.locator('h1').allInnerTexts()).toEqual(['ghostpoint lab'])
    expect(await page.locator('section.room h2').allInnerTexts()).toEqual(roomTitles)
  })

  it('weighs less than 400 kB compressed, kernel and all', () => {
    const files = readdirSync(builtPage, { recursive: true, encoding: 'utf8' })
      .map(name => join(builtPage, name))
      .filter(file => statSync(file).isFile())
    const weight = files.reduce((sum, file) => sum + brotliCompressSync(readFileSync(file)).length, 0)
    expect(weight).toBeGreaterThan(10_000)
    expect(weight).toBeLessThan(400_000)
  })

  it('asks for nothing beyond its own server', async () => {
    const { page, address } = await openLab()
    const asked: string[] = []
    page.on('request', request => asked.push(request.url()))
    await page.reload()
    for (const title of roomTitles) await page.getByRole('link', { name: title }).click()
    await page.waitForTimeout(500)
    expect(asked.length).toBeGreaterThan(2)
    expect(asked.filter(url => !url.startsWith(address) && !url.startsWith('data:'))).toEqual([])
  })

  it('works from any static host under any path, and opens again without a network', async () => {
    const host = await staticHost('/some/folder/')
    const { page } = await openLab('', { at: host })
    await page.evaluate(() => navigator.serviceWorker.ready)
    await page.waitForFunction(() =>
      navigator.serviceWorker.getRegistration().then(found => found?.active?.state === 'activated'),
    )
    await page.context().setOffline(true)
    await page.reload()
    await page.waitForSelector('main section.room')
    expect(await page.locator('section.room h2').allInnerTexts()).toEqual(roomTitles)
  })

  it('without WebAssembly SIMD says so in a sentence and keeps its prose', async () => {
    const { page } = await openLab('', {
      before: context =>
        context.addInitScript(() => {
          WebAssembly.validate = () => false
        }),
    })
    await expect(page.getByRole('alert').innerText()).resolves.toContain('WebAssembly SIMD')
    for (const prose of await page.locator('.prose').allInnerTexts())
      expect(prose.length).toBeGreaterThan(200)
    expect(await page.locator('section.room button.primary').count()).toBe(0)
  })

  it('without workers says so in a sentence and keeps its prose', async () => {
    const { page } = await openLab('', {
      before: context =>
        context.addInitScript(() => {
          Reflect.deleteProperty(globalThis, 'Worker')
        }),
    })
    await expect(page.getByRole('alert').innerText()).resolves.toContain('web workers')
    expect(await page.locator('.prose').count()).toBe(4)
  })

  it('says what a worker stopped at', async () => {
    const { page } = await openLab('room=network', {
      mayComplain: /no numbers/,
      before: context =>
        context.route(/latent-worker/, route =>
          route.fulfill({
            contentType: 'text/javascript',
            body: 'addEventListener("message", () => { throw new Error("no numbers") })',
          }),
        ),
    })
    const alert = page.locator('#network').getByRole('alert')
    await expect(alert.innerText()).resolves.toMatch(/the worker that looks for ghosts stopped: .*no numbers/)
  })

  it('forbids scripts that are not its own files', async () => {
    const { page } = await openLab('', { mayComplain: /Content Security Policy/ })
    const ran = await page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'window.ranInline = true'
      document.head.append(script)
      return 'ranInline' in window
    })
    expect(ran).toBe(false)
  })
})
