import { readFileSync } from 'node:fs'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { openLab } from './browser.js'

/** The room of the network as a reader sees and uses it. */
export class NetworkPage {
  private constructor(
    readonly page: Page,
    readonly address: string,
  ) {}

  /** @param fields of the room in the link, without prefix */
  static async open(
    fields: Readonly<Record<string, string | number>> = {},
    options: BrowserContextOptions = {},
  ): Promise<NetworkPage> {
    const link = Object.entries(fields).map(([key, value]) => `&net.${key}=${value}`)
    const { page, address } = await openLab(`room=network${link.join('')}`, {
      permissions: ['clipboard-read', 'clipboard-write'],
      ...options,
    })
    await page.waitForSelector('#network [data-picture="network-history"] svg')
    return new NetworkPage(page, address)
  }

  /** Waits until nothing plays, the link tells the epoch shown, and the pictures show it. */
  async atRest(): Promise<void> {
    await this.page.waitForFunction(() => {
      const button = document.querySelector('#network .transport .primary')
      const shown = document.querySelector('#network .network-facts dd')?.textContent?.replaceAll(',', '')
      const told = /net\.epoch=(\d+)(&|$)/.exec(location.hash)?.[1]
      return button?.textContent === 'Play' && told === shown
    })
    await this.settled()
  }

  /** Waits until the picture of the flow is of the epoch shown. */
  async settled(): Promise<void> {
    await this.page.waitForFunction(() => {
      const title = [...document.querySelectorAll('#network [data-picture="network-flow"] svg text')]
        .map(text => /at epoch ([\d,]+)/.exec(text.textContent ?? '')?.[1])
        .find(epoch => epoch !== undefined)
      const shown = document.querySelector('#network .network-facts dd')?.textContent
      return title !== undefined && title === shown
    })
  }

  async facts(): Promise<Record<string, string>> {
    const pairs = await this.page
      .locator('#network .network-facts div')
      .evaluateAll(all => all.map(one => [...one.children].map(child => child.textContent ?? '')))
    return Object.fromEntries(pairs)
  }

  verdict(): Promise<string> {
    return this.page.locator('#network .network-verdict').innerText()
  }

  /** The buttons of the events: name → epoch. */
  async events(): Promise<Record<string, number>> {
    const texts = await this.page.locator('#network .network-events button[data-kind]').allInnerTexts()
    const read = texts.map(text => /^(.*?)\s+([\d,]+)$/.exec(text)!)
    return Object.fromEntries(read.map(([, name, epoch]) => [name, Number(epoch!.replaceAll(',', ''))]))
  }

  /** Waits for an event; returns its epoch. */
  async happened(name: string): Promise<number> {
    await this.page.locator('#network .network-events').getByRole('button', { name }).waitFor()
    return (await this.events())[name]!
  }

  async epoch(): Promise<number> {
    return Number((await this.facts()).Epoch!.replaceAll(',', ''))
  }

  /** Waits until an epoch is shown that is as wanted. */
  async epochFrom(least: number): Promise<void> {
    await this.page.waitForFunction(
      wanted =>
        Number(document.querySelector('#network .network-facts dd')?.textContent?.replaceAll(',', '')) >=
        wanted,
      least,
    )
  }

  /** Types a number into a control. */
  async set(label: string, value: number): Promise<void> {
    const entry = this.page.locator('#network').getByRole('spinbutton', { name: label })
    await entry.fill(String(value))
    await entry.press('Enter')
    await entry.blur()
  }

  /** The exact numbers of a picture, as its JSON file has them. */
  async data(picture: string): Promise<Record<string, number[]>> {
    const figure = this.page.locator(`[data-picture="${picture}"]`)
    const save = figure.getByRole('button', { name: /^Save/ })
    if ((await save.getAttribute('aria-expanded')) === 'false') await save.click()
    const waiting = this.page.waitForEvent('download')
    await figure.getByRole('button', { name: 'JSON' }).click()
    const download = await waiting
    return JSON.parse(readFileSync(await download.path(), 'utf8')).data
  }

  async command(): Promise<string> {
    await this.page
      .locator('#network')
      .getByRole('button', { name: /Copy as command/ })
      .click()
    return this.page.evaluate(() => navigator.clipboard.readText())
  }

  /** The address, once it has been written. */
  async link(): Promise<string> {
    await this.page
      .locator('#network .network-events')
      .evaluate(row => row.scrollIntoView({ block: 'center', behavior: 'instant' }))
    await this.page.waitForFunction(() => location.hash.includes('room=network'))
    await this.page.waitForTimeout(500)
    return decodeURIComponent(await this.page.evaluate(() => location.hash.slice(1)))
  }
}
