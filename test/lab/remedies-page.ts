import { readFileSync } from 'node:fs'
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

/** What tests of the remedies do with the page. */

/** The text of one of the numbers above the pictures. */
export async function fact(page: Page, name: string | RegExp): Promise<string> {
  const found = page.locator('#remedies .facts > div').filter({ has: page.locator('dt', { hasText: name }) })
  return found.locator('dd').innerText()
}

/** The typed entry of a number of the room. */
export function entry(page: Page, name: string): Locator {
  return page.locator('#remedies').getByRole('spinbutton', { name, exact: true })
}

/** Waits until the page has come to rest at an epoch. */
export async function restsAt(page: Page, epoch: number): Promise<void> {
  const shown = epoch.toLocaleString('en-US')
  await expect.poll(() => fact(page, /^epoch$/), { timeout: 60_000 }).toBe(shown)
  await expect
    .poll(() => page.locator('#remedies .transport .primary').innerText(), { timeout: 60_000 })
    .toBe('Play')
}

/** Names of the events that are listed, with their epochs. */
export async function events(page: Page): Promise<string[]> {
  return page.locator('#remedies .moments button').allInnerTexts()
}

/** The numbers of a picture with all their digits, as the page saves them. */
export async function savedData(page: Page, title: string): Promise<Record<string, (number | string)[]>> {
  const figure = page.locator('#remedies figure').filter({
    has: page.getByRole('button', { name: `Save “${title}”` }),
  })
  await figure.scrollIntoViewIfNeeded()
  const save = figure.getByRole('button', { name: `Save “${title}”` })
  if ((await save.getAttribute('aria-expanded')) !== 'true') await save.click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    figure.getByRole('button', { name: 'JSON' }).click(),
  ])
  return JSON.parse(readFileSync(await download.path(), 'utf8')).data
}

/** The line that “Copy as command” puts on the clipboard; the context needs permission to read it. */
export async function copiedCommand(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Copy as command: The remedies' }).click()
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('ghostpoint')
  return page.evaluate(() => navigator.clipboard.readText())
}
