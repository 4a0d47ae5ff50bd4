import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { lookAtNetwork } from '../../src/experiments/working-memory/look.js'
import { memorySettings } from '../../src/experiments/working-memory/settings.js'
import { createTrainer } from '../../src/training/create-trainer.js'
import { openLab } from './browser.js'

/** What tests of the working memory do with the page, and what they expect of it. */

/** The training that the room opens with: figure 4's, match to sample, quick profile. */
export const settings = memorySettings({ rank: 2, task: 'match', seed: 0 }, 'quick')

/** What choosing cue discrimination sets, and the link that says it. */
export const cueSettings = {
  ...memorySettings({ rank: 2, task: 'cue', seed: 0 }, 'quick'),
  optimizer: { kind: 'sgd', rate: 3e-3 },
} as const
export const cueLink =
  'mem.task=cue&mem.opt=sgd&mem.rate=0.003&mem.delay=10&mem.trials=5&mem.noise=0&mem.epochs=6000&mem.speed=400'

/** The whole room in view, so that nothing scrolls away under the pointer. */
const tall = { viewport: { width: 1280, height: 3000 } } as const

export const room = (page: Page) => page.locator('#working-memory')

/** Opens the room at a link. */
export async function openRoom(link = '', options: Parameters<typeof openLab>[1] = {}): Promise<Page> {
  const { page } = await openLab(`v=1&room=working-memory${link === '' ? '' : `&${link}`}`, {
    ...tall,
    ...options,
  })
  return page
}

/** The text of one of the numbers above the pictures. */
export const fact = (page: Page, name: string) => room(page).locator(`[data-fact="${name}"]`).innerText()

/** Waits until the room rests at an epoch, with a map of it. */
export async function restsAt(page: Page, epoch: number): Promise<void> {
  const shown = epoch.toLocaleString('en-US')
  const poll = { timeout: 60_000 }
  await expect.poll(() => fact(page, 'epoch'), poll).toBe(shown)
  await expect.poll(() => fact(page, 'map-epoch'), poll).toBe(shown)
  await expect.poll(() => room(page).locator('.transport .primary').innerText(), poll).toBe('Play')
}

export const picture = (page: Page, name: string) => page.locator(`[data-picture="${name}"]`)

/** The numbers of a picture with all their digits, as the page saves them. */
export async function savedData(page: Page, name: string): Promise<Record<string, (number | string)[]>> {
  const figure = picture(page, name)
  await figure.scrollIntoViewIfNeeded()
  await figure.locator('svg').first().waitFor()
  const save = figure.getByRole('button', { name: /^Save/ })
  if ((await save.getAttribute('aria-expanded')) !== 'true') await save.click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    figure.getByRole('button', { name: 'JSON' }).click(),
  ])
  return JSON.parse(readFileSync(await download.path(), 'utf8')).data
}

/** The network of an epoch of the training, and what figure 4 sees of it. */
export async function lookInNode(epoch: number, of: typeof settings = settings) {
  const trainer = await createTrainer({ ...of, epochs: epoch + 1 })
  trainer.advance(epoch)
  return lookAtNetwork(of, trainer.snapshot())
}
