import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { criticalLearningRate, optimum, TorchGenerator } from '../../src/index.js'
import { openLab } from './browser.js'

/** The room of one dimension in the browser, and what its tests expect of it. */

export const times = { delay: 100, response: 100 }
export const normalisation = 'un-normalised'
export const best = optimum(100)
export const start = 10 * best
export const critical = criticalLearningRate(times, normalisation)

/** The whole room in view, so that nothing scrolls away under the pointer. */
export const tall = { viewport: { width: 1280, height: 2200 } } as const

/** Opens the room at a link. */
export async function openRoom(link = '', options: Parameters<typeof openLab>[1] = {}) {
  const { page } = await openLab(`v=1&room=one-dimension${link === '' ? '' : `&${link}`}`, options)
  await page.waitForFunction(
    () => document.querySelector('#one-dimension [data-fact="r"]')?.textContent !== '–',
  )
  return page
}

export const room = (page: Page) => page.locator('#one-dimension')
export const fact = (page: Page, name: string) => room(page).locator(`[data-fact="${name}"]`).innerText()
export const picture = (page: Page, name: string) => page.locator(`[data-picture="${name}"]`)
/** A number as the page prints it, read again. */
export const read = (text: string) =>
  Number(
    text
      .replace(/−/g, '-')
      .replace(/,/g, '')
      .replace(
        / × 10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)/,
        (_, power: string) => `e${[...power].map(c => (c === '⁻' ? '-' : '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(c))).join('')}`,
      )
      .replace(/ time units|epoch /g, ''),
  )

/** Waits until the descent stands at an epoch. */
export async function standsAt(page: Page, epoch: number) {
  const text = epoch.toLocaleString('en-US')
  await page.waitForFunction(
    wanted => document.querySelector('#one-dimension [data-fact="epoch"]')?.textContent === wanted,
    text,
  )
}

/** The numbers of a picture, by column, from its CSV file. */
export async function numbersOf(page: Page, name: string): Promise<Record<string, number[]>> {
  const shown = picture(page, name)
  await shown.scrollIntoViewIfNeeded()
  await shown.locator('svg').waitFor()
  await shown.getByRole('button', { name: /^Save/ }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    shown.getByRole('button', { name: 'CSV' }).click(),
  ])
  const lines = readFileSync(await download.path(), 'utf8')
    .trimEnd()
    .split('\n')
  const [head, ...rows] = lines.filter(line => !line.startsWith('#')).map(line => line.split(','))
  return Object.fromEntries(head!.map((column, k) => [column, rows.map(row => Number(row[k]))]))
}

export const announced = (page: Page, part: string) =>
  page.waitForFunction(text => document.querySelector('.announcer')?.textContent?.includes(text), part, {
    timeout: 60_000,
  })

/** The n-th draw of a start about its middle, in units of its spread. */
export const normal = (draw: number) => new TorchGenerator(draw).normal64(1)[0]!
